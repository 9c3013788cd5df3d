using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Tests.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.OpenApi;

/// <summary>The doors that a person opens, those of the night and of cards' lives, and how every door says no, as described.</summary>
public sealed class TruthOfPeopleTests
{
    private const string Inquiries = "/eligibility/cards/inquiries";
    private const string Emergencies = "/eligibility/emergencies";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emergencies_OpenedListedReadAndReviewed_AreAsDescribed()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite);
        var (world, description) = (cards.World, await Description.Of(cards.World.Site));
        var entry = await world.Has(With(Entry("A1"), c => c with { Limits = [new("01", "A03", null, new(2026, 8, 1), new(2027, 7, 31), null)] }));
        using var office = world.Site.Browser(world.Office.Person);
        using var doctor = world.Site.Browser((await EmergencyTests.Doctor(world, world.ClinicOrganisation, cards.Clock.GetUtcNow())).Person);
        using var reviewer = world.Site.Browser((await world.Site.Person(world.ClinicOrganisation, GovernanceRole.SystemAdministrator)).Id);
        var asked = new EmergencyRequest { Card = Ask(entry).Card, Reason = "意識がなく同意を得られない", Code = EmergencyTests.Now(cards.Clock.GetUtcNow()) };

        Assert.Equal("EL-0451", Text(await description.Send(doctor, "POST", Emergencies, asked, 403), "code"));
        await description.Send(office, "POST", Emergencies + "/permits", new { facility = world.ClinicOrganisation.Id, permitted = true, reason = Why });
        var opened = await description.Send(doctor, "POST", Emergencies, asked);
        Assert.Equal(("関所　A1", 2), (Text(opened.GetProperty("coverage"), "name"), opened.GetProperty("kinds").GetArrayLength()));
        var waiting = (await description.Send(reviewer, "POST", Emergencies + "/search"))[0];
        var id = Text(waiting, "id");
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("reviewed").ValueKind);
        Assert.Equal(asked.Reason, Text(await description.Send(reviewer, "POST", $"{Emergencies}/{id}/read", door: Emergencies + "/{id}/read"), "reason"));
        var review = new { verdict = "Proper", note = "搬送の記録と合っている" };
        Assert.Equal(id, Text(await description.Send(reviewer, "POST", $"{Emergencies}/{id}/review", review, door: Emergencies + "/{id}/review"), "id"));
        await description.Send(reviewer, "POST", $"{Emergencies}/{Guid.CreateVersion7()}/read", status: 404, door: Emergencies + "/{id}/read");
        var read = await description.Send(reviewer, "POST", $"{Emergencies}/{id}/read", door: Emergencies + "/{id}/read");
        Assert.Equal(("Proper", "搬送の記録と合っている"), (Text(read.GetProperty("summary"), "verdict"), Text(read, "note")));
    }

    [Fact]
    public async Task Appointments_AndTheRunOverThem_AreAsDescribed()
    {
        await using var world = await ReceptionWorld.Start(DatabaseProvider.Sqlite);
        var (site, description) = (world.Registry.Site, await Description.Of(world.Registry.Site));
        var entry = await world.Registry.Has(Entry("A1"));
        using var desk = await Desk.Of(site, world.Registry.ClinicOrganisation);
        using var clerk = site.Browser(world.Clerk.Person);
        var rows = Encoding.UTF8.GetBytes(string.Join("\r\n", ReceptionWorld.Header, ReceptionWorld.Row("1", entry.Coverage!, name: "別人　花子", time: "0900"), "2,,,,,,,,,,,,,25:00") + "\r\n");

        var report = await description.Post(desk, "/eligibility/desk/appointments?day=2026-10-16", "text/csv", rows);
        Assert.Equal(1, report.GetProperty("problems").GetArrayLength());
        var run = Text(await description.Send(clerk, "POST", "/eligibility/desk/runs", new { day = "2026-10-16" }), "id");
        await world.Ended(world.Clerk, Guid.Parse(run));
        var ended = await description.Send(clerk, "GET", $"/eligibility/desk/runs/{run}", door: "/eligibility/desk/runs/{id}");
        Assert.Equal(1, ended.GetProperty("lines").GetArrayLength());
        await description.Send(clerk, "GET", $"/eligibility/desk/runs/{Guid.CreateVersion7()}", status: 404, door: "/eligibility/desk/runs/{id}");
        await description.Send(clerk, "POST", "/eligibility/desk/runs", new { day = "2026-12-01" }, 409);
    }

    [Fact]
    public async Task CardsRenewedLostAndVouchedFor_AreAsDescribed()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite);
        var (world, description) = (cards.World, await Description.Of(cards.World.Site));
        var (entry, card) = await cards.Holder("A1");
        using var old = card;
        using var renewed = cards.Card();
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var clerk = world.Site.Browser(cards.Clerk.Person);
        using var office = world.Site.Browser(world.Office.Person);
        using var administrator = world.Site.Browser((await world.Site.Person(world.ClinicOrganisation, GovernanceRole.SystemAdministrator)).Id);

        // 目視: a passcode, and somebody who vouches with it.
        var passcode = Text(await description.Send(administrator, "POST", "/eligibility/cards/passcode"), "passcode");
        var waiting = Text(await description.Post(desk, Inquiries, card.Show(new CardInquiry(), null, PersonProof.Sight), 202), "id");
        var (vouch, door) = ($"{Inquiries}/{waiting}/vouch", Inquiries + "/{id}/vouch");
        await description.Send(clerk, "POST", vouch, new { passcode = passcode == "00000000" ? "11111111" : "00000000" }, 422, door);
        await description.Send(clerk, "POST", $"{Inquiries}/{Guid.CreateVersion7()}/vouch", new { passcode }, 404, door);
        Assert.Equal("Answered", Text(await description.Send(clerk, "POST", vouch, new { passcode }, door: door), "state"));
        await description.Post(desk, $"{Inquiries}/{waiting}/result", new CardResultAsked(), 200, Inquiries + "/{id}/result");

        // 新旧シリアル番号の引継ぎ.
        var id = cards.Authority.Id;
        var file = Encoding.UTF8.GetBytes($"旧発行者,旧シリアル番号,新発行者,新シリアル番号\n{id},{card.Serial},{id},{renewed.Serial}\nx,1,{id},2\n{id},00FFFF,{id},00FFFE\n");
        var report = await description.Send(office, "/eligibility/cards/renewals", "text/csv", file);
        Assert.Equal((1, 1, 1), (report.GetProperty("carried").GetInt32(), report.GetProperty("unknown").GetInt32(), report.GetProperty("problems").GetArrayLength()));
        Assert.Equal("EL-0423", Text(await description.Send(office, "/eligibility/cards/renewals", "text/csv", "a,b\n"u8.ToArray(), 422), "code"));

        // Unregistered by the card, registered again, lost.
        var registration = new CardRegistration { Card = Ask(entry).Card, Name = entry.Coverage!.Name };
        var challenge = await description.Post(desk, "/eligibility/cards/challenges", new CardChallengeRequest { Purpose = CardPurpose.Unregistration });
        await description.Post(desk, "/eligibility/cards/unregistrations", renewed.Show(registration, challenge.Deserialize<CardChallenge>(SiteJson.Options)!));
        var lost = new LostCardNotice { Card = Ask(entry).Card, Reason = Why };
        Assert.False((await description.Send(office, "POST", "/eligibility/cards/losses", lost)).GetProperty("found").GetBoolean());
    }

    [Fact]
    public async Task FilesAndWithdrawals_OfRegistrars_AreAsDescribed()
    {
        await using var world = await TicketWorld.Start(DatabaseProvider.Sqlite);
        var (site, description) = (world.World.Site, await Description.Of(world.World.Site));
        var aid = await world.Has(TicketWorld.Aid("S1"));
        using var office = await Desk.Of(site, world.OfficeOrganisation);
        using var http = await site.Client(world.OfficeOrganisation);
        const string Tickets = "/eligibility/tickets/files/{file}";
        var lines = JsonSerializer.SerializeToUtf8Bytes(TicketWorld.Ticket("T1", aid), SiteJson.Options);
        var report = await description.Post(office, "/eligibility/tickets/files/t1", "application/x-ndjson", [.. lines, .. "\n{\"id\":\"T2\"}\n"u8], door: Tickets);
        Assert.Equal((1, 1), (report.GetProperty("created").GetInt32(), report.GetProperty("refused").GetInt32()));
        await description.Send(http, "GET", "/eligibility/tickets/files/t1", door: Tickets);
        await description.Send(http, "GET", "/eligibility/tickets/files/t2", status: 404, door: Tickets);
        Assert.Equal("Refused", Text(await description.Post(office, "/eligibility/tickets", TicketWorld.Ticket("T3", aid) with { Recipient = null }, 422), "result"));

        await CheckupWorld.Has(world.World, 1);
        const string Packages = "/eligibility/checkups/packages/{file}";
        using var insurer = await Desk.Of(site, world.World.First);
        using var reader = await site.Client(world.World.First);
        await description.Post(insurer, "/eligibility/checkups/packages/p1", "application/zip", CheckupWorld.Package(CheckupWorld.Visit(1, 2025), CheckupWorld.Visit(2, 2025)), door: Packages);
        Assert.Equal(1, (await description.Send(reader, "GET", "/eligibility/checkups/packages/p1", door: Packages)).GetProperty("refused").GetInt32());
        await description.Send(reader, "GET", "/eligibility/checkups/packages/p2", status: 404, door: Packages);
        var visit = CheckupWorld.Visit(1, 2025);
        var name = new CheckupName { Card = CheckupWorld.Card(1), Institution = visit.Performer.Code, Day = visit.Day!.Value };
        var withdrawn = await description.Post(insurer, "/eligibility/checkups/withdrawals", new { checkup = name, reason = Why });
        Assert.NotEqual(JsonValueKind.Null, withdrawn.GetProperty("knownUntil").ValueKind);
    }

    [Fact]
    public async Task TooMany_NotNow_AndWhatTheDoorDoesNotTake_AreSaidAsDescribed()
    {
        await using var cards = await CardWorld.Start(DatabaseProvider.Sqlite, "Limits:Reads=4", "Limits:Body=50000");
        var (world, description) = (cards.World, await Description.Of(cards.World.Site));
        using var card = cards.Card();
        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        using var clerk = world.Site.Browser(cards.Clerk.Person);
        using var administrator = world.Site.Browser((await world.Site.Person(world.ClinicOrganisation, GovernanceRole.SystemAdministrator)).Id);

        // 429 of a door's own: the passcode was guessed.
        await description.Send(administrator, "POST", "/eligibility/cards/passcode");
        Assert.Equal("", await cards.Register(card, await world.Has(Entry("A1"))));
        var waiting = Text(await description.Post(desk, Inquiries, card.Show(new CardInquiry(), null, PersonProof.Sight), 202), "id");
        for (var guess = 0; guess < 5; guess++)
        {
            await description.Send(clerk, "POST", $"{Inquiries}/{waiting}/vouch", new { passcode = "1234567x" }, guess < 4 ? 422 : 429, Inquiries + "/{id}/vouch");
        }

        // 503: nobody can tell whether the certificate was revoked.
        await cards.Republish(TimeSpan.FromMinutes(-1));
        var challenge = await description.Post(desk, "/eligibility/cards/challenges", new CardChallengeRequest { Purpose = CardPurpose.Inquiry });
        Assert.Equal("EL-0408", Text(await description.Post(desk, Inquiries, card.Show(new CardInquiry(), challenge.Deserialize<CardChallenge>(SiteJson.Options)!), 503), "code"));

        // 413 before any door: the site reads no more.
        Assert.Equal("SV-0004", Text(await description.Send(clerk, "/eligibility/desk/runs", "application/json", Encoding.UTF8.GetBytes(new string(' ', 60_000)), 413), "code"));

        // What is not JSON, whatever it calls itself.
        Assert.Equal(400, (await description.Send(clerk, "/eligibility/desk/runs", "application/json", "day=2026-10-16"u8.ToArray(), 400)).GetProperty("status").GetInt32());

        // 429 of the site: too many reads of one organisation.
        var statuses = new HashSet<int>();
        for (var read = 0; read < 100 && !statuses.Contains(429); read++)
        {
            using var again = await clerk.GetAsync(new Uri($"/eligibility/desk/runs/{Guid.CreateVersion7()}", UriKind.Relative), Ct);
            statuses.Add((int)again.StatusCode);
            var said = await description.Answered("get", "/eligibility/desk/runs/{id}", again, (int)again.StatusCode);
            Assert.True(statuses.IsSubsetOf([404, 429]) && (!statuses.Contains(429) || Text(said, "code") == "SV-0007"), said.ToString());
        }

        Assert.Contains(429, statuses);
    }

    private static string Text(JsonElement of, string property) => of.GetProperty(property).GetString()!;
}
