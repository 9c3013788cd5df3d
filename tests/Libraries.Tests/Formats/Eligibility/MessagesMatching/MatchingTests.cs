using System.Text;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Generators;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.MessagesMatching;

public sealed class MatchingTests
{
    [Theory]
    [InlineData("06139999", "06139999")]
    [InlineData("  138057", "00138057")]
    [InlineData("138057", "00138057")]
    [InlineData("00138057", "00138057")]
    [InlineData("１３８０５７", "00138057")]
    [InlineData("　１３８０５７", "00138057")]
    [InlineData("", "")]
    [InlineData("000000", "")]
    [InlineData("123456789", "")]
    [InlineData("12A456", "")]
    public void Insurer_HoweverWritten_IsANumber(string written, string key) => Assert.Equal(key, SearchKey.Insurer(written));

    [Theory]
    [InlineData("39139999", false)]
    [InlineData("３９１３９９９９", false)]
    [InlineData("06139999", true)]
    [InlineData("  391399", true)]
    [InlineData("391399", true)]
    public void Symbol_Of後期_DoesNotExist(string insurer, bool has) => Assert.Equal(has, SearchKey.HasSymbol(insurer));

    [Theory]
    [InlineData("12-34", "１２－３４")]
    [InlineData("12-34", "12‐34")]
    [InlineData("12-34", "12−34")]
    [InlineData("12-34", "１２ー３４")]
    [InlineData("12-34", "12ｰ34")]
    [InlineData("12-34", "12—34")]
    [InlineData("12-34", " 12 - 34　")]
    [InlineData("あ・１", "あ･1")]
    [InlineData("Ａｂ１", "AB1")]
    [InlineData("ｶﾞｲｺｸ", "ガイコク")]
    [InlineData("ﾊﾟﾊﾞｳﾞ", "パバヴ")]
    [InlineData("が1", "か\u30991")]
    [InlineData("（関）１", "(関)1")]
    public void Symbol_OfOneMeaning_HasOneKey(string one, string other)
    {
        Assert.Equal(SearchKey.Symbol(one), SearchKey.Symbol(other));
        Assert.Equal(SearchKey.Symbol(one), SearchKey.Symbol(SearchKey.Symbol(one)));
    }

    [Theory]
    [InlineData("0012", "12")]
    [InlineData("12-34", "1234")]
    [InlineData("あ", "ア")]
    [InlineData("国１", "國１")]
    public void Symbol_OfOtherMeaning_HasAnotherKey(string one, string other) => Assert.NotEqual(SearchKey.Symbol(one), SearchKey.Symbol(other));

    [Theory]
    [InlineData("０１２３４５６７", "1234567")]
    [InlineData("01234567", "1234567")]
    [InlineData("4567", "4567")]
    [InlineData("４５ー６７", "45-67")]
    [InlineData("000", "0")]
    [InlineData("", "")]
    [InlineData("　", "")]
    public void Number_HasNoZerosInFront(string written, string key) => Assert.Equal(key, SearchKey.Number(written));

    [Theory]
    [InlineData("1", "01")]
    [InlineData("０１", "01")]
    [InlineData("01", "01")]
    [InlineData("00", "00")]
    [InlineData("", "")]
    [InlineData(" ", "")]
    public void Branch_HasTwoDigits(string written, string key) => Assert.Equal(key, SearchKey.Branch(written));

    [Theory]
    [InlineData("ｼﾝﾘｮｳ ﾀﾛｳ", "シンリヨウタロウ")]
    [InlineData("シンリョウ　タロウ", "シンリヨウタロウ")]
    [InlineData("しんりょう たろう", "シンリヨウタロウ")]
    [InlineData("ｲﾄｰ ｼﾞｮｰｼﾞ", "イトージヨージ")]
    [InlineData("イト－ ジョ−ジ", "イトージヨージ")]
    [InlineData("ヴァン・ゴッホ", "ヴアンゴツホ")]
    [InlineData("smith", "SMITH")]
    public void Kana_HoweverWritten_IsLargeKatakana(string written, string key) => Assert.Equal(key, TextFold.Kana(written));

