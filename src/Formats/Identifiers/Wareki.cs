using System.Globalization;
using System.Text.RegularExpressions;
using Sekisho.Formats.Eligibility.Matching;

namespace Sekisho.Formats.Identifiers;

/// <summary>和暦: era dates as recorded in older files and in comments (GYYMM, GYYMMDD; G = 1 明治 … 5 令和, half or full width), and as people read them.</summary>
public static partial class Wareki
{
    // A day belongs to the era that began last. 明治 counts from 1868-01-25, its retroactive first day.
    private static readonly Era[] Eras =
    [
        new('1', 'M', "明治", new DateOnly(1868, 1, 25)),
        new('2', 'T', "大正", new DateOnly(1912, 7, 30)),
        new('3', 'S', "昭和", new DateOnly(1926, 12, 25)),
        new('4', 'H', "平成", new DateOnly(1989, 1, 8)),
        new('5', 'R', "令和", new DateOnly(2019, 5, 1)),
    ];

    private sealed record Era(char Code, char Letter, string Name, DateOnly First);

    /// <summary>Reads GYYMM. False unless at least one day of that month lies in the era.</summary>
    public static bool TryParseMonth(ReadOnlySpan<char> text, out YearMonth month)
    {
        month = default;
        if (text.Length != 5
            || !TryParts(text, out var era, out var year)
            || Number(text[3..]) is not { } number
            || !YearMonth.TryCreate(era.First.Year + year - 1, number, out var value)
            || (EraOf(value.FirstDay) != era && EraOf(value.LastDay) != era))
        {
            return false;
        }

        month = value;
        return true;
    }

    /// <summary>Reads GYYMMDD. False unless the day exists and lies in the era.</summary>
    public static bool TryParseDay(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 7
            || !TryParts(text, out var era, out var year)
            || Number(text[3..5]) is not { } number
            || !YearMonth.TryCreate(era.First.Year + year - 1, number, out var month)
            || Number(text[5..]) is not { } date
            || date < 1
            || date > month.Days
            || EraOf(new DateOnly(month.Year, month.Month, date)) != era)
        {
            return false;
        }

        day = new DateOnly(month.Year, month.Month, date);
        return true;
    }

    /// <summary>
    /// Reads a day as people write it: S36.4.5, S360405, 昭和36年4月5日, 令和元年5月1日, 1961-4-5, 1961年4月5日, 19610405; half or full width. False unless the day exists and
    /// lies in the era.
    /// </summary>
    public static bool TryParseWritten(string text, out DateOnly day)
    {
        day = default;
        if (Written().Match(TextFold.Code(text)) is not { Success: true } match)
        {
            return false;
        }

        var name = match.Groups["era"].Value;
        var era = name.Length == 0 ? null : Eras.First(e => e.Name == name || e.Letter == name[0]);
        var year = match.Groups["year"].Value is "元" ? 1 : Part(match, "year");
        if (year == 0
            || !YearMonth.TryCreate(era is null ? year : era.First.Year + year - 1, Part(match, "month"), out var month)
            || Part(match, "day") is var date && (date < 1 || date > month.Days))
        {
            return false;
        }

        day = new DateOnly(month.Year, month.Month, date);
        return era is null || EraOf(day) == era;
    }

    private static int Part(Match match, string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """^(?:(?<era>[MTSHR]|明治|大正|昭和|平成|令和)(?<year>元|[0-9]{1,2})|(?<year>[0-9]{4}))(?:[年./-](?<month>[0-9]{1,2})[月./-](?<day>[0-9]{1,2})日?|(?<month>[0-9]{2})(?<day>[0-9]{2}))$""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    /// <summary>GYYMMDD in half-width digits; false for days before 明治 and after the 99th year of an era.</summary>
    public static bool TryFormat(DateOnly day, out string text)
    {
        text = "";
        if (EraOf(day) is not { } era || day.Year - era.First.Year > 98)
        {
            return false;
        }

        text = string.Create(CultureInfo.InvariantCulture, $"{era.Code}{day.Year - era.First.Year + 1:D2}{day.Month:D2}{day.Day:D2}");
        return true;
    }

    /// <summary>令和3年11月1日, 令和元年5月1日; days before 明治 as 1860年1月1日.</summary>
    public static string Display(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{Year(day)}年{day.Month}月{day.Day}日");

    /// <summary>令和3年11月. A month in which the era changed is named by its last day: 平成元年1月.</summary>
    public static string Display(YearMonth month) =>
        string.Create(CultureInfo.InvariantCulture, $"{Year(month.LastDay)}年{month.Month}月");

    private static string Year(DateOnly day)
    {
        if (EraOf(day) is not { } era)
        {
            return day.Year.ToString(CultureInfo.InvariantCulture);
        }

        var year = day.Year - era.First.Year + 1;
        return year == 1 ? era.Name + "元" : era.Name + year.ToString(CultureInfo.InvariantCulture);
    }

    private static Era? EraOf(DateOnly day)
    {
        for (var i = Eras.Length - 1; i >= 0; i--)
        {
            if (Eras[i].First <= day)
            {
                return Eras[i];
            }
        }

        return null;
    }

    private static bool TryParts(ReadOnlySpan<char> text, out Era era, out int year)
    {
        era = Eras[0];
        year = 0;
        if (Number(text[..1]) is not (>= 1 and <= 5) || Number(text[1..3]) is not (>= 1 and var value))
        {
            return false;
        }

        era = Eras[Number(text[..1])!.Value - 1];
        year = value;
        return true;
    }

    // Half-width or full-width digits, not mixed with anything else.
    private static int? Number(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var character in text)
        {
            var digit = character is >= '０' and <= '９' ? character - '０' : character - '0';
            if (digit is < 0 or > 9)
            {
                return null;
            }

            number = (number * 10) + digit;
        }

        return number;
    }
}
