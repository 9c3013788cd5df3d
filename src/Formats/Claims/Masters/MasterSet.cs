using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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

/// <summary>What 医薬品マスター says about a drug, for people.</summary>
/// <param name="Name">漢字名称.</param>
/// <param name="Unit">単位.</param>
/// <param name="Ingredient">The first seven characters of 薬価基準収載医薬品コード: 薬効分類, and 投与経路 with 成分. Empty where the master has none.</param>
/// <param name="GenericName">一般名処方の標準的な記載 without 【般】; empty where the master has none.</param>
public sealed record DrugFacts(string Name, string Unit, string Ingredient, string GenericName);

/// <summary>Official masters (基本マスター, CP932 CSV) in memory, effective-dated. Immutable and shared.</summary>
public sealed class MasterSet
{
    private const int MostMonths = 1200;
    private const int IngredientLength = 7;
    private const string GenericMark = "【般】";

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

    /// <summary>The drug in the version nearest to <paramref name="month"/>, for people only; false when its code is in no master.</summary>
    public bool TryDrug(string code, YearMonth month, [NotNullWhen(true)] out DrugFacts? facts)
    {
        facts = Nearest(MasterKind.Drug, code, month) is DrugRow row
            ? new DrugFacts(row.Name, row.単位, row.薬価基準コード.Length >= IngredientLength ? row.薬価基準コード[..IngredientLength] : "", Generic(row.一般名))
            : null;
        return facts is not null;
    }

    /// <summary>Name of the code in the version nearest to <paramref name="month"/>, for people only.</summary>
    public bool TryNearestName(MasterKind kind, string code, YearMonth month, out string name)
    {
        var row = Nearest(kind, code, month);
        name = row?.Name ?? "";
        return row is not null;
    }

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

    private MasterRow? Nearest(MasterKind kind, string code, YearMonth month)
    {
        var row = Number(kind, code) is { } number ? _tables[(int)kind].Newest(number) : null;

        // Versions come newest first: the last one that still begins after the month is the nearest of those.
        while (row is not null && row.From > Last(month) && row.Older is { } older)
        {
            row = older;
        }

        return row;
    }

    private static string Generic(string name) => name.StartsWith(GenericMark, StringComparison.Ordinal) ? name[GenericMark.Length..] : name;

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
