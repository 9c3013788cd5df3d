using System.Text;
using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Libraries.Tests.Formats.Reading;

/// <summary>別表21 as a matrix, against the published 内容 of each code.</summary>
public sealed class BearersTests
{
    private const string Circles = "①②③④";

    public static TheoryData<string, string> Codes => [.. Table.Rows.Select(r => (r.Code, r.Text))];

    private static CodeTable Table => Editions.All[^1].Code("負担区分");

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_Code_NamesThePayersOfItsText(string code, string text)
    {
        var expected = text.Contains("医保", StringComparison.Ordinal) ? 1 : 0;
        for (var i = 0; i < Circles.Length; i++)
        {
            expected |= text.Contains(Circles[i], StringComparison.Ordinal) ? 2 << i : 0;
        }

        Assert.Equal(expected, Bearers.Of(Encoding.ASCII.GetBytes(code)));
    }

    [Fact]
    public void Of_AllCodes_AreTheThirtyOneSetsOfPayers() =>
        Assert.Equal(Enumerable.Range(1, 31), Table.Rows.Select(r => (int)Bearers.Of(Encoding.ASCII.GetBytes(r.Code))).Order());

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("A")]
    [InlineData("11")]
    public void Of_OtherText_NamesNobody(string code) => Assert.Equal(0, Bearers.Of(Encoding.ASCII.GetBytes(code)));
}
