using System.Numerics;
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
    private Field[] _fields = new Field[4096];
    private EditionPlan _edition = null!;
    private int _used;
    private byte[] _buffer = [];
    private int _origin;
    private readonly int[][] _rowsOf = [.. Enumerable.Range(0, RecordKey.Slots).Select(_ => new int[8])];
    private readonly int[] _counts = new int[RecordKey.Slots];
    private readonly Services _services = new();
    private readonly Facts _facts = new();
    private bool _servicesRead;
    private bool _factsRead;

    /// <summary>1-based position in the file.</summary>
    public int Ordinal { get; private set; }

    /// <summary>Records remembered; row 0 is RE.</summary>
    public int Count { get; private set; }

    /// <summary>診療年月 that tables and masters are looked up by; the 受付年月 when the claim has none that can be read.</summary>
    public YearMonth Month { get; private set; }

    /// <summary>The tables of the claim.</summary>
    public EditionPlan Edition => _edition;

    /// <summary>Masters to look codes up in; null when none are loaded.</summary>
    public MasterSet? Masters { get; private set; }

    /// <summary>What the masters say about the codes of 摘要.</summary>
    public MasterRows Rows { get; } = new();

    /// <summary>受付年月.</summary>
    public YearMonth Reception { get; init; }

    /// <summary>請求年月 of the file; null when it has none that can be read.</summary>
    public YearMonth? Billing { get; set; }

    /// <summary>審査支払機関 of the file as recorded; NUL when it is not one character.</summary>
    public char Payer { get; set; }

    /// <summary>摘要, read once.</summary>
    public Services Services
    {
        get
        {
            if (!_servicesRead)
            {
                _servicesRead = true;
                _services.Read(this);
            }

            return _services;
        }
    }

    /// <summary>What kind of claim it is and of whom, read once.</summary>
    public Facts Facts
    {
        get
        {
            if (!_factsRead)
            {
                _factsRead = true;
                _facts.Read(this);
            }

            return _facts;
        }
    }

    /// <summary>Row of the first TI (臓器提供): what stands from there on is the donors'. <see cref="Count"/> when there is none.</summary>
    public int Donors => Of(RecordKey.TI) is [var first, ..] ? first : Count;

    /// <summary>Row of the first HO; -1 when there is none.</summary>
    public int Insurer => Of(RecordKey.HO) is [var first, ..] ? first : -1;

    /// <summary>Row of the first KO; -1 when there is none.</summary>
    public int FirstPublic => Of(RecordKey.KO) is [var first, ..] ? first : -1;

    /// <summary>Number of HO.</summary>
    public int Insurers => _counts[RecordKey.Slot(RecordKey.HO)];

    /// <summary>Number of KO.</summary>
    public int Publics => _counts[RecordKey.Slot(RecordKey.KO)];

    /// <summary>Bytes of an item; empty when the record ends before it.</summary>
    public ReadOnlySpan<byte> this[int row, int item]
    {
        get
        {
            ref readonly var at = ref _rows[row];
            var bit = 1UL << (item - 1);
            if ((at.Present & bit) == 0)
            {
                return default;
            }

            ref readonly var field = ref _fields[at.First + BitOperations.PopCount(at.Present & (bit - 1))];
            return _buffer.AsSpan(_origin + at.Start + field.Start, field.Length);
        }
    }

    /// <summary>All items of a row.</summary>
    public RowItems Items(int row)
    {
        ref readonly var at = ref _rows[row];
        return new RowItems(at.Present, _fields.AsSpan(at.First, BitOperations.PopCount(at.Present)), _buffer.AsSpan(_origin + at.Start));
    }

    /// <summary>Forgets the claim before and begins the next.</summary>
    public void Begin(int ordinal, YearMonth month, EditionPlan edition, MasterSet? masters)
    {
        Ordinal = ordinal;
        Month = month;
        Masters = masters;
        _servicesRead = false;
        _factsRead = false;
        _edition = edition;
        Array.Clear(_counts);
        Count = 0;
        _used = 0;
    }

    /// <summary>Remembers a record. <paramref name="start"/> counts from the claim's first byte.</summary>
    public void Add(RecordPlan plan, int line, int start, RecordFields record)
    {
        var present = record.Present & plan.Known;
        var fields = record.Filled[..BitOperations.PopCount(present)];
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }

        if (_used + fields.Length > _fields.Length)
        {
            Array.Resize(ref _fields, _fields.Length * 2);
        }

        fields.CopyTo(_fields.AsSpan(_used));
        _rows[Count] = new Row(present, line, start, _used, plan.Index);
        _used += fields.Length;
        Index(plan.Slot);
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
    public ushort Key(int row) => Plan(row).Key;

    /// <summary>Table of a row.</summary>
    public RecordPlan Plan(int row) => _edition.Records[_rows[row].Plan];

    /// <summary>1-based line of a row.</summary>
    public int Line(int row) => _rows[row].Line;

    /// <summary>Which items of a row hold anything: bit 0 is 項番 1. An item made of spaces counts as held.</summary>
    public ulong Present(int row) => _rows[row].Present;

    /// <summary>項番 of the items that hold anything, out of <paramref name="count"/> from <paramref name="first"/> on: <c>foreach (var item in claim.Filled(row, SI.日, 31))</c>.</summary>
    public FilledItems Filled(int row, int first, int count) => new(Present(row) >> (first - 1) & ((1UL << count) - 1), first);

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

    // The table by its number: a reference in an array of structs would cost a write barrier for each record.
    private readonly record struct Row(ulong Present, int Line, int Start, int First, int Plan);
}
