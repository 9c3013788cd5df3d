using System.Globalization;

namespace Sekisho.Formats.Identifiers;

/// <summary>年月日 of the western calendar from 1868-01-01, written YYYYMMDD.</summary>
public readonly record struct CalendarDate : IComparable<CalendarDate>
{
    private static readonly DateOnly First = new(1868, 1, 1);
    private readonly DateOnly _day;

    private CalendarDate(DateOnly day) => _day = day;

    /// <summary>The day.</summary>
    public DateOnly Day => _day >= First ? _day : throw new InvalidOperationException("年月日: 値のない既定値（default）が使われました。");

    /// <summary>Its month.</summary>
    public YearMonth Month => YearMonth.Of(Day);

    /// <summary>False before 1868.</summary>
    public static bool TryCreate(DateOnly day, out CalendarDate value)
    {
        value = day >= First ? new CalendarDate(day) : default;
        return day >= First;
    }

    /// <summary>Reads eight digits YYYYMMDD of a day that exists; anything else is false.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CalendarDate value)
    {
        value = default;
        return text.Length == 8
            && YearMonth.TryParse(text[..6], out var month)
            && int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            && day >= 1 && day <= month.Days
            && TryCreate(new DateOnly(month.Year, month.Month, day), out value);
    }

    /// <inheritdoc/>
    public int CompareTo(CalendarDate other) => _day.CompareTo(other._day);

    /// <summary>YYYYMMDD; empty for a value that was never made.</summary>
    public override string ToString() => _day >= First ? _day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : "";

    /// <summary>Earlier.</summary>
    public static bool operator <(CalendarDate left, CalendarDate right) => left._day < right._day;

    /// <summary>Later.</summary>
    public static bool operator >(CalendarDate left, CalendarDate right) => left._day > right._day;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(CalendarDate left, CalendarDate right) => left._day <= right._day;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(CalendarDate left, CalendarDate right) => left._day >= right._day;
}
