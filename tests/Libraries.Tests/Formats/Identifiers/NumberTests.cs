using Sekisho.Formats.Identifiers;

namespace Sekisho.Libraries.Tests.Formats.Identifiers;

public sealed class NumberTests
{
    [Theory]
    [InlineData("06132013", "06132013", "06", "13")]
    [InlineData("  133066", "133066", "", "13")]
    [InlineData("133066", "133066", "", "13")]
    [InlineData("00133066", "133066", "", "13")]
    [InlineData("39131156", "39131156", "39", "13")]
    [InlineData("67138057", "67138057", "67", "13")]
    public void InsurerNumber_Written_IsCanonical(string text, string value, string law, string prefecture)
    {
        Assert.True(InsurerNumber.TryParse(text, out var number));
        Assert.Equal(value, number.Value);
        Assert.Equal(value, number.ToString());
        Assert.Equal(law, number.Law);
        Assert.Equal(prefecture, number.Prefecture);
        Assert.Equal(value.PadLeft(8), number.Padded);
        Assert.True(InsurerNumber.TryParse(number.Padded, out var again));
        Assert.Equal(number, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("        ")]
    [InlineData("00000000")]
    [InlineData("000000")]
    [InlineData("1330660")]
    [InlineData("13306")]
    [InlineData("133066  ")]
    [InlineData("13 3066")]
    [InlineData("  0613201")]
    [InlineData("   133066")]
    [InlineData("１３３０６６")]
    [InlineData("06132O13")]
    public void InsurerNumber_Wrong_CannotBeMade(string text)
    {
        Assert.False(InsurerNumber.TryParse(text, out var number));
        Assert.Throws<InvalidOperationException>(() => number.Value);
        Assert.Equal("", number.ToString());
    }

    [Fact]
    public void InsurerNumber_WrongCheckDigit_IsMadeAndSaysSo()
    {
        Assert.True(InsurerNumber.TryParse("06131234", out var dummy));
        Assert.False(dummy.HasValidCheckDigit);
        Assert.True(InsurerNumber.TryParse("  133066", out var real));
        Assert.True(real.HasValidCheckDigit);
    }

    [Fact]
    public void PublicPayerNumber_EightDigits_HasItsParts()
    {
        Assert.True(PublicPayerNumber.TryParse("54136015", out var number));
        Assert.Equal(("54136015", "54", "13", true), (number.Value, number.Law, number.Prefecture, number.HasValidCheckDigit));
        Assert.True(PublicPayerNumber.TryParse("12345678", out var dummy));
        Assert.False(dummy.HasValidCheckDigit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5413601")]
    [InlineData("541360150")]
    [InlineData(" 5413601")]
    [InlineData("00000000")]
    [InlineData("５４１３６０１５")]
    public void PublicPayerNumber_Wrong_CannotBeMade(string text)
    {
        Assert.False(PublicPayerNumber.TryParse(text, out var number));
        Assert.Throws<InvalidOperationException>(() => number.Law);
    }

    [Fact]
    public void RecipientNumber_Shown_IsMasked()
    {
        Assert.True(RecipientNumber.TryParse("0000018", out var number));
        Assert.Equal("0000018", number.Value);
        Assert.True(number.HasValidCheckDigit);
        Assert.Equal("*******", number.ToString());
        Assert.DoesNotContain("18", $"{number}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000001")]
    [InlineData("00000018")]
    [InlineData("000001A")]
    public void RecipientNumber_Wrong_CannotBeMade(string text)
    {
        Assert.False(RecipientNumber.TryParse(text, out var number));
        Assert.Throws<InvalidOperationException>(() => number.Value);
    }

    [Fact]
    public void InstitutionCode_TenDigits_HasItsParts()
    {
        Assert.True(InstitutionCode.TryParse("0110113719", out var code));
        Assert.Equal(("01", "1", "0113719", "0110113719", true), (code.Prefecture, code.Table, code.Local, code.Full, code.IsFull));
        Assert.True(code.HasValidCheckDigit);
        Assert.True(InstitutionCode.TryCreate("01", "1", "0113719", out var same));
        Assert.Equal(code, same);
    }

    [Fact]
    public void InstitutionCode_SevenDigits_IsLocalAndCannotJudgeItsCheckDigit()
    {
        Assert.True(InstitutionCode.TryParse("0000000", out var code));
        Assert.Equal(("0000000", "", "", false), (code.Local, code.Full, code.Prefecture, code.IsFull));
        Assert.Null(code.HasValidCheckDigit);
        Assert.True(InstitutionCode.TryCreate("13", "1", "1234567", out var fictional));
        Assert.False(fictional.HasValidCheckDigit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456")]
    [InlineData("12345678")]
    [InlineData("0010113719")]
    [InlineData("4810113719")]
    [InlineData("0100113719")]
    [InlineData("0190113719")]
    [InlineData("011011371A")]
    public void InstitutionCode_Wrong_CannotBeMade(string text)
    {
        Assert.False(InstitutionCode.TryParse(text, out var code));
        Assert.Throws<InvalidOperationException>(() => code.Local);
    }

    [Fact]
    public void InstitutionCode_PartsOfOtherLengths_CannotBeMade()
    {
        Assert.False(InstitutionCode.TryCreate("131", "", "0113719", out _));
        Assert.False(InstitutionCode.TryCreate("13", "10", "113719", out _));
    }
}
