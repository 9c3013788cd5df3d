using System.Text;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Libraries.Tests.Formats.Reading;

public sealed class SjisTextTests
{
    [Theory]
    [InlineData("41", "Half")]
    [InlineData("B1", "HalfKana")]
    [InlineData("8140", "Full")] // 　
    [InlineData("889F", "Full")] // 亜 16-1
    [InlineData("9872", "Full")] // 腕 47-51
    [InlineData("9873", "Foreign")] // 47-52
    [InlineData("EAA2", "Full")] // 瑤 84-4 (1983)
    [InlineData("EAA3", "Foreign")] // 凜 84-5 (1990)
    [InlineData("EAA4", "Foreign")] // 熙 84-6 (1990)
    [InlineData("8740", "Foreign")] // ① NEC特殊文字
    [InlineData("ED95", "Foreign")] // 﨑 NEC選定IBM拡張
    [InlineData("EEE0", "Foreign")] // 髙
    [InlineData("F040", "Foreign")] // 外字
    [InlineData("FBFC", "Foreign")] // 髙 IBM拡張
    [InlineData("82A0", "Full")] // あ
    [InlineData("8253", "Full")] // ４
    [InlineData("81AD", "Foreign")] // 2-15: unassigned
    [InlineData("81B8", "Full")] // ∈ 2-26 (1983)
    [InlineData("80", "Broken")]
    [InlineData("A0", "Broken")]
    [InlineData("FD", "Broken")]
    [InlineData("FF", "Broken")]
    [InlineData("8820", "Broken, Half")]
    [InlineData("88", "Broken")]
    [InlineData("887F", "Broken")]
    [InlineData("00", "Broken")]
    [InlineData("22", "Broken")]
    public void Scan_Character_IsClassified(string hex, string expected) =>
        Assert.Equal(Enum.Parse<Text>(expected), SjisText.Scan(Convert.FromHexString(hex)));

    [Fact]
    public void Scan_AllOfJisX0208_AssignsExactly6877()
    {
        // JIS X 0208-1983 has 6,877 characters; the two of 1990 (6,879) are not among them.
        var count = 0;
        for (var lead = 0x81; lead <= 0xFC; lead++)
        {
            for (var trail = 0x40; trail <= 0xFC; trail++)
            {
                count += SjisText.Scan([(byte)lead, (byte)trail]) == Text.Full ? 1 : 0;
            }
        }

        Assert.Equal(6877, count);
    }

    [Fact]
    public void Name_ForeignCharacters_GivesCodePointAndBytesOnce() =>
        Assert.Equal(
            "「髙」（U+9AD9、シフトJIS FBFC）、「①」（U+2460、シフトJIS 8740）",
            SjisText.Name(Convert.FromHexString("FBFC8B878740FBFC"), Text.Foreign));

    [Theory]
    [InlineData("東京都 1-2", "東京都　１－２")]
    [InlineData("髙台", "？台")]
    public void EncodeFullWidth_Text_BecomesFullWidthOfTheRepertoire(string text, string expected) =>
        Assert.Equal(expected, SjisText.Decode(SjisText.EncodeFullWidth(text, 80)));

    [Fact]
    public void EncodeFullWidth_TooLong_IsCutBetweenCharacters() =>
        Assert.Equal("架空架", SjisText.Decode(SjisText.EncodeFullWidth("架空架空", 7)));

    [Theory]
    [InlineData("〜−‖")]
    [InlineData("～－∥")]
    public void TryEncode_CharactersWithTwoReadings_AreTheSameBytes(string text) =>
        Assert.Equal("8160817C8161", Convert.ToHexString(SjisText.TryEncode(text)!));

    [Theory]
    [InlineData("①")]
    [InlineData("😀")]
    public void TryEncode_OutsideTheRepertoire_IsNull(string text) => Assert.Null(SjisText.TryEncode(text));
}
