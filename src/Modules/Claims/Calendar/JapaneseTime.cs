using System.Globalization;

namespace Sekisho.Modules.Claims.Calendar;

/// <summary>How times and windows are said to people.</summary>
internal static class JapaneseTime
{
    private const string Weekdays = "日月火水木金土";

    /// <summary>11月8日(月) 8:00; midnight at the end of a day is said as 24:00 of that day.</summary>
    public static string Say(DateTimeOffset moment, bool asEnd = false)
    {
        var midnight = asEnd && moment.TimeOfDay == TimeSpan.Zero;
        var day = midnight ? moment.AddDays(-1) : moment;
        var hour = midnight ? 24 : moment.Hour;
        return string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日({Weekdays[(int)day.DayOfWeek]}) {hour}:{moment.Minute:D2}");
    }

    /// <summary>送信期間 11月8日(月) 8:00 ～ 11月8日(月) 24:00.</summary>
    public static string Say(Window window) =>
        $"{(window.Phase == Phase.Sending ? "送信期間" : "訂正期間")} {Say(window.Opens)} ～ {Say(window.Closes, asEnd: true)}";
}
