using System.Numerics;
using System.Runtime.Intrinsics;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>What kinds of bytes a line holds.</summary>
[Flags]
internal enum Bytes
{
    /// <summary>Printable ASCII only.</summary>
    Plain = 0,

    /// <summary>Some byte of 0x80 and above.</summary>
    High = 1,

    /// <summary>A control character or the quotation mark, which may stand in no value.</summary>
    Forbidden = 2,
}

/// <summary>Splits a line at its commas.</summary>
internal static class Columns
{
    /// <summary>Columns beyond this are counted but not remembered; the widest record of any kind has 109.</summary>
    public const int Max = 128;

    /// <summary>Writes the end of each column, gives the number of columns (which may exceed <paramref name="ends"/>).</summary>
    public static int Split(ReadOnlySpan<byte> line, Span<int> ends, out Bytes bytes)
    {
        var count = 0;
        var at = 0;
        bytes = Bytes.Plain;
        for (; at + Vector256<byte>.Count <= line.Length; at += Vector256<byte>.Count)
        {
            var block = Vector256.Create(line[at..]);
            if (block.ExtractMostSignificantBits() != 0)
            {
                bytes |= Bytes.High;
            }

            if (Vector256.LessThanAny(block, Vector256.Create((byte)0x20)) || Vector256.EqualsAny(block, Vector256.Create((byte)'"')))
            {
                bytes |= Bytes.Forbidden;
            }

            for (var commas = Vector256.Equals(block, Vector256.Create((byte)',')).ExtractMostSignificantBits(); commas != 0; commas &= commas - 1)
            {
                Put(ends, count++, at + BitOperations.TrailingZeroCount(commas));
            }
        }

        for (; at < line.Length; at++)
        {
            var value = line[at];
            if (value == ',')
            {
                Put(ends, count++, at);
            }
            else if (value >= 0x80)
            {
                bytes |= Bytes.High;
            }
            else if (value is < 0x20 or (byte)'"')
            {
                bytes |= Bytes.Forbidden;
            }
        }

        Put(ends, count++, line.Length);
        return count;
    }

    private static void Put(Span<int> ends, int index, int value)
    {
        if ((uint)index < (uint)ends.Length)
        {
            ends[index] = value;
        }
    }
}
