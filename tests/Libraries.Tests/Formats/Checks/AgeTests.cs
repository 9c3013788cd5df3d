using System.Globalization;
using Sekisho.Formats.Claims.Checks;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>The months in which an age begins and ends to count.</summary>
public sealed class AgeTests
{
    [Theory]
    [InlineData("1954-06-01", "202406")] // 70 on May 31: from June on
    [InlineData("1954-06-02", "202407")]
    [InlineData("1954-06-30", "202407")]
    [InlineData("1954-12-01", "202412")]
    [InlineData("1954-12-02", "202501")]
    [InlineData("1956-02-29", "202603")]
    public void Seventy_CountsFromTheMonthAfter(string birth, string month) => Assert.Equal(month, 年齢.七十歳の適用月(Day(birth)).ToString());

    [Theory]
    [InlineData("1949-06-01", "202405")] // 後期高齢者 on June 1 itself
    [InlineData("1949-06-02", "202406")]
    [InlineData("1950-01-01", "202412")]
    [InlineData("1952-02-29", "202702")]
    public void SeventyFive_EndsWithTheMonthOfTheBirthday(string birth, string month) => Assert.Equal(month, 年齢.七十五歳までの最後の月(Day(birth)).ToString());

    [Theory]
    [InlineData("2018-04-01", "202403")]
    [InlineData("2018-04-02", "202503")]
    [InlineData("2018-03-31", "202403")]
    [InlineData("2017-12-31", "202403")]
    public void BeforeSchool_EndsInMarch(string birth, string month) => Assert.Equal(month, 年齢.未就学の最後の月(Day(birth)).ToString());

    // A birthday in the month that opens or closes an age, on the days that matter, with the 種別 that is right and the one that is not.
    [Theory]
    [InlineData("1112", "19540602", "")]
    [InlineData("1112", "19540601", "S3113")]
    [InlineData("1116", "19540515", "S3113")]
    [InlineData("1110", "19540602", "S3112")]
    [InlineData("1110", "19540601", "")]
    [InlineData("1110", "19490602", "")]
    [InlineData("1110", "19490601", "S3114")]
    [InlineData("1112", "19490601", "S3114")]
    [InlineData("1114", "20240602", "")]
    [InlineData("1116", "20240602", "S3116")]
    public void Kind_AtTheEdgeOfAnAge_IsJudgedByTheMonth(string kind, string birth, string number)
    {
        var run = Collected.Run(new Draft(kind).Set("RE", 7, birth).ToBytes());

        Assert.Equal(number.Length == 0 ? [] : [number], run.Findings.Select(f => f.Rule.Number));
    }

    [Theory]
    [InlineData("00010101")]
    [InlineData("99991231")]
    [InlineData("18680125")]
    public void Birth_AtTheEndsOfTheCalendar_NeverThrows(string birth)
    {
        foreach (var kind in (string[])["1112", "1114", "1116", "1118", "1318", "1412", "1111"])
        {
            foreach (var month in (string[])["186801", "202406", "999912"])
            {
                Collected.Run(new Draft(kind).Month(month).Set("RE", 7, birth).Set("RE", 9, birth).ToBytes());
            }
        }
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
