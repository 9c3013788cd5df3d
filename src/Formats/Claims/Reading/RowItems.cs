using System.Numerics;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>The items of one row: for reading several of them, where the row itself need be found only once.</summary>
/// <param name="present">Which items hold anything: bit 0 is 項番 1.</param>
/// <param name="fields">Those items, in order.</param>
/// <param name="record">Bytes of the record, and what follows it.</param>
internal readonly ref struct RowItems(ulong present, ReadOnlySpan<Field> fields, ReadOnlySpan<byte> record)
{
    private readonly ReadOnlySpan<Field> _fields = fields;
    private readonly ReadOnlySpan<byte> _record = record;

    /// <summary>Which items hold anything: bit 0 is 項番 1.</summary>
    public ulong Present { get; } = present;

    /// <summary>Bytes of an item; empty when there is none.</summary>
    public ReadOnlySpan<byte> this[int item] => (Present >> (item - 1) & 1) == 0 ? default : Filled(Before(item));

    /// <summary>How many items before this 項番 hold anything.</summary>
    public int Before(int item) => BitOperations.PopCount(Present & ((1UL << (item - 1)) - 1));

    /// <summary>Bytes of the item that has <paramref name="before"/> filled ones before it.</summary>
    public ReadOnlySpan<byte> Filled(int before) => _fields[before].Of(_record);
}
