using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>The masters as they stand in one 診療年月. Looking a code up allocates nothing.</summary>
internal sealed class MasterMonth
{
    /// <summary>No masters.</summary>
    public static readonly MasterMonth None = new(null, Shape.CodeRow.First);

    public MasterMonth(MasterTable[]? tables, YearMonth month)
    {
        Month = month;
        傷病名 = new(tables?[(int)MasterKind.Disease], month);
        修飾語 = new(tables?[(int)MasterKind.Modifier], month);
        診療行為 = new(tables?[(int)MasterKind.Procedure], month);
        医薬品 = new(tables?[(int)MasterKind.Drug], month);
        特定器材 = new(tables?[(int)MasterKind.Material], month);
        コメント = new(tables?[(int)MasterKind.Comment], month);
    }

    public YearMonth Month { get; }

    public MonthTable<DiseaseRow> 傷病名 { get; }

    public MonthTable<ModifierRow> 修飾語 { get; }

    public MonthTable<ProcedureRow> 診療行為 { get; }

    public MonthTable<DrugRow> 医薬品 { get; }

    public MonthTable<MaterialRow> 特定器材 { get; }

    public MonthTable<CommentRow> コメント { get; }
}

/// <summary>One master in one 診療年月.</summary>
internal sealed class MonthTable<TRow>
    where TRow : MasterRow
{
    private readonly MasterTable? _table;
    private readonly int _length;
    private readonly int _first;
    private readonly int _last;

    public MonthTable(MasterTable? table, YearMonth month)
    {
        _table = table;
        _length = table?.Layout.CodeLength ?? 0;
        _first = (month.Year * 10_000) + (month.Month * 100) + 1;
        _last = _first + 30;
        Covered = table is not null && table.Covers(month);
        Whole = Covered && table!.Whole(month);
    }

    /// <summary>Attributes of known codes hold.</summary>
    public bool Covered { get; }

    /// <summary>A code that is not there is none.</summary>
    public bool Whole { get; }

    /// <summary>The version in force, or the one that ended last; null when there is none or nothing covers the month.</summary>
    public TRow? Find(ReadOnlySpan<byte> code, out Standing standing)
    {
        standing = Standing.Unknown;
        return Covered && TryNumber(code, out var number) ? (TRow?)_table!.Find(number, _first, _last, out standing) : null;
    }

    /// <summary>The version in force; null when there is none.</summary>
    public TRow? InForce(ReadOnlySpan<byte> code) => Find(code, out var standing) is { } row && standing == Standing.InForce ? row : null;

    /// <summary>The version in force of a code by number; null when there is none.</summary>
    public TRow? InForce(int code) => Covered && _table!.Find(code, _first, _last, out var standing) is { } row && standing == Standing.InForce ? (TRow)row : null;

    /// <summary>True when the code has the digits it must have.</summary>
    public bool TryNumber(ReadOnlySpan<byte> code, out int number)
    {
        number = 0;
        if (code.Length != _length)
        {
            return false;
        }

        foreach (var digit in code)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return _length > 0;
    }
}
