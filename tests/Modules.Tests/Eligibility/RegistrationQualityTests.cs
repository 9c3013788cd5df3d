using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>How well an insurer registers, who looked at its people, and what a person is told of that.</summary>
public sealed class RegistrationQualityTests
{
    private static readonly DateOnly _today = Day;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Lags_AreCountedByDays_AndTheLatestListedFirst(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        foreach (var (id, days) in new[] { ("L0", 0), ("L5", 5), ("L6", 6), ("L40", 40) })
        {
            await world.Register(Entry(id, number: id) with { Notified = _today.AddDays(-days) });
        }

        await world.Register(With(Entry("L6", number: "L6"), c => c with { Address = "架空市" }) with { Notified = _today.AddDays(-6) });
        var state = await State(world);
        Assert.Equal([(0, 1L), (5, 1L), (6, 1L), (40, 1L)], state.Lags.Select(l => (l.Days, l.Count)));
        Assert.Equal(2, Count(state, "EL-0217"));
        Assert.Equal([("L40", 40L), ("L6", 6L)], (await Noticed(world, "EL-0217")).Select(r => (r.Id, r.Days)));
        Assert.Equal("notices: EL-0217 2", Assert.Single(await world.Site.Audited(AuditKind.RegistrationRead)));

        // Another insurer's are another's, and a period without any has none.
        Assert.Empty((await State(world, world.OtherInsurer)).Lags);
        Assert.Empty(await Noticed(world, "EL-0217", world.OtherInsurer));
        Assert.Empty((await State(world, from: _today.AddDays(-9), until: _today.AddDays(-1))).Lags);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Notices_StandUntilTheRowOrItsNeighbourIsPutRight(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await world.Register(Entry("T1", number: "1", branch: ""));
        await world.Register(Entry("T2", number: "1", branch: "02"));
        await world.Register(Entry("B1", number: "2"));
        await world.Register(With(Entry("B2", number: "2"), c => c with { Birth = new(1999, 1, 1) }));
        await world.Register(Entry("O1", number: "3") with { Member = "M" });
        await world.Register(Entry("O2", number: "4", from: "2026-01-01") with { Member = "M" });
        await world.Register(With(Entry("N1", number: "5"), c => c with { Name = "関所　●子" }));
        var state = await State(world);
        Assert.Equal([1L, 1L, 1L, 1L], new[] { "EL-0214", "EL-0215", "EL-0216", "EL-0714" }.Select(c => Count(state, c)));
        Assert.Equal("T2", Assert.Single(await Noticed(world, "EL-0215")).Id);

        // The row itself is corrected; the neighbour is.
        await world.Register(Entry("N1", number: "5"));
        await world.Register(Entry("T1", number: "1", branch: "01"));
        await world.Register(Entry("O1", number: "3", until: "2026-01-01") with { Member = "M" });
        Assert.Equal(EntryResult.Withdrawn, (await world.Register(new CoverageEntry { Id = "B2", Act = EntryAct.Withdraw })).Result);
        foreach (var code in new[] { "EL-0214", "EL-0215", "EL-0216", "EL-0714", "unknown" })
        {
            Assert.Empty(await Noticed(world, code));
        }

        Assert.All((await State(world)).Notices, n => Assert.Equal(0, n.Count));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task StoppedPersons_AreListedUntilCorrected(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("S1"));
        Assert.Equal(1, (await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, Ask(entry).Card, Why, Ct))).Value);
        Assert.Equal(1, Count(await State(world), "EL-0218"));
        Assert.Equal("S1", Assert.Single(await Noticed(world, "EL-0218")).Id);
        Assert.Empty(await Noticed(world, "EL-0218", world.OtherInsurer));
        await world.Register(With(entry, c => c with { Name = "関所　訂正" }));
        Assert.Empty(await Noticed(world, "EL-0218"));
    }

    [Fact]
    public async Task MaskedNames_BeyondTheFirstPage_AreReached()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        for (var i = 1; i <= 203; i++)
        {
            await world.Register(With(Entry("M" + i, number: (1000 + i).ToString(System.Globalization.CultureInfo.InvariantCulture)), c => c with { Name = "関所　●" }));
        }

        var first = await Noticed(world, "EL-0714");
        var rest = await Noticed(world, "EL-0714", skip: first.Count);
        Assert.Equal((200, 3, 203), (first.Count, rest.Count, first.Concat(rest).Select(r => r.Id).Distinct().Count()));
        using var clerk = world.Site.Browser((await world.Site.Person(world.First, BusinessRole.EligibilityClerk)).Id);
        var (_, page) = await PageForms.Get(clerk, "/eligibility/registration?notice=EL-0714");
        Assert.Contains("1〜200件目", page, StringComparison.Ordinal);
        Assert.Contains("after=200", page, StringComparison.Ordinal);
        (_, page) = await PageForms.Get(clerk, "/eligibility/registration?notice=EL-0714&after=200");
        Assert.Contains("201〜203件目", page, StringComparison.Ordinal);
        Assert.DoesNotContain("after=203", page, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Looks_AreCountedByFacilityAndDay_ButNoneAtAProtectedPerson(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1", number: "1"));
        var flagged = Entry("A2", number: "2") with { NonDisclosure = true };
        await world.Register(flagged);
        var listed = await world.Has(With(Entry("A3", number: "3"), c => c with { Address = "", PostalCode = "" }));
        Assert.True((await world.Protect(new DataSubject { Insurer = FirstNumber, Symbol = "１２－３", Number = "3", Branch = "01", Birth = "19800505" })).Succeeded(out _, out _));
        foreach (var (asked, by) in new[] { (entry, world.Clinic), (entry, world.Clinic), (entry, world.Pharmacy), (flagged, world.Clinic), (listed, world.Pharmacy) })
        {
            Assert.Equal(1, (await world.Answer(Ask(asked), by)).Code);
        }

        Assert.Equal(4, (await world.Answer(Ask(Entry("X", number: "9")))).Code);
        var looks = (await State(world)).Looks;
        Assert.Equal([(world.ClinicOrganisation.Name, 2L), (world.PharmacyOrganisation.Name, 1L)], looks.Select(l => (l.FacilityName, l.Count)));
        Assert.All(looks, l => Assert.Equal(Day, l.Day));
        await world.Answer(Ask(entry));
        Assert.Equal(3, (await State(world)).Looks[0].Count);
        Assert.Empty((await State(world, world.OtherInsurer)).Looks);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task AccessLog_TellsWhoLookedAndWhat_ToTheOwnInsurerWithAReasonOnly(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        var family = await world.Has(Entry("A2", branch: "02"));
        await world.Answer(Ask(entry));
        await world.Answer(Ask(entry, new(2026, 10, 1)), world.Pharmacy);
        await world.Answer(Ask(family));
        var log = (await HandOut(world, entry)).Value;
        Assert.Equal("関所　A1", log.Name);
        Assert.Equal(
            [(AuditKind.EligibilityInquired, world.PharmacyOrganisation.Name, "1"), (AuditKind.EligibilityInquired, world.ClinicOrganisation.Name, "1"), (AuditKind.CoverageRegistered, world.First.Name, "Created")],
            log.Accesses.Select(a => (a.Kind, a.OrganisationName, a.Result)));
        Assert.Equal("insurer: 3", Assert.Single(await world.Site.Audited(AuditKind.AccessLogRead)));

        // That the log was handed out is an access, too.
        Assert.Equal(AuditKind.AccessLogRead, (await HandOut(world, entry)).Value.Accesses[0].Kind);

        Assert.Equal("EL-0713", (await HandOut(world, entry, reason: " ")).Refusal.Code);
        Assert.Equal("EL-0121", (await HandOut(world, entry, As(world.Second, Permission.HandOutAccessLog))).Refusal.Code);
        Assert.Equal("EL-0712", (await HandOut(world, entry, world.Clinic)).Refusal.Code);
        Assert.Equal("EL-0122", (await HandOut(world, With(entry, c => c with { Branch = "" }))).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task AccessLog_OfAProtectedPerson_IsAsIfNobodyHadLooked(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var listed = await world.Has(Entry("A1", number: "1"));
        var flagged = Entry("A2", number: "2") with { NoSelfDisclosure = true };
        await world.Register(flagged);
        await world.Answer(Ask(listed));
        await world.Answer(Ask(flagged));
        Assert.NotEmpty((await HandOut(world, listed)).Value.Accesses);
        Assert.True((await world.Protect(new DataSubject { Insurer = FirstNumber, Symbol = "１２－３", Number = "1", Branch = "01", Birth = "19800505" })).Succeeded(out _, out _));
        Assert.Empty((await HandOut(world, listed)).Value.Accesses);
        Assert.Empty((await HandOut(world, flagged)).Value.Accesses);
    }

    [Fact]
    public async Task Pages_ShowTheStateAndOnePersonWithHistory_AndAskWhyForTheLog()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var entry = Entry("A1") with { Notified = Day.AddDays(-8) };
        await world.Register(entry);
        await world.Register(With(entry, c => c with { Address = "架空市移転1" }) with { Notified = Day.AddDays(-8) });
        await world.Answer(Ask(entry));
        using var clerk = world.Site.Browser((await world.Site.Person(world.First, BusinessRole.EligibilityClerk)).Id);
        var (status, page) = await PageForms.Get(clerk, "/eligibility/registration?notice=EL-0217");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("最も遅いものは 8日", page, StringComparison.Ordinal);
        Assert.Contains(world.ClinicOrganisation.Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain("関所　A1", page, StringComparison.Ordinal);
        (string, string)[] card = [("Card.Insurer", FirstNumber), ("Card.Symbol", "12-3"), ("Card.Number", "1"), ("Card.Branch", "01"), ("Card.Birth", "1980-05-05")];
        var (_, _, found) = await PageForms.Post(clerk, "/eligibility/registration", "/eligibility/registration", card);
        Assert.Contains("架空市移転1", found, StringComparison.Ordinal);
        Assert.Contains("前の内容", found, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PageForms.Post(clerk, "/eligibility/access-log", "/eligibility/access-log", card)).Status);
        var (_, _, log) = await PageForms.Post(clerk, "/eligibility/access-log", "/eligibility/access-log", [.. card, ("Reason", "本人の求め、窓口で本人確認")]);
        Assert.Contains("資格確認の照会", log, StringComparison.Ordinal);
        using var desk = world.Site.Browser((await world.Site.Person(world.ClinicOrganisation, BusinessRole.ReceptionClerk)).Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(desk, "/eligibility/registration")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(desk, "/eligibility/access-log")).Status);
    }

    [Fact]
    public async Task Paper_OfTheAccessLog_IsPrintedForAReason_AndEmptyForAProtectedPerson()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        var papers = world.Site.Services.GetRequiredService<IPapers>();
        Assert.SkipWhen(papers.Printer is null, "chromium がありません。");
        var entry = await world.Has(Entry("A1"));
        await world.Answer(Ask(entry), world.Pharmacy);
        using var clerk = world.Site.Browser((await world.Site.Person(world.First, BusinessRole.EligibilityClerk)).Id);
        (string, string)[] card = [("Card.Insurer", FirstNumber), ("Card.Symbol", "12-3"), ("Card.Number", "1"), ("Card.Branch", "01"), ("Card.Birth", "1980-05-05")];

        var refused = await PageForms.Post(clerk, "/eligibility/access-log", "/eligibility/access-log?handler=paper", card);
        var saved = await PageForms.Post(clerk, "/eligibility/access-log", "/eligibility/access-log?handler=paper", [.. card, ("Reason", "本人の求め、窓口で本人確認")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("EL-0713", refused.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "【厳秘】利用の記録.pdf"), (saved.Status, saved.Name));
        Assert.StartsWith("%PDF-", saved.Text, StringComparison.Ordinal);
        Assert.Equal("insurer: 2", Assert.Single(await world.Site.Audited(AuditKind.AccessLogRead)));
        Assert.Contains(world.PharmacyOrganisation.Name, await Html(entry), StringComparison.Ordinal);

        await world.Register(entry with { NonDisclosure = true });
        Assert.DoesNotContain(world.PharmacyOrganisation.Name, await Html(entry), StringComparison.Ordinal);

        async Task<string> Html(CoverageEntry of) =>
            await papers.Html(new Paper("AccessLog", "利用の記録", Classification.StrictlyConfidential, (await HandOut(world, of)).Value), Ct);
    }

    private static long Count(RegistrationState state, string code) => Assert.Single(state.Notices, n => n.Code == code).Count;

    private static async Task<RegistrationState> State(EligibilityWorld world, Actor? by = null, DateOnly? from = null, DateOnly? until = null) =>
        (await world.In<IRegistrationQuality, Outcome<RegistrationState>>(q => q.State(by ?? world.Insurer, from ?? _today.AddDays(-29), until ?? _today, Ct))).Value;

    private static async Task<IReadOnlyList<NoticedRow>> Noticed(EligibilityWorld world, string code, Actor? by = null, int skip = 0) =>
        (await world.In<IRegistrationQuality, Outcome<IReadOnlyList<NoticedRow>>>(q => q.Noticed(by ?? world.Insurer, code, skip, Ct))).Value;

    private static Task<Outcome<AccessLog>> HandOut(EligibilityWorld world, CoverageEntry of, Actor? by = null, string reason = "本人の求め、窓口で本人確認") =>
        world.In<IAccessLogs, Outcome<AccessLog>>(l => l.HandOut(
            by ?? As(world.First, Permission.HandOutAccessLog),
            new AccessLogRequest { Card = Ask(of).Card, Reason = reason },
            Ct));
}
