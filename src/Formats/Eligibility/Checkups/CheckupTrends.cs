using System.Collections.Immutable;
using System.Globalization;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Eligibility.Checkups;

/// <summary>How a value is marked for the eye. A help to read, not a diagnosis.</summary>
public enum CheckupMark
{
    /// <summary>No threshold, or inside it.</summary>
    None,

    /// <summary>Beyond the first threshold.</summary>
    Caution,

    /// <summary>Beyond the second.</summary>
    Abnormal,
}

/// <summary>One value in a line of years.</summary>
/// <param name="Day">健診実施日.</param>
/// <param name="Code">The item it comes from: the method may change over the years.</param>
/// <param name="Number">For the chart; null for a code or text.</param>
/// <param name="Text">For the table: the number as recorded, or what the code says.</param>
/// <param name="Interpretation">判定 of the clinic.</param>
/// <param name="Low">基準範囲 of the clinic, that year.</param>
/// <param name="High">基準範囲 of the clinic, that year.</param>
/// <param name="Mark">By the thresholds of that day.</param>
public sealed record CheckupPoint(DateOnly Day, string Code, decimal? Number, string Text, string Interpretation, decimal? Low, decimal? High, CheckupMark Mark);

/// <summary>One examination over the years.</summary>
/// <param name="Key">Key of the line, e.g. ldl.</param>
/// <param name="Name">表示名.</param>
/// <param name="Unit">UCUM unit; empty for codes.</param>
/// <param name="Thresholds">The thresholds in force on the day of the last point, for drawing; null when there are none.</param>
/// <param name="Points">Oldest first, one per day.</param>
public sealed record CheckupTrend(string Key, string Name, string Unit, CheckupThreshold? Thresholds, ImmutableArray<CheckupPoint> Points);

/// <summary>Two display thresholds of one line.</summary>
/// <param name="From">適用開始.</param>
/// <param name="Line">Key of the line.</param>
/// <param name="Gender">1, 2, or empty for both.</param>
/// <param name="How">以上, 以下, 未満.</param>
/// <param name="Caution">First threshold.</param>
/// <param name="Abnormal">Second threshold.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record CheckupThreshold(DateOnly From, string Line, string Gender, string How, decimal Caution, decimal Abnormal, string Source)
{
    /// <summary>The mark of a value.</summary>
    public CheckupMark Of(decimal value) => Beyond(value, Abnormal) ? CheckupMark.Abnormal : Beyond(value, Caution) ? CheckupMark.Caution : CheckupMark.None;

    private bool Beyond(decimal value, decimal limit) => How switch
    {
        "以上" => value >= limit,
        "以下" => value <= limit,
        _ => value < limit,
    };
}

/// <summary>Results of one person over the years, line by line: what a page or a chart draws. Pure functions.</summary>
public static class CheckupTrends
{
    private static readonly ImmutableArray<(string Key, string Name, string Unit, string[] Codes)> Lines = ReadLines();

    /// <summary>All display thresholds, dated.</summary>
    public static IReadOnlyList<CheckupThreshold> Thresholds { get; } = ReadThresholds();

    /// <summary>The thresholds of a line for a person of that sex on that day; null when there are none.</summary>
    public static CheckupThreshold? Threshold(string line, string gender, DateOnly day) =>
        Thresholds.Where(t => t.Line == line && t.From <= day && (t.Gender.Length == 0 || t.Gender == gender)).MaxBy(t => t.From);

    /// <summary>The lines that have at least one value, in the order of the table.</summary>
    /// <param name="visits">All results of one person; two of one day are one visit, the later written counts.</param>
    /// <param name="items">健診項目の表.</param>
    public static ImmutableArray<CheckupTrend> Of(IEnumerable<CheckupDocument> visits, CheckupItemTable items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var days = CheckupInfos.OnePerDay(visits);
        return
        [
            .. from line in Lines
               let points = Points(line, days, items)
               where points.Length > 0
               let gender = days[^1].Person.Gender
               select new CheckupTrend(line.Key, line.Name, line.Unit, Threshold(line.Key, gender, points[^1].Day), points),
        ];
    }

    private static ImmutableArray<CheckupPoint> Points((string Key, string Name, string Unit, string[] Codes) line, List<CheckupDocument> days, CheckupItemTable items) =>
    [
        .. from visit in days
           let result = Pick(line.Codes, visit)
           where result is not null
           select Point(line.Key, line.Unit, result, visit, items),
    ];

    // The codes are in order of preference: その他 (平均) before 2回目 before 1回目.
    private static CheckupResult? Pick(string[] codes, CheckupDocument visit) =>
        codes.Select(code => visit.Results.FirstOrDefault(r => r.State == CheckupState.Measured && r.Code.StartsWith(code, StringComparison.Ordinal))).FirstOrDefault(r => r is not null);

    private static CheckupPoint Point(string line, string unit, CheckupResult result, CheckupDocument visit, CheckupItemTable items)
    {
        var day = visit.Day!.Value;
        decimal? value = ItemChecks.Number(result.Value, out var number) ? number : null;
        var coded = result.Type is CheckupType.CD or CheckupType.CO;
        var text = coded && items.Find(result.Code)?.TextOf(result.Value) is { Length: > 0 } known ? known : result.Value;

        // A value in another unit is shown, never compared.
        var comparable = value is not null && (coded || result.Unit == unit || string.Equals(result.Unit, items.Find(result.Code)?.Unit, StringComparison.OrdinalIgnoreCase));
        var mark = comparable ? Threshold(line, visit.Person.Gender, day)?.Of(value!.Value) ?? CheckupMark.None : CheckupMark.None;
        return new CheckupPoint(day, result.Code, coded ? null : value, text, result.Interpretation, Bound(result.Low), Bound(result.High), mark);
    }

    private static decimal? Bound(string text) => ItemChecks.Number(text, out var number) ? number : null;

    private static ImmutableArray<(string, string, string, string[])> ReadLines()
    {
        const string Path = "Eligibility/Checkups/Tables/trends.tsv";
        return [.. TableFiles.Rows(Path, CheckupItemTable.EmbeddedText(Path), 4).Select(r => (r[0], r[1], r[2], r[3].Split(',')))];
    }

    private static ImmutableArray<CheckupThreshold> ReadThresholds()
    {
        const string Path = "Eligibility/Checkups/Tables/thresholds.tsv";
        return
        [
            .. from row in TableFiles.Rows(Path, CheckupItemTable.EmbeddedText(Path), 7)
               let how = row[3] is "以上" or "以下" or "未満" ? row[3] : throw row.Wrong($"比べ方「{row[3]}」は使えません")
               select new CheckupThreshold(
                   DateOnly.ParseExact(row[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                   row[1],
                   row[2],
                   how,
                   decimal.Parse(row[4], CultureInfo.InvariantCulture),
                   decimal.Parse(row[5], CultureInfo.InvariantCulture),
                   row[6]),
        ];
    }
}
