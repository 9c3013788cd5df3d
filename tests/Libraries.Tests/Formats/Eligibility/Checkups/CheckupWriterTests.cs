using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Generators;
using Sekisho.Generators.Checkups;

namespace Sekisho.Libraries.Tests.Formats.Eligibility.Checkups;

public sealed class CheckupWriterTests
{
    private const ulong Seeded = 20240527;

    [Theory, InlineData(true), InlineData(false)]
    public void GeneratedPackage_ReadBack_HasNoFindings(bool claims)
    {
        using var zip = new MemoryStream(CheckupPeople.Package(Seeded, 200, claims: claims));
        var (package, files) = CheckupPackage.Read(zip, CheckupReading.Default with { Received = new DateOnly(2025, 3, 1) });
        Assert.Empty(package.Findings);
        Assert.Empty(files.SelectMany(f => f.Findings).Select(f => $"{f.File} {f.Rule.Number} {f.Message} {f.Value}"));
        Assert.Equal((200, claims ? 200 : 0), (package.Documents, package.Claims));
        Assert.All(files, f => Assert.True(f.Acceptable));
    }

    [Fact]
    public void GeneratedPackage_SameSeed_SameBytes() => Assert.Equal(CheckupPeople.Package(7, 20), CheckupPeople.Package(7, 20));

    [Fact]
    public void Document_ReadBack_IsTheRecordThatWasWritten()
    {
        for (var number = 1; number <= 100; number++)
        {
            var written = CheckupPeople.Visit(Seeded, number, 2024);
            var read = CheckupDocuments.Read(CheckupWriter.Write(written), CheckupReading.Default, "h").Document!;
            Assert.Equal(written with { Results = [] }, read with { Results = [] });
            Assert.Equal(written.Results, read.Results.Select(r => r with { Line = 0 }));
        }
    }

    [Fact]
    public void Claim_ReadBack_IsTheRecordThatWasWritten()
    {
        var written = CheckupPeople.Claim(Seeded, CheckupPeople.Visit(Seeded, 1, 2024));
        var read = CheckupDocuments.ReadClaim(CheckupWriter.Write(written), CheckupReading.Default, "c").Claim!;
        Assert.Equal(written with { DetailPrices = [], OtherPrices = [] }, read with { DetailPrices = [], OtherPrices = [] });
        Assert.Equal(written.DetailPrices, read.DetailPrices);
        Assert.Equal(written.OtherPrices, read.OtherPrices);
    }

    [Fact]
    public void RealResult_WrittenAgain_ReadsTheSame()
    {
        var first = CheckupDocuments.Read(CheckupFacts.Sample("h_sample_redacted.xml"), CheckupReading.Default, "h").Document!;
        var again = CheckupDocuments.Read(CheckupWriter.Write(first), CheckupReading.Default with { Schemas = CheckupFacts.Schemas }, "h");
        Assert.Equal(["EH-0316"], again.Findings.Numbers());
        Assert.Equal(first with { Results = [] }, again.Document! with { Results = [] });
        Assert.Equal(first.Results.Select(r => r with { Line = 0 }), again.Document!.Results.Select(r => r with { Line = 0 }));
    }

    [Fact]
    public void WhatWeWrite_IsValidByTheOfficialSchemas()
    {
        var schemas = CheckupFacts.Schemas;
        foreach (var claims in new[] { true, false })
        {
            using var zip = new MemoryStream(CheckupPeople.Package(Seeded, 60, claims: claims));
            // From many threads at once: a site validates as it receives.
            Parallel.ForEach(CheckupZip.Files(zip), f => Assert.Empty(schemas.Validate(f.Value, f.Key).Select(x => $"{f.Key} {x.Line} {x.Value}")));
        }
    }

    [Fact]
    public void NotDoneAndImpossible_AreWrittenReadAndValid()
    {
        var visit = CheckupPeople.Visit(Seeded, 1, 2024);
        var results = visit.Results
            .Select(r => r.Code.StartsWith("1A020", StringComparison.Ordinal) ? r with { State = CheckupState.Impossible, Value = "", CodeSystem = "" } : r)
            .Select(r => r.Code == "9N001000000000001" ? new CheckupResult(r.Code, r.Name, CheckupType.None, "") { State = CheckupState.NotDone } : r);
        var bytes = CheckupWriter.Write(visit with { Results = [.. results] });
        var file = CheckupDocuments.Read(bytes, CheckupReading.Default with { Schemas = CheckupFacts.Schemas }, "h");
        Assert.Equal(["EH-0412", "EH-0412"], file.Findings.Numbers());
        Assert.Equal(CheckupState.NotDone, file.Document!.Results.Single(r => r.Code == "9N001000000000001").State);
    }
}
