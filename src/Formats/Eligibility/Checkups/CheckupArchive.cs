using System.IO.Compression;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>Bounds of what one package may hold. Nothing is ever extracted to disk.</summary>
public sealed record CheckupLimits
{
    /// <summary>The default bounds.</summary>
    public static CheckupLimits Default { get; } = new();

    /// <summary>Entries of the ZIP, folders and XSD included.</summary>
    public int Entries { get; init; } = 60_000;

    /// <summary>Bytes of one file when expanded.</summary>
    public int FileBytes { get; init; } = 2 << 20;

    /// <summary>Bytes of all files together when expanded.</summary>
    public long TotalBytes { get; init; } = 4L << 30;

    /// <summary>Expanded size over compressed size, for files above 64 KiB.</summary>
    public int Ratio { get; init; } = 200;
}

/// <summary>The entries of a package sorted by what they are, read one by one within the limits.</summary>
internal sealed class CheckupArchive
{
    private const int SmallFile = 64 << 10;

    private readonly CheckupLimits _limits;
    private long _expanded;
    private bool _twice;

    private CheckupArchive(CheckupLimits limits) => _limits = limits;

    /// <summary>Name of the root folder; empty when the files lie at the top.</summary>
    public string Root { get; private set; } = "";

    public ZipArchiveEntry? Index { get; private set; }

    public ZipArchiveEntry? Summary { get; private set; }

    /// <summary>Files in DATA by name.</summary>
    public SortedDictionary<string, ZipArchiveEntry> Data { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Files in CLAIMS by name.</summary>
    public SortedDictionary<string, ZipArchiveEntry> Claims { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True once more was expanded than the package may hold: nothing further is read.</summary>
    public bool Exhausted => _expanded > _limits.TotalBytes;

    public static CheckupArchive? Open(ZipArchive zip, CheckupLimits limits, CheckupNotes notes)
    {
        if (zip.Entries.Count > limits.Entries)
        {
            notes.Add(CheckupRules.TooManyEntries, detail: $"{zip.Entries.Count} 個（上限 {limits.Entries} 個）");
            return null;
        }

        var archive = new CheckupArchive(limits);
        var roots = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            archive.Sort(entry, roots, notes);
        }

        if (roots.Count > 1)
        {
            notes.Add(CheckupRules.OneRoot, detail: $"{roots.Count} 個あります");
        }

        archive.Root = roots.FirstOrDefault("");
        return archive;
    }

    /// <summary>The bytes of one file; null with a finding when they cannot or must not be read.</summary>
    public byte[]? Read(ZipArchiveEntry entry, CheckupNotes notes)
    {
        if (entry.IsEncrypted)
        {
            notes.Add(CheckupRules.Encrypted);
            return null;
        }

        try
        {
            using var content = entry.Open();
            var bytes = Read(content, entry.CompressedLength, notes);
            if (bytes is null || Crc32.Of(bytes) == entry.Crc32)
            {
                return bytes;
            }

            notes.Add(CheckupRules.EntryBroken);
            return null;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            notes.Add(CheckupRules.EntryBroken);
            return null;
        }
    }

    // What the directory of the ZIP says about sizes is the sender's word: what counts is what comes out.
    private byte[]? Read(Stream content, long compressed, CheckupNotes notes)
    {
        using var expanded = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            expanded.Write(buffer, 0, read);
            _expanded += read;
            if (expanded.Length > SmallFile && expanded.Length / Math.Max(1, compressed) > _limits.Ratio)
            {
                notes.Add(CheckupRules.BadRatio);
                return null;
            }

            if (expanded.Length > _limits.FileBytes || Exhausted)
            {
                notes.Add(CheckupRules.FileTooLarge);
                return null;
            }
        }

        return expanded.ToArray();
    }

    private void Sort(ZipArchiveEntry entry, HashSet<string> roots, CheckupNotes notes)
    {
        // Some Windows tools separate with \.
        var path = entry.FullName.Replace('\\', '/');
        if (path.EndsWith('/'))
        {
            return;
        }

        var parts = path.Split('/');
        if (parts.Any(p => p is "" or "." or ".." || p.Contains(':', StringComparison.Ordinal) || p.Any(char.IsControl)))
        {
            notes.Add(CheckupRules.BadPath, value: path);
            return;
        }

        var (root, inside) = Inside(parts);
        if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            notes.Add(CheckupRules.Nested, value: path);
        }
        else if (!Place(entry, inside))
        {
            notes.Add(CheckupRules.Unknown, value: path);
        }
        else
        {
            // What a desktop leaves behind in a folder of its own is no second package.
            roots.Add(root);
            if (_twice)
            {
                notes.Add(CheckupRules.Twice, value: path);
                _twice = false;
            }
        }
    }

    // A package zipped without its folder is read too: DATA, CLAIMS and XSD are no root.
    private static (string Root, string[] Inside) Inside(string[] parts) =>
        parts.Length == 1 || Folder(parts[0]) is not null ? ("", parts) : (parts[0], parts[1..]);

    private static string? Folder(string name) => name.ToUpperInvariant() is "DATA" or "CLAIMS" or "XSD" ? name.ToUpperInvariant() : null;

    private bool Place(ZipArchiveEntry entry, string[] inside)
    {
        switch (inside.Length, Folder(inside[0]), inside[^1].ToLowerInvariant())
        {
            case (1, _, "ix08_v08.xml"):
                _twice = Index is not null;
                Index ??= entry;
                return true;
            case (1, _, "su08_v08.xml"):
                _twice = Summary is not null;
                Summary ??= entry;
                return true;
            case ( > 1, "XSD", _):
                return true;
            case (2, "DATA", var name) when name.EndsWith(".xml", StringComparison.Ordinal):
                _twice = !Data.TryAdd(inside[1], entry);
                return true;
            case (2, "CLAIMS", var name) when name.EndsWith(".xml", StringComparison.Ordinal):
                _twice = !Claims.TryAdd(inside[1], entry);
                return true;
            default:
                return false;
        }
    }
}
