using System.Numerics;
using System.Runtime.CompilerServices;

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

/// <summary>A field that is not empty.</summary>
/// <param name="Start">From the line's first byte.</param>
/// <param name="Length">Bytes; never 0.</param>
internal readonly record struct Field(int Start, int Length)
{
    /// <summary>The bytes of the field.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> line) => line.Slice(Start, Length);
}

/// <summary>
/// The fields of one line that are not empty. Most fields of a claim are: commas are found sixty-four bytes at a time, and of all the fields
/// only those between two commas that do not touch are ever looked at.
/// </summary>
internal sealed class RecordFields
{
    /// <summary>Columns beyond this are counted but not remembered, one bit each; the widest record of 医科 has 48.</summary>
    public const int Most = 64;

    private readonly Field[] _fields = new Field[Most];

    /// <summary>Which items are not empty: bit 0 is 項番 1.</summary>
    public ulong Present { get; private set; }

    /// <summary>Which items are not empty and hold something besides 0–9.</summary>
    public ulong NotDigits { get; private set; }

    /// <summary>How many columns there are; may exceed <see cref="Most"/>.</summary>
    public int Columns { get; private set; }

    /// <summary>What the whole line is made of.</summary>
    public Bytes Bytes { get; private set; }

    /// <summary>Bytes of the line without its end.</summary>
    public int Length { get; private set; }

    /// <summary>The fields of <see cref="Present"/>, in order.</summary>
    public ReadOnlySpan<Field> Filled => _fields.AsSpan(0, BitOperations.PopCount(Present));

    /// <summary>Bytes of an item; empty when there is none.</summary>
    public ReadOnlySpan<byte> Item(ReadOnlySpan<byte> line, int item)
    {
        var bit = 1UL << (item - 1);
        return (Present & bit) == 0 ? default : _fields[BitOperations.PopCount(Present & (bit - 1))].Of(line);
    }

    /// <summary>
    /// Splits the line that begins <paramref name="bytes"/> and gives the position of the LF or 0x1A that ends it.
    /// There must be one, and at least <see cref="Block.Size"/> bytes behind it.
    /// </summary>
    public int Split(ReadOnlySpan<byte> bytes)
    {
        var state = new Open();
        var high = 0UL;
        var forbidden = 0UL;
        for (var at = 0; ;)
        {
            var block = Block.Of(bytes[at..]);
            var width = Width(bytes, at, block.Stops);
            var inside = width == Block.Size ? ulong.MaxValue : (1UL << width) - 1;
            var stops = block.Stops != 0;
            high |= block.High & inside;
            forbidden |= block.Forbidden & inside;
            // The end of the line closes the last field as a comma would.
            Take((block.Commas & inside) | (stops ? inside + 1 : 0), inside, block.NotDigits, at, ref state);
            if (stops)
            {
                Close(state, at + width, high, forbidden);
                return at + BitOperations.TrailingZeroCount(block.Stops);
            }

            at += width;
        }
    }

    // Bytes of the block that belong to the line. A CR that is the last byte of a block is left to the next one, which sees whether LF follows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Width(ReadOnlySpan<byte> bytes, int at, ulong stops)
    {
        if (stops == 0)
        {
            return bytes[at + Block.Size - 1] == '\r' ? Block.Size - 1 : Block.Size;
        }

        var stop = BitOperations.TrailingZeroCount(stops);
        return stop > 0 && bytes[at + stop] == '\n' && bytes[at + stop - 1] == '\r' ? stop - 1 : stop;
    }

    // A field begins where no comma follows a comma, and ends where a comma follows none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(ulong commas, ulong inside, ulong notDigits, int at, ref Open open)
    {
        unchecked
        {
            var behindComma = (commas << 1) | (open.IsOpen ? 0UL : open.AfterComma);
            var starts = ~commas & behindComma & inside;
            var ends = commas & ~behindComma;
            if (open.IsOpen)
            {
                open.NotDigits |= notDigits & (commas == 0 ? inside : (commas & (0 - commas)) - 1);
                if (ends == 0)
                {
                    return;
                }

                Put(open.Column, open.Start, at + BitOperations.TrailingZeroCount(ends), open.NotDigits, ref open);
                open.IsOpen = false;
                ends &= ends - 1;
            }

            for (; ends != 0; ends &= ends - 1, starts &= starts - 1)
            {
                var start = BitOperations.TrailingZeroCount(starts);
                var end = BitOperations.TrailingZeroCount(ends);
                var column = open.Columns + BitOperations.PopCount(commas & ((1UL << start) - 1));
                Put(column, at + start, at + end, notDigits & ((1UL << end) - (1UL << start)), ref open);
            }

            if (starts != 0)
            {
                var start = BitOperations.TrailingZeroCount(starts);
                open.IsOpen = true;
                open.Start = at + start;
                open.Column = open.Columns + BitOperations.PopCount(commas);
                open.NotDigits = notDigits & inside & ~((1UL << start) - 1);
            }

            open.AfterComma = open.IsOpen ? 0UL : 1UL;
            open.Columns += BitOperations.PopCount(commas);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(int column, int start, int end, ulong notDigits, ref Open open)
    {
        if (column < Most)
        {
            _fields[open.Filled++] = new Field(start, end - start);
            open.Present |= 1UL << column;
            open.NotDigitItems |= notDigits == 0 ? 0 : 1UL << column;
        }
    }

    private void Close(in Open open, int length, ulong high, ulong forbidden)
    {
        Present = open.Present;
        NotDigits = open.NotDigitItems;
        Columns = open.Columns;
        Length = length;
        Bytes = (high == 0 ? Bytes.Plain : Bytes.High) | (forbidden == 0 ? Bytes.Plain : Bytes.Forbidden);
    }

    /// <summary>What is known so far, between blocks.</summary>
    private struct Open
    {
        public Open() => AfterComma = 1;

        public ulong Present;
        public ulong NotDigitItems;
        public int Filled;
        public int Columns;

        /// <summary>1 when the byte before the block was a comma or the line begins; only meaningful when no field is open.</summary>
        public ulong AfterComma;

        /// <summary>A field began and has not ended.</summary>
        public bool IsOpen;
        public int Start;
        public int Column;
        public ulong NotDigits;
    }
}
