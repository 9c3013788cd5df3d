using Sekisho.Formats.Eligibility;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("OQSsiquc01req_000000000001.xml", "OQSsiquc01req", false, false, "OQSsiquc01res_000000000001.xml")]
    [InlineData("OQSmuquc02req_202504010001.xml", "OQSmuquc02req", true, false, "OQSmuquc02res_202504010001.xml")]
    [InlineData("YZKsiquc01req_02xml25040109031_23.XML", "YZKsiquc01req", false, false, "YZKsiquc01res_02xml25040109031_23.xml")]
    [InlineData("OQSsiimm01req_予約 1.xml", "OQSsiimm01req", false, false, "OQSsiimm01res_予約 1.xml")]
    public void Request_Parsed_KnowsItsResult(string text, string message, bool bulk, bool face, string result)
    {
        Assert.True(OqsFileName.TryParse(text, out var name));
        Assert.Equal((message, bulk, face, false), (name.Message, name.IsBulk, name.IsFace, name.IsResult));
        Assert.Equal(message, name.Shape!.Name);
        Assert.Equal(result, name.Result().ToString());
        Assert.EndsWith(".pdf", name.Result("pdf").ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => name.Result().Result());
    }

    [Fact]
    public void Face_ParsedAndMade_SaysWhereAndWhen()
    {
        Assert.True(OqsFileName.TryParse("OQSsiquc01res_face_27999999994da5260a16de5a3d3ad7_20260929160112.xml", out var name));
        Assert.True(name.IsFace);
        Assert.Equal(("2799999999", new DateTimeOffset(2026, 9, 29, 7, 1, 12, TimeSpan.Zero)), (name.FaceInstitution, name.FaceTime!.Value));
        Assert.Equal(name, OqsFileName.Face("2799999999", "4da5260a16de5a3d3ad7", name.FaceTime.Value));
        Assert.True(OqsFileName.TryParse("OQSsiquc01res_face_20260929160112.xml", out var other));
        Assert.True(other.IsFace);
        Assert.Equal(("", null), (other.FaceInstitution, other.FaceTime));
        Assert.Throws<ArgumentException>(() => OqsFileName.Face("279999999", "a", name.FaceTime.Value));
        Assert.Throws<ArgumentException>(() => OqsFileName.Face("2799999999", "../a", name.FaceTime.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OQSsiquc01req_.xml")]
    [InlineData("OQSsiquc01req_ 1.xml")]
    [InlineData("OQSsiquc01req_1.xml.tmp")]
    [InlineData("OQSsiquc01req_1")]
    [InlineData("oqssiquc01req_1.xml")]
    [InlineData("OQSsxquc01req_1.xml")]
    [InlineData("OQSsiquc01rex_1.xml")]
    [InlineData("OQSsiquc01req_../../etc/passwd.xml")]
    [InlineData("OQSsiquc01req_a\\b.xml")]
    [InlineData("OQSsiquc01req_c:d.xml")]
    [InlineData("OQSsiquc01req_a\u0000b.xml")]
    [InlineData("OQSsiquc01req_a\nb.xml")]
    [InlineData("del20260401.txt")]
    public void Other_IsNoName(string text) => Assert.False(OqsFileName.TryParse(text, out _));

    [Fact]
    public void Names_OfInterfacesWeDoNotRead_AreNamesWithoutShape()
    {
        Assert.True(OqsFileName.TryParse("EPSsiprs01req_1.xml", out var name));
        Assert.Null(name.Shape);
        Assert.False(OqsFileName.TryParse($"OQSsiquc01req_{new string('1', 200)}.xml", out _));
    }

    [Fact]
    public void Request_Made_IsParsedAgain()
    {
        var name = OqsFileName.Request(OqsShapes.Get("OQSsiquc01req"), "202604010001");
        Assert.Equal("OQSsiquc01req_202604010001.xml", name.ToString());
        Assert.Throws<ArgumentException>(() => OqsFileName.Request(OqsShapes.Get("OQSsiquc01req"), "a/b"));
        Assert.Throws<ArgumentException>(() => OqsFileName.Request(OqsShapes.Get("OQSsiquc01res"), "1"));
    }
}
