using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.OpenApi;

/// <summary>What the site really takes and answers is what its description says.</summary>
public sealed class TruthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_FindsWhatIsNotAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        var inquiry = description.Check.Resolve("#/components/schemas/Inquiry");
        string[] wrong =
        [
            """{"card":[]}""", """{"card":null}""", """{"card":{"insurer":1}}""", """{"card":{"birth":"1980/05/05"}}""", """{"on":""}""", """{"limitConsent":"true"}""", """{"other":1}""",
        ];

        Assert.Empty(description.Check.Faults(JsonSerializer.SerializeToElement(Ask(Entry("A1")), SiteJson.Options), inquiry));
        Assert.All(wrong, w => Assert.Single(description.Check.Faults(JsonSerializer.Deserialize<JsonElement>(w), inquiry)));
        var month = description.Check.Resolve("#/components/schemas/YearMonth");
        Assert.Equal([0, 1, 1], new[] { "\"202610\"", "\"202613\"", "202610" }.Select(m => description.Check.Faults(JsonSerializer.Deserialize<JsonElement>(m), month).Count()));
        Assert.Single(description.Check.Faults(JsonSerializer.Deserialize<JsonElement>("\"valid\""), description.Check.Resolve("#/components/schemas/Validity")));
    }

    [Fact]
    public async Task Registration_AndWhatDesksAsk_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        using var insurer = await Desk.Of(world.Site, world.First);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = With(Entry("A1", until: "2026-11-01"), c => c with { Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), null)] });

        Assert.Equal("Created", Text(await description.Post(insurer, "/eligibility/coverages", entry), "result"));
        Assert.Equal("Refused", Text(await description.Post(insurer, "/eligibility/coverages", With(entry, c => c with { Insurer = SecondNumber, Branch = "x" }) with { Id = "A2" }, 422), "result"));
        Assert.Equal(1, (await description.Post(insurer, "/eligibility/coverages/search", new RegisteredQuery { Id = "A1" })).GetArrayLength());
        await description.Post(desk, "/eligibility/references", new ReferenceEntry { Card = Ask(entry).Card, Reference = "診察券17" });
        var answer = await description.Post(desk, "/eligibility/inquiries", Ask(entry) with { LimitConsent = true });
        Assert.Equal(("Valid", "診察券17"), (Text(answer, "validity"), Text(answer, "reference")));
        Assert.Equal("NotFound", Text(await description.Post(desk, "/eligibility/inquiries", Ask(Entry("A9", number: "99"))), "validity"));
        await description.Post(desk, "/eligibility/cards/challenges", new { purpose = "Inquiry" });
        await description.Post(desk, "/eligibility/desk/patients", "text/csv", Encoding.UTF8.GetBytes("x\r\n"), 422);

        await Bulk(description, desk, entry);
        using var payer = await Desk.Of(world.Site, await world.Site.Organisation(OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1")));
        var days = await description.Post(payer, "/eligibility/responsibilities", new { card = Ask(entry).Card, days = new[] { "2026-10-31", "2026-11-01" } });
        Assert.Equal(["Covered", "NotCovered"], days.EnumerateArray().Select(d => Text(d, "standing")));
    }

    [Fact]
    public async Task CoverageFile_AndItsReport_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        using var insurer = await Desk.Of(world.Site, world.First);
        using var http = await world.Site.Client(world.First);
        const string File = "/eligibility/coverages/files/{file}";
        var line = JsonSerializer.SerializeToElement(Entry("A1"), SiteJson.Options);

        var report = await description.Post(insurer, "/eligibility/coverages/files/f1", "application/x-ndjson", Encoding.UTF8.GetBytes(line + "\n{\"id\":\"A2\"}\n"), door: File);
        Assert.Equal((1, 1), (report.GetProperty("created").GetInt32(), report.GetProperty("refused").GetInt32()));
        await description.Send(http, "GET", "/eligibility/coverages/files/f1", door: File);
        await description.Send(http, "GET", "/eligibility/coverages/files/f2", status: 404, door: File);
    }

    [Fact]
    public async Task Refusals_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        using var insurer = await Desk.Of(world.Site, world.First);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));

        Assert.Equal("PL-0102", Text(await description.Post(insurer, "/eligibility/inquiries", Ask(entry), 403), "code"));
        Assert.Equal("EL-0102", Text(await description.Post(desk, "/eligibility/inquiries", new { }, 422), "code"));
        Assert.Equal("SV-0002", Text(await description.Post(desk, "/eligibility/inquiries", "application/json", "{"u8.ToArray(), 400), "code"));
        Assert.Equal("EL-0104", Text(await description.Post(desk, "/eligibility/inquiries", "application/json", new byte[20_000], 413), "code"));
        Assert.Equal("EL-0503", Text(await description.Post(desk, "/eligibility/medicines", new { card = Ask(entry).Card }, 403), "code"));
        using var nobody = new HttpClient { BaseAddress = world.Site.People };
        Assert.Equal("PL-0101", Text(await description.Send(nobody, "POST", "/eligibility/inquiries", new { }, 401), "code"));
    }

    [Fact]
    public async Task Matches_ByAPersonOfTheCentre_AreAsDescribed_WhicheverWayTheyAreAsked()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        var old = await world.Has(Entry("A1", until: "2026-10-01"));
        await world.Has(With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-01"), c => c with { Kana = "ｾｷｼｮA1" }), world.OtherInsurer);
        using var office = world.Site.Browser(world.Office.Person);

        var proposal = (await description.Send(office, "POST", "/eligibility/matches/search", new { })).GetProperty("proposals")[0];
        var act = new { one = proposal.GetProperty("one").GetGuid(), other = proposal.GetProperty("other").GetGuid(), same = true, reason = Why };
        var link = (await description.Send(office, "POST", "/eligibility/matches", act)).GetProperty("id").GetGuid();
        Assert.Equal(1, (await description.Send(office, "POST", "/eligibility/matches/search", new { card = Ask(old).Card })).GetArrayLength());
        await description.Send(office, "POST", $"/eligibility/matches/{link}/undo", new { reason = Why }, door: "/eligibility/matches/{id}/undo");
        Assert.Equal(1, (await description.Send(office, "POST", "/eligibility/stops", new { card = Ask(old).Card, reason = Why })).GetProperty("stopped").GetInt32());
    }

    [Fact]
    public async Task Cards_TheirConsents_AndWhoLooked_AreAsDescribed()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite);
        var (world, description) = (cards.World, await Description.Of(cards.World.Site));
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var card = cards.Card();
        var entry = await world.Has(Entry("A1"));
        const string Inquiries = "/eligibility/cards/inquiries";

        var registration = new CardRegistration { Card = Ask(entry).Card, Name = entry.Coverage!.Name };
        await description.Post(desk, "/eligibility/cards/registrations", card.Show(registration, await Challenge(CardPurpose.Registration)));
        var consents = new Dictionary<ConsentKind, bool> { [ConsentKind.Medicines] = true, [ConsentKind.Checkups] = false };
        var answer = await description.Post(desk, Inquiries, card.Show(new CardInquiry { Consents = consents }, await Challenge(CardPurpose.Inquiry)));
        Assert.Equal(("Answered", "Valid"), (Text(answer, "state"), Text(answer, "validity")));
        var waiting = await description.Post(desk, Inquiries, card.Show(new CardInquiry(), null, PersonProof.Sight), 202);
        await description.Post(desk, $"{Inquiries}/{Text(waiting, "id")}/result", new CardResultAsked(), 202, Inquiries + "/{id}/result");
        var withdrawal = new { card = Ask(entry).Card, kinds = new[] { "Medicines" }, cares = new[] { "Outpatient" }, reason = "Facility" };
        await description.Post(desk, "/eligibility/consents/withdrawals", withdrawal);
        var again = new { card = Ask(entry).Card, care = "HomeVisit" };
        Assert.Equal("EL-0313", Text(await description.Post(desk, "/eligibility/reinquiries", again, 403), "code"));
        await description.Post(desk, Inquiries, card.Show(new CardInquiry { Care = CareForm.HomeVisit, Consents = consents }, await Challenge(CardPurpose.Inquiry)));
        var repeated = await description.Post(desk, "/eligibility/reinquiries", again);
        Assert.Equal(("Answered", "HomeVisit", "関所　A1"), (Text(repeated, "state"), Text(repeated, "care"), Text(repeated.GetProperty("coverages")[0], "name")));
        Assert.Equal(["EL-0313", "1"], (await world.Site.Audited(AuditKind.EligibilityInquired)).Select(a => a.Split(": ")[1].Split(' ')[0]));

        using var clerk = world.Site.Browser((await world.Site.Person(world.First, BusinessRole.EligibilityClerk)).Id);
        var log = await description.Send(clerk, "POST", "/eligibility/access-logs", new AccessLogRequest { Card = Ask(entry).Card, Reason = Why });
        Assert.NotEqual(0, log.GetProperty("accesses").GetArrayLength());

        async Task<CardChallenge> Challenge(CardPurpose purpose) =>
            (await description.Post(desk, "/eligibility/cards/challenges", new CardChallengeRequest { Purpose = purpose })).Deserialize<CardChallenge>(SiteJson.Options)!;
    }

    [Fact]
    public async Task CardRegisteredAtTheKiosk_IsAsDescribed()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite);
        var (world, description) = (cards.World, await Description.Of(cards.World.Site));
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var card = cards.Card();
        var entry = await world.Has(Entry("A1"));
        const string Registration = "/eligibility/cards/inquiries/{id}/registration";
        var kiosk = (await world.In<IKiosks, Outcome<string>>(k => k.Open(cards.Clerk, "1", null, Ct))).Value;

        var asked = card.Show(new CardInquiry { Kiosk = "1", Registers = true }, await Challenge(CardPurpose.Inquiry));
        var id = (await description.Post(desk, "/eligibility/cards/inquiries", asked, 202)).GetProperty("id").GetGuid();
        var path = $"/eligibility/cards/inquiries/{id}/registration";
        Assert.Equal("EL-0429", Text(await description.Post(desk, path, card.Show(new CardAdmission(), await Challenge(CardPurpose.Registration)), 409, Registration), "code"));
        var details = new KioskDetails { Card = Ask(entry).Card, Name = entry.Coverage!.Name };
        Assert.True((await world.In<IKiosks, Outcome<bool>>(k => k.Register(kiosk, null, id, details, Ct))).Succeeded(out _, out _));
        await description.Post(desk, path, card.Show(new CardAdmission(), await Challenge(CardPurpose.Registration)), door: Registration);

        async Task<CardChallenge> Challenge(CardPurpose purpose) =>
            (await description.Post(desk, "/eligibility/cards/challenges", new CardChallengeRequest { Purpose = purpose })).Deserialize<CardChallenge>(SiteJson.Options)!;
    }

    [Fact]
    public async Task MessageFiles_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        var entry = await world.Has(Entry("A1"));
        var request = OqsDesk.Write("OQSsiquc01req", new QualificationRequest { QualificationConfirmSearchInfo = OqsDesk.Search(entry) });
        const string Messages = "/eligibility/messages/{name}";

        await description.PostFile(desk, "/eligibility/messages/OQSsiquc01req_1.xml", request, Messages);
        await description.Post(desk, "/eligibility/messages/OQSsiquc01req_1.txt", "application/xml", request, 422, Messages);
    }

    [Fact]
    public async Task DeskFiles_AndTheCentresLists_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var office = world.Site.Browser(world.Office.Person);
        var rows = Encoding.UTF8.GetBytes("患者番号,氏名\r\n1,架空　花子\r\n,架空　太郎\r\n");

        var report = await description.Post(desk, "/eligibility/desk/patients", "text/csv", rows);
        Assert.Equal((1, 1), (report.GetProperty("created").GetInt32(), report.GetProperty("problems").GetArrayLength()));
        Assert.Equal(0, (await description.Send(office, "GET", "/eligibility/cards/authorities")).GetArrayLength());
        await description.Send(office, "POST", "/eligibility/emergencies/permits", new { facility = world.ClinicOrganisation.Id, permitted = true, reason = Why });
        Assert.Equal(1, (await description.Send(office, "GET", "/eligibility/emergencies/permits")).GetArrayLength());
    }

    [Fact]
    public async Task Tickets_AreAsDescribed()
    {
        await using var world = await TicketWorld.Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.World.Site);
        var aid = await world.Has(TicketWorld.Aid("S1"));
        using var office = await Desk.Of(world.World.Site, world.OfficeOrganisation);
        using var desk = await Desk.Of(world.World.Site, world.World.ClinicOrganisation);

        Assert.Equal("Created", Text(await description.Post(office, "/eligibility/tickets", TicketWorld.Ticket("T1", aid)), "result"));
        Assert.Equal(1, (await description.Post(office, "/eligibility/tickets/search", new TicketQuery { Id = "T1" })).GetArrayLength());
        Assert.Equal(1, (await description.Post(desk, "/eligibility/inquiries", Ask(aid))).GetProperty("tickets").GetArrayLength());
    }

    [Fact]
    public async Task Checkups_AreAsDescribed()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        await CheckupWorld.Has(world, 1);
        await world.Agrees(1);
        using var insurer = await Desk.Of(world.Site, world.First);
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);

        var package = CheckupWorld.Package(CheckupWorld.Visit(1, 2023), CheckupWorld.Visit(1, 2025));
        await description.Post(insurer, "/eligibility/checkups/packages/p1", "application/zip", package, door: "/eligibility/checkups/packages/{file}");
        var view = await description.Post(desk, "/eligibility/checkups/views", new CheckupQuery { Card = CheckupWorld.Card(1) });
        Assert.Equal(2, view.GetProperty("visits").GetArrayLength());
        var found = await description.Post(insurer, "/eligibility/checkups/search", new RegisteredCheckupsQuery { Card = CheckupWorld.Card(1) });
        Assert.Equal(2, found.GetArrayLength());
    }

    [Fact]
    public async Task Medicines_AreAsDescribed()
    {
        await using var world = await MedicinesWorld.Start(DatabaseProvider.Sqlite);
        var description = await Description.Of(world.Site);
        var entry = await world.Register(MedicinesWorld.Entry());
        await world.Passage(MedicinesWorld.Claim());
        await world.AgreeToAll(entry, world.Doctor);
        using var desk = await Desk.Of(world.Site, (await world.Site.Directory.Organisation(world.Claims.Clinic.Organisation, Ct)).Value);

        var answer = await description.Post(desk, "/eligibility/medicines", MedicinesWorld.Query(entry, "202101"));

        Assert.Equal((1, "202101"), (answer.GetProperty("drugs").GetArrayLength(), Text(answer, "from")));
        Assert.Equal(3, answer.GetProperty("services").GetArrayLength());
        Assert.True(YearMonth.TryParse(Text(answer, "until"), out _));
    }

    private static async Task Bulk(Description description, Desk desk, CoverageEntry entry)
    {
        var list = new BulkInquiry { On = Day, Rows = [new() { Card = Ask(entry).Card, Limit = new LimitHeld("01", "A01"), Identifier = "1" }, new() { Identifier = "2" }] };
        var result = await List(description, desk, "/eligibility/bulk-inquiries", list);
        Assert.Equal(["", "EL-0102"], result.GetProperty("answers").EnumerateArray().Select(a => Text(a, "code")));
        var lines = JsonSerializer.SerializeToUtf8Bytes(list.Rows[0], SiteJson.Options);
        await description.Post(desk, "/eligibility/bulk-inquiries?on=2026-10-15", "application/x-ndjson", lines, 202);

        await List(description, desk, "/eligibility/consented-inquiries", new ConsentedQuestion { From = Day, To = Day });
        Assert.True(YearMonth.TryParse("202610", out var month));
        await List(description, desk, "/eligibility/aid-inquiries", new AidQuestion { Month = month });
        var settings = await description.Post(desk, "/eligibility/facility-settings", new FacilitySettingsStated { Diagnoses = true });
        Assert.Equal(1, settings.GetProperty("version").GetInt64());
    }

    private static async Task<JsonElement> List(Description description, Desk desk, string path, object question)
    {
        var number = Text(await description.Post(desk, path, question, 202), "number");
        JsonElement result;
        do
        {
            await Task.Delay(20, Ct);
            result = await description.Post(desk, path + "/result", new { number });
        }
        while (result.GetProperty("state").GetProperty("finished").ValueKind == JsonValueKind.Null);

        return result;
    }

    private static string Text(JsonElement of, string property) => of.GetProperty(property).GetString()!;
}
