using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Modules.Claims.Calendar;

/// <summary>Where a claims month stands.</summary>
internal enum Phase
{
    /// <summary>送信期間の前.</summary>
    Before,

    /// <summary>送信期間: from the first opening to the last closing, the nights between included.</summary>
    Sending,

    /// <summary>訂正期間: after the sending period to the end of its last day.</summary>
    Correcting,

    /// <summary>訂正期間の後: 締切 is possible.</summary>
    Over,
}

/// <summary>Hours in which the centre takes files.</summary>
internal readonly record struct Window(Phase Phase, DateTimeOffset Opens, DateTimeOffset Closes);

/// <summary>What the calendar says of a moment.</summary>
/// <param name="Month">請求年月 being claimed: this month, or the next one once this one is over.</param>
/// <param name="Phase">Where that month stands.</param>
/// <param name="Current">The open window, if one is open.</param>
/// <param name="Next">The next window to open.</param>
internal sealed record Standing(YearMonth Month, Phase Phase, Window? Current, Window Next);

/// <summary>受付日程: dated rows, and pure functions of them and business time.</summary>
internal sealed class ClaimsCalendar
{
    private const int MostMonths = 1000;
    private readonly IReadOnlyList<Row> _rows;
    private readonly ConcurrentDictionary<YearMonth, IReadOnlyList<Window>> _windows = new();

    private ClaimsCalendar(IReadOnlyList<Row> rows) => _rows = rows;

    private sealed record Row(YearMonth From, Phase Phase, int FirstDay, int LastDay, TimeSpan Opens, TimeSpan Closes);

    /// <summary>The published windows.</summary>
    public static ClaimsCalendar Published { get; } = Load();

    /// <summary>Reads the table; a word it does not know stops the start.</summary>
    public static ClaimsCalendar Parse(string tsv) => new(
        [.. tsv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0 && line[0] != '#').Select(ParseRow)]);

    /// <summary>The windows of a month, in order.</summary>
    public IReadOnlyList<Window> Windows(YearMonth month) => _windows.Count < MostMonths ? _windows.GetOrAdd(month, Computed) : Computed(month);

    private IReadOnlyList<Window> Computed(YearMonth month)
    {
        var effective = _rows.Where(r => r.From <= month).Select(r => r.From).DefaultIfEmpty().Max();
        return
        [
            .. from row in _rows
               where row.From == effective
               from day in Enumerable.Range(row.FirstDay, row.LastDay - row.FirstDay + 1)
               let start = new DateTimeOffset(month.Year, month.Month, day, 0, 0, 0, JapanTime.Offset)
               orderby start + row.Opens
               select new Window(row.Phase, start + row.Opens, start + row.Closes),
        ];
    }

    /// <summary>Where <paramref name="month"/> stands at a business time.</summary>
    public Phase PhaseOf(YearMonth month, DateTimeOffset business)
    {
        var windows = Windows(month);
        if (windows.Count == 0 || business < windows[0].Opens)
        {
            return Phase.Before;
        }

        return business < SendingEnds(windows) ? Phase.Sending : business < CorrectingEnds(windows) ? Phase.Correcting : Phase.Over;
    }

    /// <summary>The moment 締切 becomes possible: the end of the last correction day.</summary>
    public DateTimeOffset ClosableFrom(YearMonth month) => CorrectingEnds(Windows(month));

    /// <summary>Last day of the sending period.</summary>
    public DateOnly LastSendingDay(YearMonth month) => DateOnly.FromDateTime(SendingEnds(Windows(month)).AddTicks(-1).DateTime);

    /// <summary>What the calendar says of a business time.</summary>
    public Standing At(DateTimeOffset business)
    {
        var month = YearMonth.Of(DateOnly.FromDateTime(business.DateTime));
        var windows = Windows(month).Concat(Windows(month.Add(1))).ToList();
        var next = windows.First(w => w.Opens > business);
        var current = windows.Where(w => w.Opens <= business && business < w.Closes).Select(w => (Window?)w).FirstOrDefault();
        var phase = PhaseOf(month, business);
        return phase == Phase.Over ? new Standing(month.Add(1), Phase.Before, current, next) : new Standing(month, phase, current, next);
    }

    private static DateTimeOffset SendingEnds(IReadOnlyList<Window> windows) => windows.Where(w => w.Phase == Phase.Sending).Max(w => w.Closes);

    private static DateTimeOffset CorrectingEnds(IReadOnlyList<Window> windows)
    {
        var last = windows.Max(w => w.Closes).AddTicks(-1);
        return new DateTimeOffset(last.Date, JapanTime.Offset).AddDays(1);
    }

    private static Row ParseRow(string line)
    {
        var cells = line.Split('\t');
        return new Row(
            YearMonth.TryParse(cells[0], out var from) ? from : throw new FormatException(line),
            cells[1] switch { "送信" => Phase.Sending, "訂正" => Phase.Correcting, _ => throw new FormatException(line) },
            int.Parse(cells[2], CultureInfo.InvariantCulture),
            int.Parse(cells[3], CultureInfo.InvariantCulture),
            Hours(cells[4]),
            Hours(cells[5]));
    }

    private static TimeSpan Hours(string text) =>
        new(int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture), 0);

    private static ClaimsCalendar Load()
    {
        using var stream = typeof(ClaimsCalendar).Assembly.GetManifestResourceStream("Windows.tsv") ?? throw new InvalidOperationException("Windows.tsv");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(reader.ReadToEnd());
    }
}
