using System.Security.Cryptography;
using System.Text;
using Sekisho.Platform;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>
/// The keys that stored content is derived from: file <c>master.key</c>, one line <c>key id + blank + key</c> (hex) per key, the current one first.
/// Every object names the key it was made with, so that a new first line rotates and old objects stay readable.
/// </summary>
internal sealed class MasterKeys
{
    public const int IdLength = 8;
    private const int KeyLength = 32;
    private readonly Dictionary<string, byte[]> _keys;

    public MasterKeys(DataFolder folder)
    {
        var path = folder.File("master.key");
        if (!File.Exists(path))
        {
            if (Directory.EnumerateFiles(folder.Sub("content"), "*", SearchOption.AllDirectories).Any())
            {
                throw new InvalidOperationException($"{path} がありません。保存済みの内容を復号できないため開始しません。鍵を控えから戻してください。");
            }

            Create(path);
        }

        var lines = File.ReadAllLines(path, Encoding.ASCII).Where(line => line.Length > 0).Select(line => line.Split(' ')).ToList();
        _keys = lines.Count > 0 ? lines.ToDictionary(line => line[0], line => Key(line, path), StringComparer.Ordinal) : throw Damaged(path);
        CurrentId = Convert.FromHexString(lines[0][0]);
    }

    public byte[] CurrentId { get; }

    /// <summary>The object's own key.</summary>
    public byte[] Derive(ReadOnlySpan<byte> keyId, Guid id) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Named(keyId, $"Stored object {id:D}"), 32, id.ToByteArray(bigEndian: true), "sekisho content v1"u8.ToArray());

    /// <summary>A key for something else than content, told apart by <paramref name="purpose"/>.</summary>
    public byte[] Derive(ReadOnlySpan<byte> keyId, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Named(keyId, purpose), 32, salt: null, Encoding.UTF8.GetBytes(purpose));

    private byte[] Named(ReadOnlySpan<byte> keyId, string what)
    {
        var name = Convert.ToHexStringLower(keyId);
        return _keys.TryGetValue(name, out var master) ? master : throw new InvalidDataException($"{what} names the unknown master key {name}");
    }

    /// <summary>Exactly as it was written: a key that only looks alike is a damaged one.</summary>
    private static byte[] Key(string[] line, string path) =>
        line.Length == 2 && line[1].Length == 2 * KeyLength && line[1].All(char.IsAsciiHexDigitLower) && Convert.FromHexString(line[1]) is var key && line[0] == Id(key)
            ? key
            : throw Damaged(path);

    private static InvalidDataException Damaged(string path) => new($"{path} は壊れています。鍵を控えから戻してください。");

    private static string Id(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, IdLength));

    private static void Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        PrivateFile.WriteNew(path, Encoding.ASCII.GetBytes($"{Id(key)} {Convert.ToHexStringLower(key)}\n"));
    }
}

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    /// <summary>Written beside and moved, so that nobody ever reads half a key; when two processes start at once, the first one's key stands.</summary>
    public static void WriteNew(string path, byte[] bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew, FileAccess.Write)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Replaces a file as a whole.</summary>
    public static void Replace(string path, byte[] bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew, FileAccess.Write)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
