using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sekisho.Modules.Exchange.Storage;

/// <summary>What a segment is; bound into its tag, so that a truncated object, or an unfinished tail put in its place, does not open.</summary>
internal enum SegmentRole : byte
{
    /// <summary>A full segment with others after it.</summary>
    Inner = 0,

    /// <summary>The last one.</summary>
    Final = 1,

    /// <summary>What had arrived of a segment when the line was cut; kept beside the object.</summary>
    Unfinished = 2,
}

/// <summary>
/// Seals and opens the 64 KiB segments of one stored object: nonce (12) | ciphertext | tag (16). The associated data is the object's header (format,
/// master key id, object id), the segment's index and its role: nothing can be cut off, reordered or taken from another object unnoticed.
/// </summary>
internal sealed class Segments : IDisposable
{
    public const int Plain = 64 * 1024;
    public const int Nonce = 12;
    public const int Tag = 16;
    public const int Sealed = Plain + Nonce + Tag;
    public const int Header = 32;
    private readonly AesGcm _cipher;
    private readonly byte[] _associated = new byte[Header + sizeof(long) + 1];

    private Segments(byte[] key, ReadOnlySpan<byte> header)
    {
        _cipher = new AesGcm(key, Tag);
        header.CopyTo(_associated);
        CryptographicOperations.ZeroMemory(key);
    }

    private static ReadOnlySpan<byte> Magic => "SEKISHO\u0001"u8;

    public ReadOnlySpan<byte> HeaderBytes => _associated.AsSpan(0, Header);

    /// <summary>Segments of a new object, with the current master key.</summary>
    public static Segments ForNew(Guid id, MasterKeys keys)
    {
        Span<byte> header = stackalloc byte[Header];
        Magic.CopyTo(header);
        keys.CurrentId.CopyTo(header[8..]);
        id.TryWriteBytes(header[16..], bigEndian: true, out _);
        return new Segments(keys.Derive(keys.CurrentId, id), header);
    }

    /// <summary>Segments of a stored object, by its header.</summary>
    public static Segments ForStored(Guid id, ReadOnlySpan<byte> header, MasterKeys keys)
    {
        if (header.Length != Header || !header[..8].SequenceEqual(Magic) || new Guid(header[16..], bigEndian: true) != id)
        {
            throw new InvalidDataException($"Stored object {id:D}: the header is not its own");
        }

        return new Segments(keys.Derive(header.Slice(8, MasterKeys.IdLength), id), header);
    }

    /// <summary>Length of the content in an object file of <paramref name="stored"/> bytes.</summary>
    public static long ContentLength(long stored)
    {
        var body = Math.Max(0, stored - Header);
        var rest = body % Sealed;
        return (body / Sealed * Plain) + Math.Max(0, rest - Nonce - Tag);
    }

    /// <summary>Size of the file of an object with <paramref name="content"/> bytes.</summary>
    public static long StoredLength(long content) => Header + content + ((LastIndex(content) + 1) * (Nonce + Tag));

    /// <summary>Index of the last segment; an empty object has one, empty.</summary>
    public static long LastIndex(long content) => content == 0 ? 0 : (content - 1) / Plain;

    /// <summary>Where a segment begins in the file.</summary>
    public static long Position(long index) => Header + (index * Sealed);

    /// <summary>Writes nonce, ciphertext and tag to <paramref name="target"/> and returns their length.</summary>
    public int Seal(long index, SegmentRole role, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Bind(index, role);
        var nonce = target[..Nonce];
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(nonce, plain, target.Slice(Nonce, plain.Length), target.Slice(Nonce + plain.Length, Tag), _associated);
        return Nonce + plain.Length + Tag;
    }

    /// <summary>Length of the plain text, or -1 when the segment is not what was stored there.</summary>
    public int Open(long index, SegmentRole role, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        var length = stored.Length - Nonce - Tag;
        if (length < 0)
        {
            return -1;
        }

        Bind(index, role);
        try
        {
            _cipher.Decrypt(stored[..Nonce], stored.Slice(Nonce, length), stored[(Nonce + length)..], target[..length], _associated);
            return length;
        }
        catch (AuthenticationTagMismatchException)
        {
            return -1;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void Bind(long index, SegmentRole role)
    {
        BinaryPrimitives.WriteInt64BigEndian(_associated.AsSpan(Header), index);
        _associated[^1] = (byte)role;
    }
}
