using System.Text;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;

namespace Sekisho.Libraries.Tests.Formats.Eligibility;

/// <summary>What a desk gets when there is no answer, and the kana of every answer.</summary>
public sealed class OqsFailureTests
{
    private static readonly DateTimeOffset _at = new(2026, 10, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Failure_OfEveryKindOfRequest_IsAMessageOfItsResult()
    {
        foreach (var shape in OqsShapes.All.Where(s => s.IsRequest))
        {
            var request = OqsFileName.Request(shape, "1");
            var reading = OqsReader.Read("<XmlMsg><MessageHeader><ArbitraryFileIdentifier>あ1</ArbitraryFileIdentifier></MessageHeader></XmlMsg>"u8, shape);

            var answer = OqsReader.Read(OqsFailure.Write(request, reading, "EX-0001", "できません。", _at), request.Result().Shape!);

            Assert.Empty(answer.Findings);
            Assert.Equal("あ1", answer.Message!.Header["ArbitraryFileIdentifier"]);
            var header = string.Join(' ', answer.Message.Header.Children.Select(c => c.Value));
            Assert.Contains("SEKISHO-EX-0001", header, StringComparison.Ordinal);
            Assert.Contains("できません。", header, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Failure_OfNothingReadable_AndOfAKindWithoutShape_SaysSoAllTheSame()
    {
        Assert.True(OqsFileName.TryParse("EPSsiabc01req_1.xml", out var name));
        var answer = OqsReader.Read(OqsFailure.Write(name, null, "EX-0001", "できません。", _at), OqsShapes.Get("OQSsiquc01res"));
        var header = answer.Message!.ReadHeader<OqsHeader>();
        Assert.Equal((SegmentOfResult.異常終了, _at), (header.SegmentOfResult, header.ProcessExecutionTime));
        Assert.Contains("20261015090000", Encoding.UTF8.GetString(OqsFailure.Write(name, null, "EX-0001", "できません。", _at)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("セキショ　ハナコ", "ｾｷｼｮ ﾊﾅｺ")]
    [InlineData("ガギグ・パピヴー", "ｶﾞｷﾞｸﾞ･ﾊﾟﾋﾟｳﾞｰ")]
    [InlineData("ｶﾞﾊﾟ Ａ１", "ｶﾞﾊﾟ A1")]
    [InlineData("ヵ関所ぱ", "ヵ関所ぱ")]
    public void HalfWidth_IsWhatTheInterfaceWrites(string text, string expected) => Assert.Equal(expected, HalfWidth.Of(text));
}
