namespace Sekisho.Formats;

/// <summary>日本時間: days and hours of the field are Japan's, a fixed +09:00.</summary>
public static class JapanTime
{
    /// <summary>+09:00, all year.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>The same instant as clocks in Japan show it.</summary>
    public static DateTimeOffset InJapan(this DateTimeOffset instant) => instant.ToOffset(Offset);

    /// <summary>Which day it is in Japan at that instant.</summary>
    public static DateOnly DayInJapan(this DateTimeOffset instant) => DateOnly.FromDateTime(instant.InJapan().DateTime);
}
