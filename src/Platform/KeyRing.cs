using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sekisho.Platform;

/// <summary>
/// Keys in a file of the data folder, one line <c>id key</c> (hex) each, the current one first. A new first line rotates; older lines still find and open what was
/// written under them. AES-256-GCM or HMAC-SHA-256, as the file is used for. Shared by all threads.
/// </summary>
public sealed class KeyRing
{
    private const int IdLength = 8;
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly List<Key> _keys;

    public KeyRing(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        _keys = [.. File.ReadAllLines(path, Encoding.ASCII).Where(l => l.Length > 0).Select(l => l.Split(' '))
            .Select(l => l.Length == 2 ? new Key(Convert.FromHexString(l[0]), Convert.FromHexString(l[1])) : new Key([], []))];
        if (_keys.Count == 0 || !_keys.TrueForAll(k => k.Bytes.Length == KeyLength && k.Id.AsSpan().SequenceEqual(IdOf(k.Bytes))))
        {
            throw new InvalidOperationException($"{path} は壊れています。鍵を控えから戻してください。");
        }
    }

    /// <summary>How many keys still find what was written under them.</summary>
    public int Count => _keys.Count;

    /// <summary>The first 16 bytes of the HMAC under a key; 0 is the current one.</summary>
    public byte[] Hash(ReadOnlySpan<byte> value, int key = 0)
    {
        var hmac = _keys[key].Hmacs.TryTake(out var idle) ? idle : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _keys[key].Bytes);
        hmac.AppendData(value);
        var hash = hmac.GetHashAndReset()[..16];
        _keys[key].Hmacs.Add(hmac);
        return hash;
    }

    /// <summary>key id | nonce | ciphertext | tag. What was sealed for one <paramref name="place"/> does not open at another.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place = default)
    {
        var key = _keys[0];
        var bytes = new byte[IdLength + NonceLength + plain.Length + TagLength];
        key.Id.CopyTo(bytes, 0);
        var nonce = bytes.AsSpan(IdLength, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        var aes = key.Ciphers.TryTake(out var idle) ? idle : new AesGcm(key.Bytes, TagLength);
        aes.Encrypt(nonce, plain, bytes.AsSpan(IdLength + NonceLength, plain.Length), bytes.AsSpan(bytes.Length - TagLength), [.. key.Id, .. place]);
        key.Ciphers.Add(aes);
        return bytes;
    }

    /// <summary>What was sealed for this place; null when its key is gone or it was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> place = default)
    {
        if (bytes.Length < IdLength + NonceLength + TagLength || Named(bytes[..IdLength]) is not { } key)
        {
            return null;
        }

        var plain = new byte[bytes.Length - IdLength - NonceLength - TagLength];
        var aes = key.Ciphers.TryTake(out var idle) ? idle : new AesGcm(key.Bytes, TagLength);
        try
        {
            aes.Decrypt(bytes.Slice(IdLength, NonceLength), bytes[(IdLength + NonceLength)..^TagLength], bytes[^TagLength..], plain, [.. key.Id, .. place]);
            return plain;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            key.Ciphers.Add(aes);
        }
    }

    private Key? Named(ReadOnlySpan<byte> id)
    {
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id))
            {
                return key;
            }
        }

        return null;
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

    /// <summary>Preparing a key for use costs more than using it: what is prepared is kept for whoever comes next, one thread at a time.</summary>
    private sealed record Key(byte[] Id, byte[] Bytes)
    {
        public ConcurrentBag<IncrementalHash> Hmacs { get; } = [];

        public ConcurrentBag<AesGcm> Ciphers { get; } = [];
    }
}
