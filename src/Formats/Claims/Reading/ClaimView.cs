using Sekisho.Formats.Claims.Checks;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>
/// One claim as checks see it: spans into the file by (row, 項番). The arrays are reused from claim to claim, so nothing is allocated per field;
/// spans live until the next line is read.
/// </summary>
internal sealed class ClaimView
{
    private Row[] _rows = new Row[256];
    private int[] _ends = new int[8192];
    private int _used;
    private byte[] _buffer = [];
    private int _origin;
    private readonly int[][] _rowsOf = [.. Enumerable.Range(0, RecordKey.Slots).Select(_ => new int[8])];
    private readonly int[] _counts = new int[RecordKey.Slots];

    /// <summary>1-based position in the file.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Records remembered; row 0 is RE.</summary>
    public int Count { get; private set; }

    /// <summary>診療年月 that tables and masters are looked up by; the 受付年月 when the claim has none that can be read.</summary>
    public YearMonth Month { get; private set; }

    /// <summary>受付年月.</summary>
    public YearMonth Reception { get; init; }

    /// <summary>Masters to look codes up in; null when none are loaded.</summary>
    public MasterSet? Masters { get; private set; }

    /// <summary>What the masters say about the codes of 摘要.</summary>
    public MasterRows Rows { get; } = new();

    /// <summary>Row of the first TI (臓器提供): what stands from there on is the donors'. <see cref="Count"/> when there is none.</summary>
    public int Donors => Of(RecordKey.TI) is [var first, ..] ? first : Count;

    /// <summary>Row of the first HO; -1 when there is none.</summary>
    public int Insurer { get; private set; }

    /// <summary>Row of the first KO; -1 when there is none.</summary>
    public int FirstPublic { get; private set; }

    /// <summary>Number of HO.</summary>
    public int Insurers { get; private set; }

    /// <summary>Number of KO.</summary>
    public int Publics { get; private set; }

    /// <summary>Bytes of an item; empty when the record ends before it.</summary>
    public ReadOnlySpan<byte> this[int row, int item]
    {
        get
        {
            ref readonly var at = ref _rows[row];
            if (item > at.Columns)
            {
                return default;
            }

            var start = item == 1 ? 0 : _ends[at.First + item - 2] + 1;
            return _buffer.AsSpan(_origin + at.Start + start, _ends[at.First + item - 1] - start);
        }
    }

    /// <summary>Forgets the claim before and begins the next.</summary>
    public void Begin(int ordinal, YearMonth month, MasterSet? masters)
    {
        Ordinal = ordinal;
        Month = month;
        Masters = masters;
        Array.Clear(_counts);
        Count = 0;
        _used = 0;
        Insurer = -1;
        FirstPublic = -1;
        Insurers = 0;
        Publics = 0;
    }

    /// <summary>Remembers a record. <paramref name="start"/> counts from the claim's first byte, <paramref name="ends"/> from the record's.</summary>
    public void Add(RecordPlan plan, int line, int start, ReadOnlySpan<int> ends)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        if (_used + ends.Length > _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length * 2);
        }

        ends.CopyTo(_ends.AsSpan(_used));
        _rows[Count] = new Row(plan, line, start, _used, ends.Length);
        _used += ends.Length;
        Index(plan.Slot);
        switch (plan.Key)
        {
            case RecordKey.HO:
                Insurer = Insurers++ == 0 ? Count : Insurer;
                break;
            case RecordKey.KO:
                FirstPublic = Publics++ == 0 ? Count : FirstPublic;
                break;
        }

        Count++;
    }

    /// <summary>Rows with that レコード識別情報, in order, donors' included.</summary>
    public ReadOnlySpan<int> Of(ushort key)
    {
        var slot = RecordKey.Slot(key);
        return _rowsOf[slot].AsSpan(0, _counts[slot]);
    }

    /// <summary>Says where the claim's bytes are. Until then items cannot be read.</summary>
    public void Attach(byte[] buffer, int origin)
    {
        _buffer = buffer;
        _origin = origin;
    }

    /// <summary>レコード識別情報 of a row.</summary>
    public ushort Key(int row) => _rows[row].Plan.Key;

    /// <summary>Table of a row.</summary>
    public RecordPlan Plan(int row) => _rows[row].Plan;

    /// <summary>1-based line of a row.</summary>
    public int Line(int row) => _rows[row].Line;

    /// <summary>診療年月, 和暦 converted; false when it is no month.</summary>
    public bool TryTreatmentMonth(out YearMonth month) => Dates.TryMonth(this[0, RE.診療年月], out month, out _);

    private void Index(int slot)
    {
        if (_counts[slot] == _rowsOf[slot].Length)
        {
            Array.Resize(ref _rowsOf[slot], _counts[slot] * 2);
        }

        _rowsOf[slot][_counts[slot]++] = Count;
    }

    private readonly record struct Row(RecordPlan Plan, int Line, int Start, int First, int Columns);
}
