using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Identifiers;

public sealed class DateTests
{
    [Fact]
    public void CalendarDate_EveryDay_ReadsBackWhatItWrites()
    {
        for (var day = new DateOnly(1868, 1, 1); day < new DateOnly(2101, 1, 1); day = day.AddDays(13))
        {
            Assert.True(CalendarDate.TryCreate(day, out var made));
            Assert.True(CalendarDate.TryParse(made.ToString(), out var read));
            Assert.Equal(made, read);
            Assert.Equal(day, read.Day);
            Assert.Equal(YearMonth.Of(day), read.Month);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("20210229")]
    [InlineData("20211301")]
    [InlineData("20210001")]
    [InlineData("20210100")]
    [InlineData("20210132")]
    [InlineData("18671231")]
    [InlineData("2021011")]
    [InlineData("202101011")]
    [InlineData("2021 101")]
    [InlineData("２０２１０１０１")]
    public void CalendarDate_Wrong_CannotBeMade(string text)
    {
        Assert.False(CalendarDate.TryParse(text, out var date));
        Assert.Throws<InvalidOperationException>(() => date.Day);
        Assert.Equal("", date.ToString());
        Assert.False(BirthDate.TryParse(text, out var birth));
        Assert.Throws<InvalidOperationException>(() => birth.Day);
    }

    [Fact]
    public void CalendarDate_Compared_FollowsTheCalendar()
    {
        Assert.True(CalendarDate.TryParse("20210430", out var first));
        Assert.True(CalendarDate.TryParse("20210501", out var second));
        Assert.True(first < second && second > first && first <= second && second >= first && first.CompareTo(second) < 0);
    }

    [Fact]
    public void BirthDate_Shown_IsMasked()
    {
        Assert.True(BirthDate.TryParse("19500102", out var birth));
        Assert.Equal(new DateOnly(1950, 1, 2), birth.Day);
        Assert.Equal("********", $"{birth}");
    }

    [Theory]
    [InlineData("1450729", "1912-07-29")]
    [InlineData("2010730", "1912-07-30")]
    [InlineData("2151224", "1926-12-24")]
    [InlineData("3011225", "1926-12-25")]
    [InlineData("3640107", "1989-01-07")]
    [InlineData("4010108", "1989-01-08")]
    [InlineData("4310430", "2019-04-30")]
    [InlineData("5010501", "2019-05-01")]
    [InlineData("5031101", "2021-11-01")]
    [InlineData("５０４１１０１", "2022-11-01")]
    [InlineData("1010125", "1868-01-25")]
    public void Wareki_Day_ReadsAndWrites(string text, string expected)
    {
        Assert.True(Wareki.TryParseDay(text, out var day));
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), day);
        Assert.True(Wareki.TryFormat(day, out var written));
        Assert.Equal(string.Concat(text.Select(c => c >= '０' ? (char)(c - '０' + '0') : c)), written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1450730")]
    [InlineData("2010729")]
    [InlineData("2151225")]
    [InlineData("3011224")]
    [InlineData("3640108")]
    [InlineData("4010107")]
    [InlineData("4310501")]
    [InlineData("5010430")]
    [InlineData("5000501")]
    [InlineData("6010501")]
    [InlineData("0010501")]
    [InlineData("5030229")]
    [InlineData("5031301")]
    [InlineData("50311")]
    [InlineData("1010124")]
    [InlineData("5O31101")]
    [InlineData("5-31101")]
    public void Wareki_DayOutsideItsEra_IsFalse(string text)
    {
        Assert.False(Wareki.TryParseDay(text, out var day));
        Assert.Equal(default, day);
    }

    [Theory]
    [InlineData("43101", "201901")]
    [InlineData("43104", "201904")]
    [InlineData("50105", "201905")]
    [InlineData("50311", "202111")]
    [InlineData("36401", "198901")]
    [InlineData("40101", "198901")]
    [InlineData("５０３１１", "202111")]
    public void Wareki_Month_IsRead(string text, string expected)
    {
        Assert.True(Wareki.TryParseMonth(text, out var month));
        Assert.Equal(expected, month.ToString());
    }

    [Theory]
    [InlineData("43105")]
    [InlineData("50104")]
    [InlineData("36402")]
    [InlineData("40013")]
    [InlineData("50313")]
    [InlineData("50300")]
    [InlineData("202111")]
    [InlineData("5031")]
    [InlineData("")]
    public void Wareki_MonthOutsideItsEra_IsFalse(string text)
    {
        Assert.False(Wareki.TryParseMonth(text, out var month));
        Assert.Equal(default, month);
    }

    [Theory]
    [InlineData("S36.4.5", "1961-04-05")]
    [InlineData("s36/4/5", "1961-04-05")]
    [InlineData("Ｓ３６．４．５", "1961-04-05")]
    [InlineData("S360405", "1961-04-05")]
    [InlineData("昭和36年4月5日", "1961-04-05")]
    [InlineData(" 昭和 36年 4月 5日 ", "1961-04-05")]
    [InlineData("1961－04－05", "1961-04-05")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("H31.4.30", "2019-04-30")]
    [InlineData("1961-4-5", "1961-04-05")]
    [InlineData("1961年4月5日", "1961-04-05")]
    [InlineData("19610405", "1961-04-05")]
    public void Wareki_DayAsPeopleWriteIt_IsRead(string text, string expected)
    {
        Assert.True(Wareki.TryParseWritten(text, out var day));
        Assert.Equal(expected, day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("S36")]
    [InlineData("S0.4.5")]
    [InlineData("S64.1.8")]
    [InlineData("H31.5.1")]
    [InlineData("S36.2.29")]
    [InlineData("X36.4.5")]
    [InlineData("36.4.5")]
    [InlineData("2010915")]
    [InlineData("1961-13-01")]
    [InlineData("19610405 ほか")]
    public void Wareki_WhatIsNoWrittenDay_IsFalse(string text) => Assert.False(Wareki.TryParseWritten(text, out _));

    [Fact]
    public void Wareki_EveryDayOfFiveEras_ReadsBackWhatItWrites()
    {
        for (var day = new DateOnly(1868, 1, 25); day < new DateOnly(2100, 1, 1); day = day.AddDays(1))
        {
            Assert.True(Wareki.TryFormat(day, out var text));
            Assert.True(Wareki.TryParseDay(text, out var read));
            Assert.Equal(day, read);
            Assert.True(Wareki.TryParseMonth(text.AsSpan(0, 5), out var month));
            Assert.Equal(YearMonth.Of(day), month);
        }
    }

    [Fact]
    public void Wareki_Shown_IsAsPeopleWriteIt()
    {
        Assert.Equal("令和3年11月1日", Wareki.Display(new DateOnly(2021, 11, 1)));
        Assert.Equal("令和元年5月1日", Wareki.Display(new DateOnly(2019, 5, 1)));
        Assert.Equal("昭和64年1月7日", Wareki.Display(new DateOnly(1989, 1, 7)));
        Assert.Equal("1867年12月31日", Wareki.Display(new DateOnly(1867, 12, 31)));
        Assert.Equal("令和3年11月", Wareki.Display(YearMonth.Of(new DateOnly(2021, 11, 1))));
        Assert.Equal("平成31年4月", Wareki.Display(YearMonth.Of(new DateOnly(2019, 4, 1))));
        Assert.Equal("平成元年1月", Wareki.Display(YearMonth.Of(new DateOnly(1989, 1, 1))));
        Assert.False(Wareki.TryFormat(new DateOnly(1867, 12, 31), out _));
        Assert.False(Wareki.TryFormat(new DateOnly(2200, 1, 1), out _));
    }
}
