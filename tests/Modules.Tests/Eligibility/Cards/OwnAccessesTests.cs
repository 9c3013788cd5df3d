using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>Who looked, to the person whose card signed and to nobody else; nothing of a protected person.</summary>
public sealed class OwnAccessesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OwnAccesses_TellThePersonWhoLooked_PageByPage_AndAreRecorded(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        var family = await world.World.Has(Entry("A2", branch: "02"));
        await world.World.Answer(Ask(family));
        for (var i = 0; i < 6; i++)
        {
            await world.World.Answer(Ask(entry), world.World.Pharmacy);
        }

        var secret = await Open(world);
        world.Clock.Move(TimeSpan.FromMinutes(1));
        var here = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.True((await Look(world, secret))!.MayReadOwnAccesses);
        var first = (await Read(world, secret, here.Id)).Value;
        Assert.Equal((1, 2, 6), (first.Page, first.Pages, first.Accesses.Count));
        Assert.All(first.Accesses, a => Assert.Equal((AuditKind.EligibilityInquired, world.World.PharmacyOrganisation.Name), (a.Kind, a.OrganisationName)));
        var second = (await Read(world, secret, here.Id, 2)).Value;
        Assert.Equal([AuditKind.CardRegistered, AuditKind.CoverageRegistered], second.Accesses.Select(a => a.Kind).Order().Reverse());
        Assert.Equal(second.Accesses, (await Read(world, secret, here.Id, int.MaxValue)).Value.Accesses);
        Assert.Equal(first.Accesses, (await Read(world, secret, here.Id, int.MinValue)).Value.Accesses);
        Assert.Equal(
            ["6 Pin page 1/2", "2 Pin page 2/2", "2 Pin page 2/2", "6 Pin page 1/2"],
            (await world.World.Site.Audited(AuditKind.OwnAccessesRead)).Select(e => e.Replace($"{here.Id:D}: ", "", StringComparison.Ordinal)));

        // A year and five; anything else is the usual three months.
        foreach (var (months, back) in new[] { (12, 12), (60, 60), (600, 3), (-1, 3) })
        {
            var longer = (await Read(world, secret, here.Id, months: months)).Value;
            Assert.Equal((longer.Until.AddMonths(-back), 2), (longer.From, longer.Pages));
        }

        // The next time it stands there itself: a card in other hands would show.
        world.Clock.Move(TimeSpan.FromMinutes(1));
        var again = await world.Answer(card, new CardInquiry { Kiosk = "1" }, method: PersonProof.Face);
        Assert.Contains((await Read(world, secret, again.Id)).Value.Accesses, a => a.Kind == AuditKind.OwnAccessesRead && a.OrganisationName == world.World.ClinicOrganisation.Name);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "flag"), InlineData(DatabaseProvider.Sqlite, "self"), InlineData(DatabaseProvider.Sqlite, "list"), InlineData(DatabaseProvider.Sqlite, "other")]
    [InlineData(DatabaseProvider.PostgreSql, "flag"), InlineData(DatabaseProvider.PostgreSql, "list"), InlineData(DatabaseProvider.PostgreSql, "other")]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_OwnAccesses_OfAProtectedPerson_AreAsIfNobodyHadLooked(DatabaseProvider provider, string by)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        await world.World.Answer(Ask(entry), world.World.Pharmacy);
        var secret = await Open(world);
        world.Clock.Move(TimeSpan.FromMinutes(1));
        var before = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.NotEmpty((await Read(world, secret, before.Id)).Value.Accesses);
        switch (by)
        {
            case "list":
                Assert.True((await world.World.Protect(new DataSubject { Name = entry.Coverage!.Name, Birth = "19800505" })).Succeeded(out _, out _));
                break;
            case "other":
                // Another insurer's flag on the same person.
                await world.World.Has(With(Entry("B1", insurer: SecondNumber), c => c with { Name = entry.Coverage!.Name, Kana = entry.Coverage.Kana }) with { NonDisclosure = true }, world.World.OtherInsurer);
                await MatchTests.Link(world.World);
                break;
            default:
                await world.World.Register(entry with { NonDisclosure = by == "flag", NoSelfDisclosure = by == "self" });
                break;
        }

        var shown = (await Read(world, secret, before.Id)).Value;
        Assert.Equal((1, 1, 0), (shown.Page, shown.Pages, shown.Accesses.Count));
        Assert.True((await Look(world, secret))!.MayReadOwnAccesses);
        Assert.EndsWith("0 Pin page 1/1", (await world.World.Site.Audited(AuditKind.OwnAccessesRead))[^1], StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OwnAccesses_NeedACardThatSigned(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        await world.World.Answer(Ask(entry), world.World.Pharmacy);
        var secret = await Open(world);
        var seen = await world.Answer(card, new CardInquiry { Kiosk = "1" }, method: PersonProof.Sight);
        Assert.Equal("EL-0433", CardWorld.Code(await Read(world, secret, seen.Id)));
        var passcode = (await world.World.In<ISightChecks, Outcome<string>>(s => s.NewPasscode(As(world.World.ClinicOrganisation, Permission.ManageKiosks), Ct))).Value;
        Assert.Equal("", CardWorld.Code(await world.World.In<ISightChecks, Outcome<CardInquiryState>>(s => s.Vouch(world.Clerk, seen.Id, passcode, Ct))));
        Assert.False((await Look(world, secret))!.MayReadOwnAccesses);
        Assert.Equal("EL-0437", CardWorld.Code(await Read(world, secret, seen.Id)));
        Assert.EndsWith(": EL-0437", Assert.Single(await world.World.Site.Audited(AuditKind.OwnAccessesRead)), StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OwnAccesses_AreShownAtThePersonsOwnKioskOnly_AndWhileTheyStandThere(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var (_, next) = await world.Holder("A2", number: "2");
        using var second = next;
        var secret = await Open(world, "1", "AB12");
        var beside = await Open(world, "2", "AB12");
        var elsewhere = await Open(world, "1", "AB12", world.Clerk with { Organisation = world.World.Pharmacy.Organisation });
        var first = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("EL-0433", CardWorld.Code(await Read(world, elsewhere, first.Id, certificate: "AB12")));
        Assert.Equal("EL-0433", CardWorld.Code(await Read(world, beside, first.Id, certificate: "AB12")));
        Assert.Equal("EL-0432", CardWorld.Code(await Read(world, secret, first.Id, certificate: "CD34")));
        Assert.Equal("EL-0432", CardWorld.Code(await Read(world, "0", first.Id, certificate: "AB12")));
        Assert.Equal("", CardWorld.Code(await Read(world, secret, first.Id, certificate: "AB12")));

        // The next card is another person.
        var other = await world.Answer(next, new CardInquiry { Kiosk = "1" });
        Assert.Equal("EL-0433", CardWorld.Code(await Read(world, secret, first.Id, certificate: "AB12")));
        Assert.Equal("", CardWorld.Code(await Read(world, secret, other.Id, certificate: "AB12")));
        world.Clock.Move(TimeSpan.FromMinutes(5));
        Assert.Equal("EL-0433", CardWorld.Code(await Read(world, secret, other.Id, certificate: "AB12")));
        Assert.Equal(2, (await world.World.Site.Audited(AuditKind.OwnAccessesRead)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OwnAccesses_LookedAtTooOften_WaitForAnHour(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var secret = await Open(world);
        var here = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal("", CardWorld.Code(await Read(world, secret, here.Id)));
        }

        Assert.Equal("EL-0438", CardWorld.Code(await Read(world, secret, here.Id)));
        var again = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("EL-0438", CardWorld.Code(await Read(world, secret, again.Id)));
        world.Clock.Move(TimeSpan.FromHours(1));
        var later = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("", CardWorld.Code(await Read(world, secret, later.Id)));
    }

    private static async Task<string> Open(CardWorld world, string name = "1", string? certificate = null, Actor? by = null) =>
        (await world.World.In<IKiosks, Outcome<string>>(k => k.Open(by ?? world.Clerk, name, certificate, Ct))).Value;

    private static async Task<KioskTurn?> Look(CardWorld world, string secret) =>
        (await world.World.In<IKiosks, Outcome<(string Name, KioskTurn? Turn)>>(k => k.Look(secret, null, Ct))).Value.Turn;

    private static Task<Outcome<OwnAccesses>> Read(CardWorld world, string secret, Guid inquiry, int page = 1, string? certificate = null, int months = 3) =>
        world.World.In<IOwnAccesses, Outcome<OwnAccesses>>(a => a.Read(secret, certificate, inquiry, page, months, Ct));
}
