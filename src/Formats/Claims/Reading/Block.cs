using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>Sixty-four bytes looked at together; one bit a byte. Every mask comes from the same load, so the bytes are read once.</summary>
internal readonly ref struct Block
{
    /// <summary>Bytes in a block.</summary>
    public const int Size = 64;

    private const byte LineFeed = (byte)'\n';
    private const byte EndOfFile = 0x1A;

    private Block(ulong commas, ulong stops, ulong notDigits, ulong high, ulong forbidden)
    {
        Commas = commas;
        Stops = stops;
        NotDigits = notDigits;
        High = high;
        Forbidden = forbidden;
    }

    /// <summary>Commas.</summary>
    public ulong Commas { get; }

    /// <summary>LF and 0x1A: a line never goes on beyond the first of them.</summary>
    public ulong Stops { get; }

    /// <summary>Anything but 0–9.</summary>
    public ulong NotDigits { get; }

    /// <summary>0x80 and above.</summary>
    public ulong High { get; }

    /// <summary>Control characters (line ends among them) and the quotation mark.</summary>
    public ulong Forbidden { get; }

    /// <summary>Looks at the first <see cref="Size"/> bytes, by the widest registers there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block Of(ReadOnlySpan<byte> bytes) =>
        Vector512.IsHardwareAccelerated ? Of512(Vector512.Create(bytes)) : Of256(Vector256.Create(bytes), Vector256.Create(bytes[Vector256<byte>.Count..]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Block Of512(Vector512<byte> bytes) => new(
        Vector512.Equals(bytes, Vector512.Create((byte)',')).ExtractMostSignificantBits(),
        (Vector512.Equals(bytes, Vector512.Create(LineFeed)) | Vector512.Equals(bytes, Vector512.Create(EndOfFile))).ExtractMostSignificantBits(),
        Vector512.GreaterThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)9)).ExtractMostSignificantBits(),
        bytes.ExtractMostSignificantBits(),
        (Vector512.LessThan(bytes, Vector512.Create((byte)' ')) | Vector512.Equals(bytes, Vector512.Create((byte)'"'))).ExtractMostSignificantBits());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Block Of256(Vector256<byte> low, Vector256<byte> high) => new(
        Bits(Vector256.Equals(low, Vector256.Create((byte)',')), Vector256.Equals(high, Vector256.Create((byte)','))),
        Bits(Vector256.Equals(low, Vector256.Create(LineFeed)) | Vector256.Equals(low, Vector256.Create(EndOfFile)),
            Vector256.Equals(high, Vector256.Create(LineFeed)) | Vector256.Equals(high, Vector256.Create(EndOfFile))),
        Bits(Vector256.GreaterThan(low - Vector256.Create((byte)'0'), Vector256.Create((byte)9)),
            Vector256.GreaterThan(high - Vector256.Create((byte)'0'), Vector256.Create((byte)9))),
        Bits(low, high),
        Bits(Vector256.LessThan(low, Vector256.Create((byte)' ')) | Vector256.Equals(low, Vector256.Create((byte)'"')),
            Vector256.LessThan(high, Vector256.Create((byte)' ')) | Vector256.Equals(high, Vector256.Create((byte)'"'))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
