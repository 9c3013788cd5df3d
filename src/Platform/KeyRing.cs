using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Platform;

/// <summary>
/// Keys in a file of the data folder, one line <c>id key</c> (hex) each, the current one first. A new first line rotates; older lines still find and open what was
/// written under them. AES-256-GCM or HMAC-SHA-256, as the file is used for. Immutable and shared.
/// </summary>
public sealed class KeyRing
{
    private const int IdLength = 8;
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly List<(byte[] Id, byte[] Key)> _keys;

    public KeyRing(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        _keys = [.. File.ReadAllLines(path, Encoding.ASCII).Where(l => l.Length > 0).Select(l => l.Split(' '))
            .Select(l => l.Length == 2 ? (Id: Convert.FromHexString(l[0]), Key: Convert.FromHexString(l[1])) : ([], []))];
        if (_keys.Count == 0 || !_keys.TrueForAll(k => k.Key.Length == KeyLength && k.Id.AsSpan().SequenceEqual(IdOf(k.Key))))
        {
            throw new InvalidOperationException($"{path} は壊れています。鍵を控えから戻してください。");
        }
    }

    /// <summary>How many keys still find what was written under them.</summary>
    public int Count => _keys.Count;

    /// <summary>The first 16 bytes of the HMAC under a key; 0 is the current one.</summary>
    public byte[] Hash(ReadOnlySpan<byte> value, int key = 0) => HMACSHA256.HashData(_keys[key].Key, value)[..16];

    /// <summary>key id | nonce | ciphertext | tag. What was sealed for one <paramref name="place"/> does not open at another.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place = default)
    {
        var (id, key) = _keys[0];
        var bytes = new byte[IdLength + NonceLength + plain.Length + TagLength];
        id.CopyTo(bytes, 0);
        var nonce = bytes.AsSpan(IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, bytes.AsSpan(IdLength + NonceLength, plain.Length), bytes.AsSpan(bytes.Length - TagLength), [.. id, .. place]);
        return bytes;
    }

    /// <summary>What was sealed for this place; null when its key is gone or it was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> place = default)
    {
        var named = bytes.Length < IdLength + NonceLength + TagLength ? "" : Convert.ToHexStringLower(bytes[..IdLength]);
        if (_keys.Find(k => Convert.ToHexStringLower(k.Id) == named).Key is not { } key)
        {
            return null;
        }

        var plain = new byte[bytes.Length - IdLength - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(bytes.Slice(IdLength, NonceLength), bytes[(IdLength + NonceLength)..^TagLength], bytes[^TagLength..], plain, [.. bytes[..IdLength], .. place]);
            return plain;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] IdOf(byte[] key) => SHA256.HashData(key)[..IdLength];

    /// <summary>Written beside and moved; when two processes start at once, the first one's key stands.</summary>
    private static void Create(string path)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(IdOf(key))} {Convert.ToHexStringLower(key)}\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
