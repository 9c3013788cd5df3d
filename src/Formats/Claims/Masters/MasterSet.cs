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
public sealed record MasterLoad(string File, MasterKind? Kind, int Rows, int Skipped, IReadOnlyList<string> Reasons);

/// <summary>Official masters (基本マスター, CP932 CSV) in memory, effective-dated. Immutable and shared.</summary>
public sealed class MasterSet
{
    // A revision of the fee schedule comes every second year: beyond that an edition says nothing about new codes.
    private const int EditionLife = 24;

    private readonly Dictionary<int, MasterVersion>[] _codes = [.. Enum.GetValues<MasterKind>().Select(_ => new Dictionary<int, MasterVersion>())];
    private readonly List<(YearMonth From, YearMonth Until)>[] _editions = [.. Enum.GetValues<MasterKind>().Select(_ => new List<(YearMonth, YearMonth)>())];

    private MasterSet()
    {
    }

    /// <summary>Loads every recognised file of a folder (also *.csv.txt as distributed); unrecognised files are reported, not thrown.</summary>
    public static (MasterSet Masters, IReadOnlyList<MasterLoad> Report) Load(string directory)
    {
        var report = new List<MasterLoad>();
        var files = new List<MasterFile>();
        foreach (var path in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            var file = MasterFile.Read(path);
            report.Add(file.Report);
            if (file.Kind is not null)
            {
                files.Add(file);
            }
        }

        // Older editions first, so that what a newer one says about the same day wins, whatever the files are called.
        var masters = new MasterSet();
        foreach (var file in files.OrderBy(f => f.Newest))
        {
            masters.Add(file);
        }

        return (masters, report);
    }

    /// <summary>
    /// True when an edition of <paramref name="kind"/> is loaded that covers <paramref name="month"/>: almost all of its rows are in force by
    /// then, and its newest row is not older than two years (a revision lies between, codes would wrongly count as unknown).
    /// </summary>
    public bool Covers(MasterKind kind, YearMonth month) => _editions[(int)kind].Exists(e => e.From <= month && month <= e.Until);

    /// <summary>Name of <paramref name="code"/> in force in <paramref name="month"/>; false when unknown.</summary>
    public bool TryName(MasterKind kind, string code, YearMonth month, out string name)
    {
        var version = Number(kind, code) is { } number ? InForce(kind, number, month) : null;
        name = version?.Name ?? "";
        return version is not null;
    }

    /// <summary>True when <paramref name="code"/> (ASCII digits) is in force in <paramref name="month"/>. Allocates nothing.</summary>
    public bool Contains(MasterKind kind, ReadOnlySpan<byte> code, YearMonth month)
    {
        if (code.Length != MasterLayout.Length(kind))
        {
            return false;
        }

        var number = 0;
        foreach (var digit in code)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return InForce(kind, number, month) is not null;
    }

    /// <summary>Name of the code in the version nearest to <paramref name="month"/>, for people only.</summary>
    internal bool TryNearestName(MasterKind kind, string code, YearMonth month, out string name)
    {
        name = "";
        if (Number(kind, code) is not { } number || !_codes[(int)kind].TryGetValue(number, out var version))
        {
            return false;
        }

        var nearest = version;
        for (var next = version; next is not null; next = next.Older)
        {
            // Versions come newest first: the last one that still begins after the month is the nearest of those.
            nearest = next;
            if (next.From <= Last(month))
            {
                break;
            }
        }

        name = nearest.Name;
        return true;
    }

    private MasterVersion? InForce(MasterKind kind, int code, YearMonth month)
    {
        // Newest first: the version that began last by this month decides, also when it has ended since.
        var version = _codes[(int)kind].GetValueOrDefault(code);
        while (version is not null && version.From > Last(month))
        {
            version = version.Older;
        }

        return version is not null && version.Until >= First(month) ? version : null;
    }

    private void Add(MasterFile file)
    {
        var kind = (int)file.Kind!;
        foreach (var row in file.Rows)
        {
            if (row.Erased)
            {
                _codes[kind].Remove(row.Code);
                continue;
            }

            var older = _codes[kind].GetValueOrDefault(row.Code);
            _codes[kind][row.Code] = Insert(older, row);
        }

        if (file.Rows.Count > 0)
        {
            _editions[kind].Add(Coverage(file));
        }
    }

    private static MasterVersion Insert(MasterVersion? chain, MasterRow row)
    {
        if (chain is not null && chain.From > row.From)
        {
            return chain with { Older = Insert(chain.Older, row) };
        }

        var older = chain?.From == row.From ? chain.Older : chain;
        return new MasterVersion(row.Name, row.From, row.Until, older);
    }

    private static (YearMonth From, YearMonth Until) Coverage(MasterFile file)
    {
        var begins = file.Rows.Select(r => r.From).Order().ToList();
        var nearly = begins[(begins.Count - 1) * 99 / 100];
        var from = nearly == 0 ? Shape.CodeRow.First : Month(nearly);
        return (from, file.Newest == 0 ? Shape.CodeRow.Last : Month(file.Newest).Add(EditionLife));
    }

    private static YearMonth Month(int day) => YearMonth.TryCreate(day / 10_000, day / 100 % 100, out var month) ? month : Shape.CodeRow.Last;

    private static int First(YearMonth month) => (month.Year * 10_000) + (month.Month * 100) + 1;

    private static int Last(YearMonth month) => (month.Year * 10_000) + (month.Month * 100) + 31;

    private static int? Number(MasterKind kind, string code) =>
        code.Length == MasterLayout.Length(kind) && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A version of one code; versions are chained newest first.</summary>
    private sealed record MasterVersion(string Name, int From, int Until, MasterVersion? Older);
}