    [Theory]
    [InlineData("関所　太郎", "関所 太郎", NameAgreement.一致)]
    [InlineData("関所太郎", "関所　太郎", NameAgreement.一致)]
    [InlineData("ＳＭＩＴＨ　ＪＯＨＮ", "SMITH JOHN", NameAgreement.一致)]
    [InlineData("葛\U000E0100城　一", "葛城　一", NameAgreement.一致)]
    [InlineData("髙﨑　一", "高崎　一", NameAgreement.異体字を含めて一致)]
    [InlineData("渡邉　國男", "渡辺　国男", NameAgreement.異体字を含めて一致)]
    [InlineData("渡邊　彌一", "渡邉　弥一", NameAgreement.異体字を含めて一致)]
    [InlineData("巖　禮惠", "巌　礼恵", NameAgreement.異体字を含めて一致)]
    [InlineData("𠮷野　一", "吉野　一", NameAgreement.異体字を含めて一致)]
    [InlineData("\uFA19谷　一", "神谷　一", NameAgreement.異体字を含めて一致)]
    [InlineData("関所　きよ", "関所　きょ", NameAgreement.異体字を含めて一致)]
    [InlineData("後期　●夫", "後期　辰夫", NameAgreement.不明な文字を除き一致)]
    [InlineData("●野　一", "𠮷野　一", NameAgreement.不明な文字を除き一致)]
    [InlineData("後期　●夫", "後期　●夫", NameAgreement.不明な文字を除き一致)]
    [InlineData("髙●　一", "高崎　一", NameAgreement.不明な文字を除き一致)]
    [InlineData("後期　●夫", "後期　辰男", NameAgreement.不一致)]
    [InlineData("後期　●夫", "後期　夫", NameAgreement.不一致)]
    [InlineData("後期　●", "後期　辰夫", NameAgreement.不一致)]
    [InlineData("関所　太郎", "関所　次郎", NameAgreement.不一致)]
    [InlineData("", "", NameAgreement.不一致)]
    [InlineData("　", "関", NameAgreement.不一致)]
    public void Names_Compared_AgreeSoFar(string one, string other, NameAgreement agreement)
    {
        Assert.Equal(agreement, NameMatch.Compare(one, other));
        Assert.Equal(agreement, NameMatch.Compare(other, one));
        if (agreement >= NameAgreement.異体字を含めて一致)
        {
            Assert.Equal(NameMatch.Key(one), NameMatch.Key(other));
        }
    }

    [Fact]
    public void Name_WithUnknownCharacter_IsNoNameToKeep()
    {
        Assert.True(NameMatch.HasUnknown("後期　●夫"));
        Assert.False(NameMatch.HasUnknown("後期　辰夫"));
        Assert.Equal("後期●夫", NameMatch.Key("後期　●夫"));
    }

    [Fact]
    public void FormsOfCharacters_StandForOneCharacterOnly()
    {
        var rows = File.ReadLines(SourceTree.Path("src", "Formats", "Eligibility", "Tables", "異体字.tsv")).Skip(1).Select(l => l.Split('\t')).ToList();
        var characters = rows.SelectMany(r => (r[0] + r[1]).EnumerateRunes()).ToList();

        Assert.Equal(characters.Count, characters.Distinct().Count());
        Assert.All(rows, r => Assert.Single(r[0].EnumerateRunes()));
        Assert.All(rows, r => Assert.All(r[1].EnumerateRunes(), form => Assert.Equal(r[0], NameMatch.Key(form.ToString()))));
        Assert.All(rows, r => Assert.Empty(JisX0208.Outside(r[0])));
    }

    [Fact]
    public void JisX0208_CharactersOutside_AreNamedWithTheirPlace()
    {
        Assert.Empty(JisX0208.Outside("関所　太郎 ABC-1 ｾｷｼｮ●〒①"[..^1]));
        Assert.Equal(
            [(1, "髙"), (2, "﨑"), (4, "𠮷"), (6, "德"), (7, "①"), (8, "㈱"), (9, "Ⅲ"), (10, "é"), (11, "\n")],
            JisX0208.Outside("髙﨑　𠮷野德①㈱Ⅲé\n").Select(o => (o.Position, o.Character.ToString())));
        Assert.Equal("●●　●野", JisX0208.Masked("髙﨑　𠮷野"));
    }

    /// <summary>6,879 characters of JIS X 0208: 524 signs and letters (仝 among them), 6,355 kanji of 第1水準 and 第2水準; 158 of JIS X 0201.</summary>
    [Fact]
    public void JisX0208_HasAsManyCharactersAsTheStandard()
    {
        var inside = Enumerable.Range(0, 0x10000).Where(c => !char.IsSurrogate((char)c) && JisX0208.Contains(new Rune(c))).ToList();

        Assert.Equal(6_355, inside.Count(c => c is >= 0x4E00 and <= 0x9FFF and not '仝'));
        Assert.Equal(6_879 + 95 + 63, inside.Count);
    }

    [Fact]
    public void Keys_OfAnyText_AreStable()
    {
        var seed = new Seed(7);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, seed.Below(12)).Select(_ => (char)seed.Of(seed.From(0, 0x7F), seed.From(0x3000, 0x30FF), seed.From(0xFF00, 0xFFFF), seed.From(0xD800, 0xDFFF), seed.From(0x4E00, 0x9FFF)))]);
            Assert.Equal(SearchKey.Symbol(text), SearchKey.Symbol(SearchKey.Symbol(text)));
            Assert.Equal(SearchKey.Number(text), SearchKey.Number(SearchKey.Number(text)));
            Assert.Equal(TextFold.Kana(text), TextFold.Kana(TextFold.Kana(text)));
            Assert.Equal(NameMatch.Compare(text, "関所　●夫"), NameMatch.Compare("関所　●夫", text));
            Assert.Empty(JisX0208.Outside(JisX0208.Masked(text)));
        }
    }
}
