using System.Globalization;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;

namespace Sekisho.Modules.Tests.Claims;

public sealed class CalendarTests
{
    [Theory]
    [InlineData("2021-11-01T00:00", "202111", "Before", false, "送信期間 11月5日(金) 8:00 ～ 11月5日(金) 21:00")]
    [InlineData("2021-11-05T07:59", "202111", "Before", false, "送信期間 11月5日(金) 8:00 ～ 11月5日(金) 21:00")]
    [InlineData("2021-11-05T08:00", "202111", "Sending", true, "送信期間 11月6日(土) 8:00 ～ 11月6日(土) 21:00")]
    [InlineData("2021-11-05T20:59", "202111", "Sending", true, "送信期間 11月6日(土) 8:00 ～ 11月6日(土) 21:00")]
    [InlineData("2021-11-05T21:00", "202111", "Sending", false, "送信期間 11月6日(土) 8:00 ～ 11月6日(土) 21:00")]
    [InlineData("2021-11-07T21:00", "202111", "Sending", false, "送信期間 11月8日(月) 8:00 ～ 11月8日(月) 24:00")]
    [InlineData("2021-11-08T21:00", "202111", "Sending", true, "送信期間 11月9日(火) 8:00 ～ 11月9日(火) 24:00")]
    [InlineData("2021-11-09T00:00", "202111", "Sending", false, "送信期間 11月9日(火) 8:00 ～ 11月9日(火) 24:00")]
    [InlineData("2021-11-10T23:59", "202111", "Sending", true, "訂正期間 11月11日(木) 8:00 ～ 11月11日(木) 21:00")]
    [InlineData("2021-11-11T00:00", "202111", "Correcting", false, "訂正期間 11月11日(木) 8:00 ～ 11月11日(木) 21:00")]
    [InlineData("2021-11-11T08:00", "202111", "Correcting", true, "訂正期間 11月12日(金) 8:00 ～ 11月12日(金) 21:00")]
    [InlineData("2021-11-12T20:59", "202111", "Correcting", true, "送信期間 12月5日(日) 8:00 ～ 12月5日(日) 21:00")]
    [InlineData("2021-11-12T23:59", "202111", "Correcting", false, "送信期間 12月5日(日) 8:00 ～ 12月5日(日) 21:00")]
    [InlineData("2021-11-13T00:00", "202112", "Before", false, "送信期間 12月5日(日) 8:00 ～ 12月5日(日) 21:00")]
    [InlineData("2021-12-31T12:00", "202201", "Before", false, "送信期間 1月5日(水) 8:00 ～ 1月5日(水) 21:00")]
    public void At_BusinessTime_NamesMonthPhaseAndWindows(string moment, string month, string phase, bool open, string next)
    {
        var standing = ClaimsCalendar.Published.At(DateTimeOffset.Parse(moment + ":00+09:00", CultureInfo.InvariantCulture));
        Assert.Equal((month, phase, open), (standing.Month.ToString(), standing.Phase.ToString(), standing.Current is not null));
        Assert.Equal(next, JapaneseTime.Say(standing.Next));
    }

    [Fact]
    public void ClosableFrom_Month_IsTheDayAfterTheCorrections()
    {
        Assert.True(YearMonth.TryCreate(2021, 11, out var month));
        Assert.Equal(new DateTimeOffset(2021, 11, 13, 0, 0, 0, TimeSpan.FromHours(9)), ClaimsCalendar.Published.ClosableFrom(month));
        Assert.Equal(Phase.Correcting, ClaimsCalendar.Published.PhaseOf(month, new DateTimeOffset(2021, 11, 12, 23, 59, 59, TimeSpan.FromHours(9))));
        Assert.Equal(Phase.Over, ClaimsCalendar.Published.PhaseOf(month, new DateTimeOffset(2021, 11, 13, 0, 0, 0, TimeSpan.FromHours(9))));
    }

    [Fact]
    public void Windows_FromTheMonthANewRowTakesEffect_AreTheNewOnes()
    {
        var calendar = ClaimsCalendar.Parse("202101\t送信\t5\t10\t08:00\t21:00\n202101\t訂正\t11\t12\t08:00\t21:00\n202201\t送信\t6\t11\t09:00\t24:00\n202201\t訂正\t12\t12\t08:00\t21:00\n");
        Assert.True(YearMonth.TryCreate(2021, 12, out var before));
        Assert.Equal((5, 8), (calendar.Windows(before)[0].Opens.Day, calendar.Windows(before)[0].Opens.Hour));
        Assert.Equal((6, 9), (calendar.Windows(before.Add(1))[0].Opens.Day, calendar.Windows(before.Add(1))[0].Opens.Hour));
        Assert.Equal(11, calendar.LastSendingDay(before.Add(1)).Day);
    }

    [Fact]
    public void Parse_UnknownWord_Stops() => Assert.Throws<FormatException>(() => ClaimsCalendar.Parse("202101\t送付\t5\t10\t08:00\t21:00"));
}
