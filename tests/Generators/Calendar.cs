using System.Globalization;

namespace Sekisho.Generators;

/// <summary>How an edition writes months and days.</summary>
/// <param name="Era">GYYMM and GYYMMDD instead of YYYYMM and YYYYMMDD.</param>
internal sealed record Calendar(bool Era)
{
    private static readonly (char Code, DateOnly First)[] Eras =
        [('5', new(2019, 5, 1)), ('4', new(1989, 1, 8)), ('3', new(1926, 12, 25)), ('2', new(1912, 7, 30)), ('1', new(1868, 1, 25))];

    public string Day(DateOnly day) => Era ? EraYear(day) + day.ToString("MMdd", CultureInfo.InvariantCulture) : day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // A month is written with the era of its last day: 令和元年5月 is 50105, 平成31年4月 is 43104.
    public string Month(DateOnly month) => Era
        ? EraYear(month.AddMonths(1).AddDays(-1)) + month.ToString("MM", CultureInfo.InvariantCulture)
        : month.ToString("yyyyMM", CultureInfo.InvariantCulture);

    /// <summary>GYYMMDD in full-width digits, as comments have it in every edition.</summary>
    public static string Comment(DateOnly day) => Wide(EraYear(day) + day.ToString("MMdd", CultureInfo.InvariantCulture));

    public static string Wide(string digits) => string.Concat(digits.Select(d => (char)(d - '0' + '０')));

    private static string EraYear(DateOnly day)
    {
        var (code, first) = Eras.First(e => e.First <= day);
        return string.Create(CultureInfo.InvariantCulture, $"{code}{day.Year - first.Year + 1:D2}");
    }
}
