using System.Globalization;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Web.Display;

/// <summary>特定健診情報 as a table: the latest visit and up to four before side by side. The page and the paper show the same.</summary>
internal sealed class CheckupSheet
{
    public const int MostColumns = 5;

    // What a reader looks at after the values: folded on the page.
    private static readonly string[] _folded = ["医師の判断", "質問票", "後期高齢者の質問票"];
    private readonly HashSet<string> _inTrends;

    public CheckupSheet(CheckupView view, bool open = false)
    {
        View = view;
        Open = open;
        Columns = [.. view.Visits.Take(MostColumns)];
        _inTrends = [.. view.Trends.SelectMany(t => t.Points).Select(p => p.Code)];
        Lines = [.. view.Trends.Select(Line)];
        Charts = [.. view.Trends.Where(t => t.Points.Any(p => p.Number is not null)).Select(TrendChart.Of).OfType<TrendChart>()];
        Groups = [.. Columns.SelectMany(v => v.Values).Where(v => !_inTrends.Contains(v.Code)).Select(v => v.Group).Distinct().Select(Group)];
    }

    public CheckupView View { get; }

    /// <summary>Everything unfolded: on paper.</summary>
    public bool Open { get; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<CheckupVisit> Columns { get; }

    /// <summary>The main examinations.</summary>
    public IReadOnlyList<CheckupLine> Lines { get; }

    public IReadOnlyList<TrendChart> Charts { get; }

    /// <summary>Everything else, by 区分.</summary>
    public IReadOnlyList<CheckupGroup> Groups { get; }

    /// <summary>At a glance: what of the latest visit lies beyond a threshold, or was judged so by the clinic.</summary>
    public IEnumerable<CheckupLine> Beyond => Lines.Where(l => l.Cells[0] is { } cell && (cell.Mark != CheckupMark.None || Judged(cell.Judged).Length > 0));

    public static string Sign(CheckupMark mark) => mark switch
    {
        CheckupMark.Caution => "▲",
        CheckupMark.Abnormal => "◆",
        _ => "",
    };

    public static string Word(CheckupMark mark) => mark switch
    {
        CheckupMark.Caution => "注意",
        CheckupMark.Abnormal => "異常",
        _ => "",
    };

    /// <summary>判定 of the clinic in words.</summary>
    public static string Judged(string interpretation) => interpretation switch
    {
        "H" => "高い",
        "L" => "低い",
        _ => "",
    };

    /// <summary>Within the display thresholds, and yet outside the range of the clinic.</summary>
    public static bool OnlyJudged(CheckupPoint point) => point.Mark == CheckupMark.None && Judged(point.Interpretation).Length > 0;

    private CheckupLine Line(CheckupTrend trend) => new(
        trend.Name,
        Unit(trend),
        trend.Points.LastOrDefault(p => (p.Low ?? p.High) is not null && Columns.Any(c => c.Day == p.Day)) is { } ranged ? Range(Text(ranged.Low), Text(ranged.High)) : "",
        [.. Columns.Select(c => trend.Points.FirstOrDefault(p => p.Day == c.Day) is { } point ? new CheckupCell(point.Text, point.Mark, point.Interpretation) : null)]);

    private CheckupGroup Group(string name)
    {
        var values = Columns.SelectMany(c => c.Values).Where(v => v.Group == name && !_inTrends.Contains(v.Code)).DistinctBy(v => v.Code);
        var lines = values.Select(v => new CheckupLine(v.Name, v.Unit, Range(v.Low, v.High), [.. Columns.Select(c => Cell(c, v.Code))])).ToList();
        return new CheckupGroup(name, lines, !_folded.Contains(name));
    }

    private static string Text(decimal? limit) => limit?.ToString("0.#####", CultureInfo.InvariantCulture) ?? "";

    private static string Range(string low, string high) => (low.Length, high.Length) switch
    {
        (0, 0) => "",
        (_, 0) => low + " 以上",
        (0, _) => high + " 以下",
        _ => $"{low}～{high}",
    };

    private static CheckupCell? Cell(CheckupVisit visit, string code) =>
        visit.Values.FirstOrDefault(v => v.Code == code) is { } value ? new CheckupCell(value.Text, value.Mark, value.Interpretation) : null;

    // The table of lines has the unit of the XML; what people read is the item's own.
    private string Unit(CheckupTrend trend) => Columns.SelectMany(c => c.Values).FirstOrDefault(v => v.Code == trend.Points[^1].Code)?.Unit ?? trend.Unit;
}

/// <summary>One value; its mark is by the display thresholds, <paramref name="Judged"/> is the clinic's.</summary>
internal sealed record CheckupCell(string Text, CheckupMark Mark, string Judged);

/// <summary>One item over the columns; null where that visit has none.</summary>
/// <param name="Name">項目名.</param>
/// <param name="Unit">Empty for codes.</param>
/// <param name="Range">基準範囲 of the clinic that examined last; empty when it gave none.</param>
/// <param name="Cells">Newest first.</param>
internal sealed record CheckupLine(string Name, string Unit, string Range, IReadOnlyList<CheckupCell?> Cells);

/// <summary>Items of one 区分.</summary>
internal sealed record CheckupGroup(string Name, IReadOnlyList<CheckupLine> Lines, bool Open);
