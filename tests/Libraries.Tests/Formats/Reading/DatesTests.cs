using System.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Libraries.Tests.Formats.Reading;

public sealed class DatesTests
{
    [Theory]
    [InlineData("20240229", "2024-02-29", false)]
    [InlineData("3550501", "1980-05-01", true)]
    [InlineData("3640107", "1989-01-07", true)]
    [InlineData("4010108", "1989-01-08", true)]
    [InlineData("4310430", "2019-04-30", true)]
    [InlineData("5010501", "2019-05-01", true)]
    [InlineData("1010125", "1868-01-25", true)]
    public void TryDay_WesternOrEra_IsTheSameDay(string value, string expected, bool era)
    {
        Assert.True(Dates.TryDay(Encoding.ASCII.GetBytes(value), out var day, out var wasEra));
        Assert.Equal((expected, era), ($"{day:yyyy-MM-dd}", wasEra));
    }

    [Theory]
    [InlineData("20230229")]
    [InlineData("20241301")]
    [InlineData("00000000")]
    [InlineData("2024 101")]
    [InlineData("202401")]
    [InlineData("3640108")] // 平成 began
    [InlineData("4310501")] // 令和 began
    [InlineData("5010430")] // 令和 had not begun
    [InlineData("6010101")]
    [InlineData("3000101")]
    [InlineData("")]
    public void TryDay_NoSuchDay_IsFalse(string value) => Assert.False(Dates.TryDay(Encoding.ASCII.GetBytes(value), out _, out _));

    [Theory]
    [InlineData("202406", 2024, 6)]
    [InlineData("43101", 2019, 1)]
    [InlineData("43104", 2019, 4)]
    [InlineData("50105", 2019, 5)]
    [InlineData("36401", 1989, 1)] // the month holds both eras
    [InlineData("40101", 1989, 1)]
    public void TryMonth_WesternOrEra_IsTheSameMonth(string value, int year, int month)
    {
        Assert.True(Dates.TryMonth(Encoding.ASCII.GetBytes(value), out var found, out _));
        Assert.Equal((year, month), (found.Year, found.Month));
    }

    [Theory]
    [InlineData("202413")]
    [InlineData("2024")]
    [InlineData("43105")]
    [InlineData("20240601")]
    public void TryMonth_NoSuchMonth_IsFalse(string value) => Assert.False(Dates.TryMonth(Encoding.ASCII.GetBytes(value), out _, out _));
}
