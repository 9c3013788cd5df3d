using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>YZKsiquc01 as the terminal's interface has it; every result is read by a plain XML reader and validated against the XSD in docs/.</summary>
public sealed class MedicineMessageTests
{
    private static readonly Encoding _shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SampleRequest_WithConsent_IsAnsweredWithWhatClaimsBrought(DatabaseProvider provider)
    {
        var sample = await File.ReadAllBytesAsync(Repository.Shared("data/eligibility/drug/YZKsiquc01req_022504010903123.xml"), Ct);
        await using var world = await Start(provider);
        var (desk, facility, entry) = await Facility(world);
        using var _ = desk;
        await Bring(world, entry, "1310101017", "関所診療所", Drug("620003471", 10, 28), Procedure("113001810", 13, 10), Procedure("150000110", 50, 12));

        // Without consent: a result file that says so, and what to do.
        var refused = Validated((await desk.Exchange("YZKsiquc01req_022504010903123.xml", sample)).Bytes);
        Assert.Equal("9", refused.Descendants("ResultCode").Single().Value);
        Assert.Contains("同意", refused.Descendants("MessageContents").Single().Value, StringComparison.Ordinal);
        Assert.Empty(refused.Descendants("QuaInf"));

        await Agree(world, facility, entry, ConsentKind.Medicines, ConsentKind.Diagnoses);
        var (name, bytes) = await desk.Exchange("YZKsiquc01req_022504010903123.xml", sample);
        Assert.Equal("YZKsiquc01res_022504010903123.xml", name);
        var result = Validated(bytes);
        Assert.Equal(("1", "123", "関所　Y1", "19800505"), (Value(result, "ResultCode"), Value(result, "ArbitraryFileIdentifier"), Value(result, "Name"), Value(result, "Birth")));
        var month = Assert.Single(result.Descendants("MeTrMonthInf"));
        Assert.Equal(
            ("1310101017", "関所診療所", "202502", "2"),
            (Value(month, "MeTrDiHCd"), Value(month, "MeTrDiHNm"), Value(month, "MeTrMonth"), Value(month, "InOut")));
        var drug = Assert.Single(month.Descendants("DrugInf"));
        Assert.Equal(("620003471", "1", "28", "21"), (Value(drug, "DrugC"), Value(drug, "Qua1"), Value(drug, "Times"), Value(drug, "MeTrIdCl")));
        Assert.Equal("20250210", drug.Ancestors("DiDateInf").Single().Element("DiDate")!.Value);
        Assert.Equal("113001810", Assert.Single(month.Descendants("SinInfCd")).Value);

        // 電子処方箋 is not here: its sections stand there without anything in them.
        Assert.Empty(result.Descendants("ShPrInf").Single().Elements());
        Assert.Empty(result.Descendants("CzDiInf").Single().Elements());
        Assert.Contains(await world.Site.Audited(AuditKind.MedicinesViewed), r => r.EndsWith($"Medicines・Diagnoses {desk.LastSignature}", StringComparison.Ordinal));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Months_CareFormAndInstitution_AreObeyed(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var (desk, facility, entry) = await Facility(world);
        using var _ = desk;
        await Bring(world, entry, "1310101017", "関所診療所", Drug("620003471", 10, 28));
        await Agree(world, facility, entry, ConsentKind.Medicines);
        Assert.Single(await Ask(desk, Request("202502", "202502"), "DrugInf"));
        Assert.Empty(await Ask(desk, Request("202503", "202504"), "DrugInf"));
        Assert.Equal("9", Assert.Single(await Ask(desk, Request("202504", "202503"), "ResultCode")).Value);
        Assert.Equal("9", Assert.Single(await Ask(desk, Request("202502", "202502", care: 2), "ResultCode")).Value);
        Assert.Contains("EL-0304", Assert.Single(await Ask(desk, Request("202502", "202502", institution: "1319999998"), "MessageContents")).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PdfRequest_IsAnsweredByThePaper_OrByAFileThatSaysWhyNot()
    {
        var sample = await File.ReadAllBytesAsync(Repository.Shared("data/eligibility/drug/YZKsiquc01req_012504010903123_pdf.xml"), Ct);
        await using var world = await Start(DatabaseProvider.Sqlite);
        Assert.SkipWhen(world.Site.Services.GetRequiredService<Contracts.Papers.IPapers>().Printer is null, "chromium がありません。");
        var (desk, facility, entry) = await Facility(world);
        using var _ = desk;
        await Bring(world, entry, "1310101017", "関所診療所", Drug("620003471", 10, 28));
        Assert.EndsWith(".xml", (await desk.Exchange("YZKsiquc01req_1.xml", sample)).Name, StringComparison.Ordinal);
        await Agree(world, facility, entry, ConsentKind.Medicines);
        var (name, bytes) = await desk.Exchange("YZKsiquc01req_1.xml", sample);
        Assert.Equal("YZKsiquc01res_1.pdf", name);
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PdfRequest_WithoutAPrinter_SaysSoOnlyToWhoMaySee_AndIsRecorded()
    {
        await using var world = await EligibilityWorld.Start(DatabaseProvider.Sqlite, null, "Papers:Chromium=/nowhere/chromium");
        var (desk, facility, entry) = await Facility(world);
        using var _ = desk;
        var pdf = Request("202502", "202502", category: 1);
        Assert.Contains("EL-0503", Assert.Single(await Ask(desk, pdf, "MessageContents")).Value, StringComparison.Ordinal);
        await Agree(world, facility, entry, ConsentKind.Medicines);
        Assert.Contains("EL-0504", Assert.Single(await Ask(desk, pdf, "MessageContents")).Value, StringComparison.Ordinal);
        Assert.Equal(["EL-0503", "EL-0504"], (await world.Site.Audited(AuditKind.MedicinesViewed)).Select(a => a.Split(": ")[1]));
    }

    private static async Task<(Desk Desk, OrganisationId Facility, CoverageEntry Entry)> Facility(EligibilityWorld world)
    {
        var organisation = await world.Site.Organisation("架空医院", OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1319999999"));
        await world.Site.Uses(organisation.Id, FacilityUses.Switched);
        var entry = await world.Has(With(Entry("Y1", number: "4567"), c => c with { Symbol = "123" }));
        return (await Desk.Of(world.Site, organisation), organisation.Id, entry);
    }

    private static ClaimService Drug(string code, int day, int days) => new(ServiceKind.Drug, 21, code, 1, days, [(day, days)]);

    private static ClaimService Procedure(string code, int section, int day) => new(ServiceKind.Procedure, section, code, null, 1, [(day, 1)]);

    private static async Task Bring(EligibilityWorld world, CoverageEntry entry, string institution, string name, params ClaimService[] services)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<GivenStore>().Keep(
            "受付1", 1, YearMonth.Of(new DateOnly(2025, 2, 1)), EligibilityWorld.Ask(entry).Card, new Given(institution, name, false, services), Ct);
        await session.Commit(Ct);
    }

    private static async Task Agree(EligibilityWorld world, OrganisationId facility, CoverageEntry entry, params ConsentKind[] kinds)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var member = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(EligibilityWorld.Ask(entry).Card, Ct)).Value;
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var at = TimeProvider.System.Now();
        foreach (var kind in kinds)
        {
            await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Consents.Consents>().Give(
                new Modules.Eligibility.Consents.Consent(Guid.CreateVersion7(), member.Person, facility, kind, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Face, Guid.CreateVersion7()), Ct);
        }

        await session.Commit(Ct);
    }

    private static async Task<List<XElement>> Ask(Desk desk, byte[] request, string element) =>
        [.. Validated((await desk.Exchange("YZKsiquc01req_1.xml", request)).Bytes).Descendants(element)];

    private static byte[] Request(string from, string until, int care = 1, string institution = "1319999999", int category = 2) => _shiftJis.GetBytes(
        $"""
        <?xml version="1.0" encoding="Shift_JIS" standalone="no"?>
        <XmlMsg>
          <MessageHeader>
            <MedicalInstitutionCode>{institution}</MedicalInstitutionCode>
            <InsurerNumber>06139999</InsurerNumber>
            <InsuranceCardSymbol>１２３</InsuranceCardSymbol>
            <InsuredPersonIdentificationNumber>４５６７</InsuredPersonIdentificationNumber>
            <BranchNumber>01</BranchNumber>
          </MessageHeader>
          <MessageBody><StartDate>{from}</StartDate><EndDate>{until}</EndDate><FileCategory>{category}</FileCategory><MedicalTreatmentFlag>{care}</MedicalTreatmentFlag></MessageBody>
        </XmlMsg>
        """);

    private static XDocument Validated(byte[] bytes)
    {
        var document = XDocument.Parse(_shiftJis.GetString(bytes));
        var schemas = new XmlSchemaSet { XmlResolver = new System.Xml.XmlUrlResolver() };
        schemas.Add(null, Path.Combine(Repository.Root(), "docs/formats/eligibility/YZKsiquc01res.xsd"));
        document.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
        return document;
    }

    private static string Value(XContainer of, string element) => of.Descendants(element).First().Value;
}
