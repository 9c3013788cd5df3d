using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using System.Xml.Schema;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using static Sekisho.Modules.Tests.Eligibility.CheckupWorld;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>特定健診 as a device sees it: TKKsiquc01 as XML and PDF, and the same as JSON, each signed.</summary>
public sealed class CheckupMessagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task TKKsiquc01_Xml_SaysWhatWasSent_AndFitsOurXsd(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package(Visit(1, 2024), Visit(1, 2025)));
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        var refused = Xml((await desk.Exchange("TKKsiquc01req_1.xml", Request(fileCategory: 2))).Bytes);
        await world.Agrees(1);
        var (name, bytes) = await desk.Exchange("TKKsiquc01req_1.xml", Request(fileCategory: 2));
        var answer = Xml(bytes);

        Assert.Contains("EL-0612", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(refused.Descendants("SpecificHealthCheckupInfo"));
        Assert.Equal("TKKsiquc01res_1.xml", name);
        Assert.Equal("1", answer.Descendants("ResultCode").Single().Value);
        Assert.Equal(Person(1).Name, answer.Descendants("QualificationsInfo").Single().Element("Name")!.Value);
        Assert.Equal(
            new[] { 2025, 2024 }.Select(y => Visit(1, y).Day!.Value.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture)),
            answer.Descendants("EffectiveTime").Select(e => e.Value));
        foreach (var sent in Visit(1, 2025).Results.Where(r => r.State == Formats.Eligibility.Checkups.CheckupState.Measured && r.Value.Length > 0))
        {
            var shown = answer.Descendants("SpecificHealthCheckupInfo").First().Descendants("ItemCode").Where(i => i.Value == sent.Code).Select(i => i.Parent!.Element("DataValue")!.Value);
            Assert.Contains(sent.Value, shown);
        }

        Assert.DoesNotContain("架空町", answer.ToString(), StringComparison.Ordinal);
        Validate(answer);
    }

    [Fact]
    public async Task TKKsiquc01_Pdf_IsTheSamePaper()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        Assert.SkipWhen(world.Site.Services.GetRequiredService<IPapers>().Printer is null, "chromium がありません。");
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package([.. Enumerable.Range(2021, 5).Select(y => Visit(1, y)).Where(v => v.Day >= EligibilityWorld.Day.AddYears(-5))]));
        await world.Agrees(1);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        var (name, bytes) = await desk.Exchange("TKKsiquc01req_1.xml", Request(fileCategory: 1));

        Assert.Equal("TKKsiquc01res_1.pdf", name);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        var html = await world.Site.Services.GetRequiredService<IPapers>().Html(
            new Paper("Checkups", "特定健診情報", Wire.Classification.StrictlyConfidential, (await world.See(1)).Value), Ct);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("BMI の推移", html, StringComparison.Ordinal);
        Assert.Contains(Visit(1, 2025).Results.Single(r => r.Code == "9N011000000000001").Value, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<details class=\"disclosure\">", html, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SEKISHO_KEEP_PAPER") is { Length: > 0 } path)
        {
            await File.WriteAllBytesAsync(path, bytes, Ct);
        }
    }

    [Fact]
    public async Task TKKsiquc01_Pdf_InASiteWithoutChromium_SaysToAskForXml()
    {
        await using var world = await Start(DatabaseProvider.Sqlite, null, "Papers:Chromium=/nowhere/chromium");
        await CheckupWorld.Has(world, 1);
        await world.Agrees(1);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        var (name, bytes) = await desk.Exchange("TKKsiquc01req_1.xml", Request(fileCategory: 1));

        Assert.Equal("TKKsiquc01res_1.xml", name);
        Assert.Contains("EL-0613", Xml(bytes).ToString(), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Json_IsSignedBothWays_AndUnsignedIsRefused(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package(Visit(1, 2025)));
        await world.Agrees(1);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var query = new CheckupQuery { Card = Card(1, birth: false) };

        using var unsigned = await desk.Send("/eligibility/checkups/views", "application/json", JsonSerializer.SerializeToUtf8Bytes(query, SiteJson.Options), null);
        var view = (await desk.Ask("/eligibility/checkups/views", query)).Deserialize<CheckupView>(SiteJson.Options)!;

        Assert.False(unsigned.IsSuccessStatusCode);
        Assert.Equal(Visit(1, 2025).Day, Assert.Single(view.Visits).Day);
        Assert.NotEmpty(view.Trends);
    }

    private static byte[] Request(int fileCategory)
    {
        var person = Person(1);
        return Encoding.UTF8.GetBytes(
            $"""
            <?xml version="1.0" encoding="UTF-8" standalone="no"?>
            <XmlMsg><MessageHeader><MedicalInstitutionCode>1319999991</MedicalInstitutionCode><InsurerNumber>{person.InsurerNumber}</InsurerNumber>
            <InsuranceCardSymbol>{person.Symbol}</InsuranceCardSymbol><InsuredPersonIdentificationNumber>{person.Number}</InsuredPersonIdentificationNumber>
            <BranchNumber>{person.Branch}</BranchNumber><ArbitraryFileIdentifier>1</ArbitraryFileIdentifier></MessageHeader>
            <MessageBody><FileCategory>{fileCategory}</FileCategory><PrDiInfClassification>1</PrDiInfClassification><MedicalTreatmentFlag>1</MedicalTreatmentFlag></MessageBody></XmlMsg>
            """);
    }

    private static XDocument Xml(byte[] bytes) => XDocument.Parse(Encoding.UTF8.GetString(bytes));

    private static void Validate(XDocument answer)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new System.Xml.XmlUrlResolver() };
        schemas.Add(null, Path.Combine(Claims.Repository.Root(), "docs", "formats", "eligibility", "TKKsiquc01res.xsd"));
        answer.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
    }
}
