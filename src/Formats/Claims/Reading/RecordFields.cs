using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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

    private readonly Field[] _fields = new Field[Most + Block.Size];
    private int _filled;
    private bool _open;
    private int _openStart;
    private bool _openDigits;

    /// <summary>Which items are not empty: bit 0 is 項番 1.</summary>
    public ulong Present { get; private set; }

    /// <summary>Which items are not empty and hold 0–9 only.</summary>
    public ulong Digits { get; private set; }

    /// <summary>Which items hold one byte.</summary>
    public ulong Single { get; private set; }

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
        _filled = 0;
        _open = false;
        Present = 0;
        Digits = 0;
        Single = 0;
        Columns = 0;
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
            Take((block.Commas & inside) | (stops ? inside + 1 : 0), inside, inside & ~block.NotDigits, at);
            if (stops)
            {
                Length = at + width;
                Bytes = (high == 0 ? Bytes.Plain : Bytes.High) | (forbidden == 0 ? Bytes.Plain : Bytes.Forbidden);
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
    // Not inlined: it is the innermost loop, and its values fit the registers only when they are alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Take(ulong commas, ulong inside, ulong digits, int at)
    {
        unchecked
        {
            // Between blocks either a field is open or the byte before was a comma (or the line's beginning).
            var behindComma = (commas << 1) | (_open ? 0UL : 1UL);
            var starts = ~commas & behindComma & inside;
            var ends = commas & ~behindComma;
            if (_open)
            {
                if (!CloseOpen(commas, inside & ~digits, at))
                {
                    return;
                }

                ends &= ends - 1;
            }

            if (Columns < Most)
            {
                // Added to its first digit, a one runs through all digits that follow and stops at what is none: a field of digits stops at its end.
                Present |= ByColumn(ends, commas) << Columns;
                Digits |= ByColumn((digits + starts) & ends, commas) << Columns;
                Single |= ByColumn(ends & (starts << 1), commas) << Columns;
                Put(starts, ends, at);
            }

            if (starts > commas)
            {
                LeaveOpen(starts, inside & ~digits, at);
            }

            Columns += BitOperations.PopCount(commas);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ulong starts, ulong ends, int at)
    {
        unchecked
        {
            var fields = _fields;
            var filled = _filled;
            for (; ends != 0; ends &= ends - 1, starts &= starts - 1)
            {
                var start = BitOperations.TrailingZeroCount(starts);
                fields[filled++] = new Field(at + start, BitOperations.TrailingZeroCount(ends) - start);
            }

            _filled = filled;
        }
    }

    // For each comma the bit that stands there, side by side: from positions to columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ByColumn(ulong bits, ulong commas) => Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitExtract(bits, commas) : Extract(bits, commas);

    private static ulong Extract(ulong bits, ulong commas)
    {
        var columns = 0UL;
        for (; bits != 0; bits &= bits - 1)
        {
            columns |= 1UL << BitOperations.PopCount(commas & ((bits & (~bits + 1)) - 1));
        }

        return columns;
    }

    // False when the field that began in an earlier block goes on through this one.
    private bool CloseOpen(ulong commas, ulong notDigits, int at)
    {
        var end = BitOperations.TrailingZeroCount(commas);
        _openDigits &= (notDigits & (commas == 0 ? ulong.MaxValue : (1UL << end) - 1)) == 0;
        if (commas == 0)
        {
            return false;
        }

        _open = false;
        if (Columns < Most)
        {
            var bit = 1UL << Columns;
            var length = at + end - _openStart;
            _fields[_filled++] = new Field(_openStart, length);
            Present |= bit;
            Digits |= _openDigits ? bit : 0;
            Single |= length == 1 ? bit : 0;
        }

        return true;
    }

    private void LeaveOpen(ulong starts, ulong notDigits, int at)
    {
        var start = 63 - BitOperations.LeadingZeroCount(starts);
        _open = true;
        _openStart = at + start;
        _openDigits = notDigits >> start == 0;
    }
}
