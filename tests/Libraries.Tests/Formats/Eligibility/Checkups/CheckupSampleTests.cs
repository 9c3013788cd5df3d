using Sekisho.Formats.Eligibility.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

/// <summary>The redacted real files.</summary>
public sealed class CheckupSampleTests
{
    [Fact]
    public void RealResult_IsReadWhole()
    {
        var file = CheckupDocuments.Read(CheckupFacts.Sample("h_sample_redacted.xml"), CheckupReading.Default, "h");
        var document = Assert.IsType<CheckupDocument>(file.Document);
        Assert.Equal("99999999", document.Person.InsurerNumber);
        Assert.Equal("１２３４", document.Person.Number);
        Assert.Equal(("", "2", new DateOnly(1970, 4, 1)), (document.Person.Symbol, document.Person.Gender, document.Person.BirthDate));
        Assert.Equal("東京都千代田区架空町１－２－３", document.Person.Address);
        Assert.Equal("9999999999", document.Performer.Code);
        Assert.Equal(new CheckupTicket("1", "24999999901", new DateOnly(2025, 3, 31), "99999999"), document.Ticket);
        Assert.Equal(new DateOnly(2024, 5, 27), document.Day);
        Assert.Equal(54, document.Results.Length);
        var sugar = document.Results.Single(r => r.Code == "3D046000001906202");
        Assert.Equal((CheckupType.PQ, "5.4", "%", "N", "3D04610000", "4", "5.1"), (sugar.Type, sugar.Value, sugar.Unit, sugar.Interpretation, sugar.Method, sugar.Low, sugar.High));
        Assert.Equal("架空　太郎", document.Results.Single(r => r.Code == "9N511000000000049").Doctor);
        Assert.Equal(["COMP", "RSON", "RSON", "COMP"], document.Results.Where(r => r.Series == 1).Select(r => r.Relation));
    }

    // HbA1c 5.4 is called N while the range it carries ends at 5.1: that is truly in the file, and the only thing.
    [Fact]
    public void RealResult_HasOnlyTheFindingThatIsTrulyInIt()
    {
        var file = CheckupDocuments.Read(CheckupFacts.Sample("h_sample_redacted.xml"), CheckupReading.Default with { Schemas = CheckupFacts.Schemas }, "h");
        var finding = Assert.Single(file.Findings);
        Assert.Equal("EH-0316", finding.Rule.Number);
        Assert.StartsWith("3D046000001906202", finding.Place, StringComparison.Ordinal);
        Assert.True(file.Acceptable);
    }

    [Fact]
    public void RealClaim_HasNoFindings()
    {
        var file = CheckupDocuments.ReadClaim(CheckupFacts.Sample("c_sample_redacted.xml"), CheckupReading.Default with { Schemas = CheckupFacts.Schemas }, "c");
        Assert.Empty(file.Findings);
        Assert.Equal((9310, 0, 9310), (file.Claim!.UnitAmount, file.Claim.PaymentAmount, file.Claim.ClaimAmount));
        Assert.Equal("24999999901", file.Claim.TicketNumber);
        Assert.Equal(4, file.Claim.OtherPrices.Length);
    }

    [Fact]
    public void RealIndexAndSummary_AreReadAndValid()
    {
        foreach (var name in new[] { "ix08_V08.xml", "su08_V08.xml" })
        {
            Assert.Empty(CheckupFacts.Schemas.Validate(CheckupFacts.Sample(name), name));
        }

        var notes = new CheckupNotes("");
        Assert.Equal(8, ManifestReader.Index(CheckupFacts.Sample("ix08_V08.xml"), notes)?.Records);
        Assert.Equal(37240, ManifestReader.Summary(CheckupFacts.Sample("su08_V08.xml"), notes)?.Claim);
        Assert.Empty(notes.List);
    }

    // The four files come from a package of four people; as a package of one they contradict their own counts, and nothing else.
    [Fact]
    public void RealFiles_AsAPackageOfOne_ContradictTheirCounts()
    {
        using var zip = CheckupZip.Of("9999999999_99999999_202405270_1", new Dictionary<string, byte[]>
        {
            ["ix08_V08.xml"] = CheckupFacts.Sample("ix08_V08.xml"),
            ["su08_V08.xml"] = CheckupFacts.Sample("su08_V08.xml"),
            ["DATA/h99999999992024052701000001.xml"] = CheckupFacts.Sample("h_sample_redacted.xml"),
            ["CLAIMS/c99999999992024052701000001.xml"] = CheckupFacts.Sample("c_sample_redacted.xml"),
        });
        var (package, files) = CheckupPackage.Read(zip, CheckupReading.Default);
        Assert.Equal(["EH-0016", "EH-0017", "EH-0018"], package.Findings.Numbers());
        Assert.All(files, f => Assert.True(f.Acceptable));
        Assert.Equal(["EH-0316"], files.SelectMany(f => f.Findings).Numbers());
    }

    [Theory, InlineData("template_CDAtemplate-hc18.xml"), InlineData("template_CCV08_template.xml"), InlineData("template_IXtemplate.xml"), InlineData("template_SUtemplate.xml")]
    public void EmptyTemplate_IsReadWithoutThrowing(string name)
    {
        var bytes = CheckupFacts.Sample(name);
        Assert.False(CheckupDocuments.Read(bytes, CheckupReading.Default, name).Acceptable);
        Assert.False(CheckupDocuments.ReadClaim(bytes, CheckupReading.Default, name).Acceptable);
    }
}
