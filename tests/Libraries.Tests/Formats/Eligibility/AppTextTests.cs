using Sekisho.Formats.Eligibility;

namespace Sekisho.Libraries.Tests.Formats.Eligibility;

/// <summary>The text マイナ資格確認アプリ shares.</summary>
public sealed class AppTextTests
{
    private const string Text = "確認日：令和8年11月1日\r\n氏名：関所　花子\r\nフリガナ：セキショ　ハナコ\r\n生年月日：昭和55年1月2日\r\n記号：１２－３\r\n番号：４５\r\n枝番：01\r\n保険者番号：06139999\r\n保険者名：架空健康保険組合\r\n裏面記載情報\r\n（なし）\r\n限度額適用認定証\r\n適用区分：ウ\r\n番号：99\r\n";

    [Fact]
    public void Card_StandsInIt_AndNothingElseIsTaken() =>
        Assert.Equal(new AppText("06139999", "１２－３", "４５", "01", new DateOnly(1980, 1, 2), "関所　花子", "セキショ　ハナコ"), AppText.Read(Text));

    [Theory]
    [InlineData("：", ":")]
    [InlineData("\r\n", "\n")]
    [InlineData("氏名：", "  氏名 ： ")]
    public void OtherWritings_SayTheSame(string one, string other) => Assert.Equal(AppText.Read(Text), AppText.Read(Text.Replace(one, other, StringComparison.Ordinal)));

    [Fact]
    public void LaterElderly_HasNeitherSymbolNorBranch()
    {
        var text = Text.Replace("記号：１２－３\r\n", "", StringComparison.Ordinal).Replace("枝番：01\r\n", "", StringComparison.Ordinal);
        Assert.Equal(("", "", "４５"), AppText.Read(text) is { } read ? (read.Symbol, read.Branch, read.Number) : default);
    }

    [Theory]
    [InlineData("保険者番号：06139999\r\n", "")]
    [InlineData("番号：４５\r\n", "番号：\r\n")]
    [InlineData("昭和55年1月2日", "昭和55年13月2日")]
    [InlineData("昭和55年1月2日", "")]
    public void WithoutWhatAnInquiryNeeds_ItIsNone(string one, string other)
    {
        // The second 番号 belongs to another section: it does not stand in for the first.
        var text = Text.Replace("番号：99\r\n", "", StringComparison.Ordinal);
        Assert.NotNull(AppText.Read(text));
        Assert.Null(AppText.Read(text.Replace(one, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void AnythingElse_IsNone()
    {
        Assert.Null(AppText.Read(""));
        Assert.Null(AppText.Read("受付番号 123"));
        Assert.Null(AppText.Read(Text + new string('　', 4000)));
    }
}
