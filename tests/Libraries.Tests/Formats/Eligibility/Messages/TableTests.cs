using System.Reflection;
using System.Text.Json;
using Sekisho.Formats.Claims.Shape;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Shape;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Messages;

/// <summary>The tables against the facts they were transcribed from.</summary>
public sealed class TableTests
{
    [Fact]
    public void Messages_AreThoseOfTheInterfaceList()
    {
        var bulk = new[] { "uquc", "uimm", "utic", "uhvq", "uonq" }.SelectMany(k => new[] { "01req", "01res", "02req", "02res" }.Select(s => $"OQSm{k}{s}"));
        var single = new[] { "OQSsiquc", "OQSsiimm", "OQSsihvq", "OQSsionq", "OQSsihvd", "OQSsiinq", "OQSsiupd", "YZKsiquc", "TKKsiquc" }.SelectMany(k => new[] { $"{k}01req", $"{k}01res" });
        Assert.Equal(bulk.Concat(single).Order(StringComparer.Ordinal), OqsShapes.All.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Equal(OqsShapes.All.Count(s => s.InterfaceId.Length > 0), OqsShapes.All.Select(s => s.InterfaceId).Where(i => i.Length > 0).Distinct().Count());
        Assert.All(OqsShapes.All, s => Assert.True(OqsFileName.TryParse($"{s.Name}_1.xml", out var name) && name.Shape == s && name.IsBulk == s.IsBulk));
    }

    [Fact]
    public void Interfaces_AgainstThePublishedList_HaveTheirNumbersAndNames()
    {
        var rows = File.ReadLines(SourceTree.Shared("data", "eligibility", "codes", "oqs_if_catalog.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => c);
        Assert.All(OqsShapes.All.Where(s => s.InterfaceId.Length > 0), s =>
        {
            Assert.Equal(rows[s.InterfaceId][1], s.Title);
            Assert.Contains(s.Name[..8], rows[s.InterfaceId][2], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void CodeLists_AgainstTheTranscribedFacts_AreTheSame()
    {
        using var facts = JsonDocument.Parse(File.ReadAllText(SourceTree.Shared("data", "eligibility", "codes", "oqs_codes.json")));
        var expected = facts.RootElement.EnumerateArray()
            .SelectMany(l => l.GetProperty("values").EnumerateObject().Select(v => $"{l.GetProperty("id")} {l.GetProperty("name")} {v.Name} {v.Value}"));
        var actual = OqsShapes.Codes.Values.OrderBy(c => c.Id, StringComparer.Ordinal).SelectMany(c => c.Rows.Select(r => $"{c.Id} {c.Title} {r.Code} {r.Text}"));
        Assert.Equal(expected, actual);
        Assert.Equal(Enumerable.Range(1, 44).Select(n => $"OQSCD{n:D3}"), OqsShapes.Codes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Elements_OfTheKnownAliasList_AreInATable()
    {
        var elements = OqsShapes.All.SelectMany(s => Below(s.Root)).SelectMany(e => e.Aliases.Prepend(e.Name)).ToHashSet();
        var facts = File.ReadLines(SourceTree.Shared("data", "eligibility", "codes", "element_aliases_oqsdrug2.csv")).Skip(1).Select(l => l.Split(',')[1]).Where(n => char.IsUpper(n[0]));
        Assert.Equal(["NumberOfMedicalTickets"], facts.Where(n => !elements.Contains(n)));
    }

    [Fact]
    public void Enums_HaveExactlyTheirPublishedCodes()
    {
        foreach (var (type, list) in OqsCodes.Lists)
        {
            var codes = OqsShapes.Codes[list].Rows.Select(r => r.Code).ToList();
            var members = Enum.GetValues(type).Cast<Enum>().ToList();
            Assert.Equal(codes.Order(StringComparer.Ordinal), members.Select(OqsCodes.Code).Order(StringComparer.Ordinal));
            Assert.All(members, m => Assert.Equal(m, OqsCodes.Find(type, OqsCodes.Code(m))));
        }

        Assert.Equal("無効（新しい資格あり）", OqsCodes.Text(QualificationValidity.無効新しい資格あり));
        Assert.Equal(("3", "A1", "B09", "99"), (OqsCodes.Code(QualificationValidity.無効新しい資格あり), OqsCodes.Code(InsuredCardClassification.医療扶助), OqsCodes.Code(LimitClassification.一般Ⅱ), OqsCodes.Code(ReasonOfLoss.その他)));
        Assert.Null(OqsCodes.Find<Sex>("9"));
        Assert.Equal("指紋", OqsCodes.Text("OQSCD042", "2-01"));
        Assert.Equal("", OqsCodes.Text("OQSCD042", "9"));
    }

    [Theory]
    [InlineData("X\tx\t文字\t3\t-\t-", "回数「3」")]
    [InlineData("X\tx\t文\t1\t-\t-", "型「文」")]
    [InlineData("X\tx\t数字\t1\t-\t-", "型「数字」")]
    [InlineData("X\tx\t日8\t1\t-\t-", "型「日8」")]
    [InlineData("X\tx\tコード:OQSCD999\t1\t-\t-", "型「コード:OQSCD999」")]
    [InlineData("X\tx\t群\t1\t-\t-", "下位の要素")]
    [InlineData("X\tx\t群:ない群\t1\t-\t-", "群「ない群」")]
    [InlineData("Y/X\tx\t文字\t1\t-\t-", "親の要素")]
    [InlineData("X\tx\t文字\t1\t-", "列は 6 個")]
    public void Table_WithAnUnknownWord_StopsTheLoad(string row, string why)
    {
        var files = TableFiles.Embedded("Eligibility/Tables/");
        files["群/資格確認要求.tsv"] = "#\n" + row + "\n";

        var fault = Assert.Throws<InvalidDataException>(() => ShapeLoader.Load(files));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Contains("資格確認要求.tsv の 2 行", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_HaveNumbersOfTheirOwn()
    {
        var fields = typeof(OqsRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (OqsRule)f.GetValue(null)!).ToList();
        Assert.Equal(fields.OrderBy(r => r.Number, StringComparer.Ordinal), OqsRules.All.OrderBy(r => r.Number, StringComparer.Ordinal));
        Assert.Equal(fields.Count, fields.Select(r => r.Number).Distinct().Count());
        Assert.All(fields, r => Assert.Matches("^EM-[0-9]{4}$", r.Number));
    }

    private static IEnumerable<ElementShape> Below(ElementShape shape) => shape.Children.SelectMany(c => Below(c).Prepend(c));
}
