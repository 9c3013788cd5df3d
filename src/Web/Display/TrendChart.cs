using System.Globalization;
using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Web.Display;

/// <summary>The places of one chart's lines and marks, in the units of its picture. Pure: the picture is drawn by Razor, readable without colour and without a script.</summary>
internal sealed class TrendChart
{
    public const int Width = 320;
    public const int Height = 170;
    private const int Left = 44;
    private const int Right = 306;
    private const int Top = 14;
    private const int Bottom = 134;

    private readonly decimal _low;
    private readonly decimal _high;

    private TrendChart(CheckupTrend trend, IReadOnlyList<CheckupPoint> points)
    {
        Trend = trend;
        Points = points;
        List<decimal> values = [.. points.Select(p => p.Number!.Value), .. Limits.Select(l => l.Value), .. new[] { points[^1].Low, points[^1].High }.OfType<decimal>()];
        var (least, most) = (values.Min(), values.Max());
        var margin = most > least ? (most - least) * 0.12m : Math.Max(1, most * 0.1m);
        (_low, _high) = (Math.Max(0, least - margin), most + margin);
        Marks = [.. points.Select((p, i) => new ChartMark(X(i), Y(p.Number!.Value), p))];
    }

    public CheckupTrend Trend { get; }

    public IReadOnlyList<CheckupPoint> Points { get; }

    public IReadOnlyList<ChartMark> Marks { get; }

    /// <summary>The line through the values.</summary>
    public string Path => string.Join(' ', Marks.Select(m => $"{m.X},{m.Y}"));

    /// <summary>基準範囲 of the clinic at the last visit: top and height; null when it stated none.</summary>
    public (string Y, string Height)? Band
    {
        get
        {
            var last = Points[^1];
            if (last.Low is null && last.High is null)
            {
                return null;
            }

            var (top, bottom) = (Place(last.High ?? _high), Place(last.Low ?? _low));
            return (Number(top), Number(Math.Max(0, bottom - top)));
        }
    }

    /// <summary>The display thresholds, as lines.</summary>
    public IEnumerable<(string Word, decimal Value, string Y)> Lines => Limits.Select(l => (l.Word, l.Value, Y(l.Value)));

    /// <summary>For who does not see the picture.</summary>
    public string Description =>
        string.Join('、', Points.Select(p => $"{p.Day.Year}年{p.Day.Month}月{p.Day.Day}日 {p.Text}{Trend.Unit}{Said(p)}"))
        + "。" + (Trend.Thresholds is { } t ? $"表示の目安: 注意 {Say(t.Caution)}{t.How}、異常 {Say(t.Abnormal)}{t.How}。" : "")
        + (Points[^1] is { Low: not null } or { High: not null } ? $"健診機関の基準範囲: {Points[^1].Low?.ToString(CultureInfo.InvariantCulture)}〜{Points[^1].High?.ToString(CultureInfo.InvariantCulture)}。" : "");

    /// <summary>Null when there is nothing to draw.</summary>
    public static TrendChart? Of(CheckupTrend trend)
    {
        List<CheckupPoint> points = [.. trend.Points.Where(p => p.Number is not null).TakeLast(CheckupSheet.MostColumns)];
        return points.Count == 0 ? null : new TrendChart(trend, points);
    }

    private List<(string Word, decimal Value)> Limits =>
        Trend.Thresholds is { } t ? [("注意", t.Caution), ("異常", t.Abnormal)] : [];

    private static string Said(CheckupPoint point) =>
        point.Mark != CheckupMark.None ? $"（{CheckupSheet.Word(point.Mark)}）" : CheckupSheet.OnlyJudged(point) ? $"（判定 {CheckupSheet.Judged(point.Interpretation)}）" : "";

    private static string Say(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private string X(int index)
    {
        var (first, days) = (Points[0].Day.DayNumber, Points[^1].Day.DayNumber - Points[0].Day.DayNumber);
        return Number(days == 0 ? (Left + Right) / 2m : Left + 16 + ((Right - Left - 32m) * (Points[index].Day.DayNumber - first) / days));
    }

    private string Y(decimal value) => Number(Place(value));

    private decimal Place(decimal value) => Bottom - ((Bottom - Top) * (value - _low) / (_high - _low));

    private static string Number(decimal value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where one value stands.</summary>
internal sealed record ChartMark(string X, string Y, CheckupPoint Point);
