using System.Globalization;

namespace Sekisho.Formats.Identifiers;

/// <summary>年月 — a calendar month of the western calendar, 1868-01 to 9999-12. Written YYYYMM.</summary>
public readonly record struct YearMonth : IComparable<YearMonth>
{
    private readonly int _months;

    private YearMonth(int months) => _months = months;

    /// <summary>Year.</summary>
    public int Year => _months / 12;

    /// <summary>Month, 1–12.</summary>
    public int Month => (_months % 12) + 1;

    /// <summary>Number of days.</summary>
    public int Days => DateTime.DaysInMonth(Year, Month);

    /// <summary>First day.</summary>
    public DateOnly FirstDay => new(Year, Month, 1);

    /// <summary>Last day.</summary>
    public DateOnly LastDay => new(Year, Month, Days);

    /// <summary>The month of <paramref name="day"/>.</summary>
    public static YearMonth Of(DateOnly day) => TryCreate(day.Year, day.Month, out var value) ? value : throw new ArgumentOutOfRangeException(nameof(day));

    /// <summary>False when there is no such month.</summary>
    public static bool TryCreate(int year, int month, out YearMonth value)
    {
        value = default;
        if (year is < 1868 or > 9999 || month is < 1 or > 12)
        {
            return false;
        }

        value = new YearMonth((year * 12) + month - 1);
        return true;
    }

    /// <summary>Reads six digits YYYYMM; anything else is false.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out YearMonth value)
    {
        value = default;
        return text.Length == 6
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && TryCreate(number / 100, number % 100, out value);
    }

    /// <summary>This month shifted by <paramref name="months"/>.</summary>
    public YearMonth Add(int months) => new(_months + months);

    /// <inheritdoc/>
    public int CompareTo(YearMonth other) => _months.CompareTo(other._months);

    /// <summary>YYYYMM.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}{Month:D2}");

    /// <summary>Earlier.</summary>
    public static bool operator <(YearMonth left, YearMonth right) => left._months < right._months;

    /// <summary>Later.</summary>
    public static bool operator >(YearMonth left, YearMonth right) => left._months > right._months;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(YearMonth left, YearMonth right) => left._months <= right._months;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(YearMonth left, YearMonth right) => left._months >= right._months;
}
