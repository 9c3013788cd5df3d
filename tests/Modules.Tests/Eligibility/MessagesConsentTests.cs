using System.Xml.Linq;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;
using Cancelled = Sekisho.Formats.Eligibility.ConsentKind;
using ConsentKind = Sekisho.Contracts.Eligibility.ConsentKind;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What a consent in force lets a facility ask without the card, by the files of the interface.</summary>
public sealed class MessagesConsentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Visit_IsAskedAgainWithoutTheCard_UntilTheConsentIsCancelled(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(With(Entry("A1"), c => c with { Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), null)] }));

        var before = await desk.Send("OQSsihvq01req", Request("OQSsihvq01req", entry));
        Assert.Equal(("9", "SEKISHO-EL-0313"), (before.Header("SegmentOfResult"), before.Header("ErrorCode")));
        await Give(world, world.Clinic, entry, ConsentKind.Medicines, CareForm.HomeVisit);
        await Give(world, world.Pharmacy, entry, ConsentKind.Limits, CareForm.HomeVisit);

        var result = await desk.Send("OQSsihvq01req", Request("OQSsihvq01req", entry));
        var found = Assert.Single(result.Descendants("ResultOfQualificationConfirmation"));
        Assert.Equal(("1", "関所　A1", "1", "0"), (
            result.Body("QualificationValidity"), found.Text("Name"), found.Text("PharmacistsInfoConsFlg"), found.Text("LimitApplicationCertificateRelatedConsFlg")));
        Assert.Empty(result.Descendants("LimitApplicationCertificateRelatedInfo"));
        Assert.Equal("SEKISHO-EL-0313", (await desk.Send("OQSsionq01req", Request("OQSsionq01req", entry))).Header("ErrorCode"));

        var cancelled = await desk.Send("OQSsihvd01req", OqsDesk.Write("OQSsihvd01req", new ConsentCancellation
        {
            QualificationConfirmSearchInfo = OqsDesk.Search(entry) with { ArbitraryIdentifier = "" },
            ConsentCancelInfo = new ConsentCancelInfo { MedicalInfoType = [Cancelled.薬剤] },
        }));
        Assert.Equal(("1", "1"), (cancelled.Header("SegmentOfResult"), cancelled.Body("ProcessingResultStatus")));
        Assert.Equal("SEKISHO-EL-0313", (await desk.Send("OQSsihvq01req", Request("OQSsihvq01req", entry))).Header("ErrorCode"));
        Assert.Equal([false, true, false, false], (await world.Site.Audited(AuditKind.EligibilityInquired)).Select(a => a.Contains(": 1 ", StringComparison.Ordinal)));
        Assert.NotEmpty(await world.Site.Audited(AuditKind.ConsentChanged));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EverybodyWhoConsented_IsFetchedByDay_ByThisFacilityOnly(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var (one, two) = (await world.Has(Entry("A1")), await world.Has(Entry("A2", number: "2")));
        var elsewhere = await world.Has(Entry("A3", number: "3"));
        await Give(world, world.Clinic, one, ConsentKind.Medicines, CareForm.HomeVisit);
        await Give(world, world.Clinic, one, ConsentKind.Checkups, CareForm.HomeVisit);
        await Give(world, world.Clinic, two, ConsentKind.Medicines, CareForm.Online);
        await Give(world, world.Pharmacy, elsewhere, ConsentKind.Medicines, CareForm.HomeVisit);
        var today = TimeProvider.System.GetUtcNow().DayInJapan();

        Assert.Equal(["関所　A1"], Names(await desk.Bulk("OQSmuhvq", Span("OQSmuhvq01req", MedicalTreatmentKind.訪問診療等, today))));
        Assert.Equal(["関所　A2"], Names(await desk.Bulk("OQSmuonq", Span("OQSmuonq01req", MedicalTreatmentKind.オンライン診療等, today))));
        var none = await desk.Bulk("OQSmuhvq", Span("OQSmuhvq01req", MedicalTreatmentKind.訪問診療等, today.AddDays(-40)));
        Assert.Equal(("1", "0"), (none.Header("SegmentOfResult"), none.Header("NumberOfProcessingResult")));
        Assert.Equal("SEKISHO-EL-0314", (await desk.Send("OQSmuhvq01req", Span("OQSmuhvq01req", MedicalTreatmentKind.オンライン診療等, today))).Header("ErrorCode"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task WhoTookTheConsentBack_IsInNoListAnyMore_AskedForAgainOrFetchedAgain(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var (one, two) = (await world.Has(Entry("A1")), await world.Has(Entry("A2", number: "2")));
        await Give(world, world.Clinic, one, ConsentKind.Medicines, CareForm.HomeVisit);
        await Give(world, world.Clinic, two, ConsentKind.Medicines, CareForm.HomeVisit);
        var today = TimeProvider.System.GetUtcNow().DayInJapan();
        var span = Span("OQSmuhvq01req", MedicalTreatmentKind.訪問診療等, today);
        var number = await desk.Number("OQSmuhvq", span);
        Assert.Equal(["関所　A1", "関所　A2"], Names(await desk.Fetch("OQSmuhvq", number)).Order());

        await desk.Ask("/eligibility/consents/withdrawals", new { card = Ask(two).Card, kinds = new[] { "Medicines" }, cares = new[] { "HomeVisit" }, reason = "Person" });

        var again = await desk.Fetch("OQSmuhvq", number);
        Assert.Equal(["関所　A1"], Names(again));
        Assert.Equal(("2", "1", "1"), (again.Header("NumberOfProcessingResult"), again.Header("NumberOfNormalProcessing"), again.Header("NumberOfError")));
        Assert.Contains("SEKISHO-EL-0313", again.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(number, await desk.Number("OQSmuhvq", span));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EverybodyWhoConsented_IsFetchedAsJsonToo(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var (one, two) = (await world.Has(Entry("A1")), await world.Has(Entry("A2", number: "2")));
        await Give(world, world.Clinic, one, ConsentKind.Medicines, CareForm.HomeVisit);
        await Give(world, world.Clinic, two, ConsentKind.Medicines, CareForm.Online);
        var today = TimeProvider.System.GetUtcNow().DayInJapan();

        foreach (var (care, name) in new[] { (CareForm.HomeVisit, "関所　A1"), (CareForm.Online, "関所　A2") })
        {
            var taken = await desk.Ask("/eligibility/consented-inquiries", new ConsentedQuestion { Care = care, From = today.AddDays(-1), To = today });
            var found = await BulkJsonTests.Fetch<ConsentedAnswer>(desk, "/eligibility/consented-inquiries/result", taken.GetProperty("number").GetString()!);
            Assert.Equal(name, Assert.Single(Assert.Single(found.Answers).Answer!.Coverages).Name);
        }

        await desk.Refused("/eligibility/consented-inquiries", new ConsentedQuestion { Care = CareForm.Outpatient, From = today, To = today }, "EL-0314");
        await desk.Refused("/eligibility/consented-inquiries", new ConsentedQuestion { From = today.AddDays(-31), To = today }, "EL-0314");
        await desk.Refused("/eligibility/consented-inquiries/result", new { number = "20261015000000000000" }, "EL-0309");
    }

    private static byte[] Request(string message, CoverageEntry entry) => OqsDesk.Write(
        message,
        new QualificationRequest { QualificationConfirmSearchInfo = OqsDesk.Search(entry) },
        header: new OqsHeader { QualificationConfirmationDate = Day, MedicalInstitutionCode = OqsDesk.Institution });

    private static byte[] Span(string message, MedicalTreatmentKind care, DateOnly day) => OqsDesk.Write(message, new QualificationRequest
    {
        QualificationConfirmSearchInfo = new QualificationConfirmSearchInfo { ConsentDateFrom = day.AddDays(-1), ConsentDateTo = day, MedicalTreatmentFlag = care },
    });

    private static IEnumerable<string> Names(XElement result) => result.Descendants("ResultOfQualificationConfirmation").Select(r => r.Text("Name"));

    private static Task<int> Give(EligibilityWorld world, Actor facility, CoverageEntry entry, ConsentKind kind, CareForm care) => world.In<IServiceProvider, int>(async services =>
    {
        var session = (DbSession)services.GetService(typeof(DbSession))!;
        await session.Write(Ct);
        var member = (await ((MemberOf)services.GetService(typeof(MemberOf))!).Find(Ask(entry).Card, Ct)).Value;
        var now = TimeProvider.System.GetUtcNow();
        await ((Consents)services.GetService(typeof(Consents))!).Give(
            new Consent(Guid.NewGuid(), member.Person, facility.Organisation, kind, care, now, care == CareForm.Online ? now.AddHours(24) : null, PersonProof.Pin, Guid.NewGuid()), Ct);
        await session.Commit(Ct);
        return 0;
    });
}
