using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.Cli.Proving;

/// <summary>A line of positions.jsonl.</summary>
internal sealed record BundledLine(long Position, BundledState State, byte[] LeafHash, string? Record, byte[]? Leaf);

/// <summary>What the check needs of manifest.json.</summary>
internal sealed record BundleManifest(string Type, bool Full, long First, long Last, long Size, string From, string Until, string Conditions);

/// <summary>The files of an export, whole. Nothing of them is believed yet.</summary>
internal sealed class AuditFiles
{
    private const long MaxBytes = 512L << 20;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public byte[] this[string name] => _files[name];

    public BundleManifest Manifest { get; private set; } = null!;

    public IReadOnlyList<BundledLine> Lines { get; private set; } = [];

    public IReadOnlyList<byte[]> Proof { get; private set; } = [];

    /// <summary>Reads the ZIP; CI-0106 when it is not an export or is beyond any of ours.</summary>
    public static Outcome<AuditFiles> Read(string path)
    {
        try
        {
            var files = new AuditFiles();
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > 20 || zip.Entries.Sum(e => e.Length) > MaxBytes)
            {
                return Refusals.NotAnExport;
            }

            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                var bytes = new byte[entry.Length];
                content.ReadExactly(bytes);
                files._files.Add(entry.FullName, bytes);
            }

            files.Manifest = JsonSerializer.Deserialize<BundleManifest>(files[AuditBundle.Manifest], Terminal.Options)!;
            files.Lines = [.. Text(files[AuditBundle.Positions]).Select(l => JsonSerializer.Deserialize<BundledLine>(l, Terminal.Options)!)];
            files.Proof = [.. Text(files[AuditBundle.Proof]).Select(Convert.FromBase64String)];
            return files.Manifest.Type == AuditBundle.Type && files.Lines.All(l => l.LeafHash is { Length: 32 }) ? files : Refusals.NotAnExport;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or FormatException or KeyNotFoundException or ArgumentException or IOException or NullReferenceException)
        {
            return Refusals.NotAnExport;
        }
    }

    /// <summary>Files that differ from SHA256SUMS, or that it does not know.</summary>
    public IReadOnlyList<string> Differing()
    {
        var sums = Text(_files.GetValueOrDefault(AuditBundle.Sums, [])).Select(l => l.Split("  ", 2)).Where(l => l.Length == 2).ToLookup(l => l[1], l => l[0]);
        var own = _files.Where(f => f.Key != AuditBundle.Sums && !sums[f.Key].SequenceEqual([Convert.ToHexStringLower(SHA256.HashData(f.Value))])).Select(f => f.Key);
        return [.. own, .. sums.Select(s => s.Key).Where(name => !_files.ContainsKey(name))];
    }

    private static string[] Text(byte[] file) => Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
