using System.Collections.Concurrent;
using System.Globalization;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Masters;

/// <summary>The official masters by their マスター種別.</summary>
public enum MasterKind
{
    /// <summary>傷病名 (B)</summary>
    Disease,

    /// <summary>修飾語 (Z)</summary>
    Modifier,

    /// <summary>医科診療行為 (S)</summary>
    Procedure,

    /// <summary>医薬品 (Y)</summary>
    Drug,

    /// <summary>特定器材 (T)</summary>
    Material,

    /// <summary>コメント (C)</summary>
    Comment,
}

/// <summary>What loading one file gave.</summary>
/// <param name="File">File name.</param>
/// <param name="Kind">Which master; null when the file was not recognised.</param>
/// <param name="Rows">Rows taken.</param>
/// <param name="Skipped">Rows not taken, with the first reasons.</param>
/// <param name="Reasons">Japanese, at most 20: 行番号 and reason.</param>
public sealed record MasterLoad(string File, MasterKind? Kind, int Rows, int Skipped, IReadOnlyList<string> Reasons)
{
    /// <summary>Edition and the months it covers; null when no row was taken.</summary>
    public MasterEdition? Edition { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var first = Reasons.Count > 0 ? Reasons[0] : "";
        if (Kind is not { } kind)
        {
            return $"{File}: {first}";
        }

        var name = MasterLayout.All[(int)kind].Name;
        var skipped = Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $"、読めない行 {Skipped:N0}") : "";
        var edition = Edition is null ? "" : string.Create(CultureInfo.InvariantCulture, $"、版 {Edition.Date}、診療年月 {Edition.From}〜{Edition.Until}");
        var part = Edition is { Full: false } ? "、全件の版ではないためコードがないことの点検には使わない" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{File}: {name} {Rows:N0}行{skipped}{edition}{part}{(first.Length > 0 ? "。" + first : "")}");
    }
}

/// <summary>Official masters (基本マスター, CP932 CSV) in memory, effective-dated. Immutable and shared.</summary>
public sealed class MasterSet
{
    private const int MostMonths = 1200;

    private readonly MasterTable[] _tables = [.. MasterLayout.All.Select(l => new MasterTable(l))];
    private readonly ConcurrentDictionary<YearMonth, MasterMonth> _months = new();
    private MasterMonth _last = MasterMonth.None;

    private MasterSet()
    {
    }

    /// <summary>Editions in use, by kind and date.</summary>
    public IReadOnlyList<MasterEdition> Editions => [.. _tables.SelectMany(t => t.Editions)];

    /// <summary>Loads every recognised file of a folder (also *.csv.txt as distributed); unrecognised files are reported, not thrown.</summary>
    public static (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Load(string directory) => Load(directory, whole: null);

    /// <summary>True when an edition of <paramref name="kind"/> is loaded whose codes and attributes hold in <paramref name="month"/>.</summary>
    public bool Covers(MasterKind kind, YearMonth month) => _tables[(int)kind].Covers(month);

    /// <summary>Name of <paramref name="code"/> in force in <paramref name="month"/>; false when unknown.</summary>
    public bool TryName(MasterKind kind, string code, YearMonth month, out string name)
    {
        var row = Number(kind, code) is { } number ? InForce(kind, number, month) : null;
        name = row?.Name ?? "";
        return row is not null;
    }

    /// <summary>True when <paramref name="code"/> (ASCII digits) is in force in <paramref name="month"/>.</summary>
    public bool Contains(MasterKind kind, ReadOnlySpan<byte> code, YearMonth month) =>
        code.Length == MasterLayout.Length(kind)
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && InForce(kind, number, month) is not null;

    /// <summary><paramref name="whole"/>: rows that make an edition a full one, for tests with a handful of codes.</summary>
    internal static (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Load(string directory, int? whole)
    {
        var files = Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal).Select(path => MasterFile.Read(path, whole)).ToList();

        // Older editions first, so that what a newer one says about the same day wins, whatever the files are called.
        var masters = new MasterSet();
        foreach (var file in files.Where(f => f.Edition is not null).OrderBy(f => f.Edition!.Date).ThenBy(f => f.Newest))
        {
            masters._tables[(int)file.Kind!].Add(file, file.Edition!);
        }

        return (masters, [.. files.Select(f => f.Report)]);
    }

    /// <summary>The masters of a month; asked once per claim.</summary>
    internal MasterMonth In(YearMonth month)
    {
        var last = Volatile.Read(ref _last);
        if (last.Month == month && last != MasterMonth.None)
        {
            return last;
        }

        // Months are what files claim to be of: a hostile one must not fill the memory.
        if (_months.Count > MostMonths)
        {
            _months.Clear();
        }

        last = _months.GetOrAdd(month, static (m, tables) => new MasterMonth(tables, m), _tables);
        Volatile.Write(ref _last, last);
        return last;
    }

    /// <summary>Name of the code in the version nearest to <paramref name="month"/>, for people only.</summary>
    internal bool TryNearestName(MasterKind kind, string code, YearMonth month, out string name)
    {
        name = "";
        if (Number(kind, code) is not { } number || _tables[(int)kind].Newest(number) is not { } row)
        {
            return false;
        }

        // Versions come newest first: the last one that still begins after the month is the nearest of those.
        while (row.From > Last(month) && row.Older is { } older)
        {
            row = older;
        }

        name = row.Name;
        return true;
    }

    private MasterRow? InForce(MasterKind kind, int code, YearMonth month)
    {
        var row = _tables[(int)kind].Find(code, First(month), Last(month), out var standing);
        return standing == Standing.InForce ? row : null;
    }

    private static int First(YearMonth month) => (month.Year * 10_000) + (month.Month * 100) + 1;

    private static int Last(YearMonth month) => First(month) + 30;

    private static int? Number(MasterKind kind, string code) =>
        code.Length == MasterLayout.Length(kind) && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
