using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>紛失の届出: from then on no card of the person answers, and whoever found one cannot register it.</summary>
public sealed class LostCardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Loss_EndsEveryCardOfThePerson_UntilItIsFound(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        var (_, others) = await world.Holder("A2", number: "2");
        using var phone = world.Card();
        Assert.Equal("", await world.Register(phone, entry));
        Assert.Equal("EL-0436", await Note(world, entry, Centre(world), reason: "  "));
        Assert.Equal("EL-0435", await Note(world, entry, world.World.Clinic));
        Assert.Equal("", await Note(world, entry, Centre(world)));
        Assert.Equal(("EL-0410", "EL-0410", ""), (CardWorld.Code(await world.Inquire(card)), CardWorld.Code(await world.Inquire(phone)), CardWorld.Code(await world.Inquire(others))));

        // Whoever holds it knows what stands on the person's paper, too.
        Assert.Equal("EL-0428", await world.Register(card, entry));
        var secret = (await world.World.In<IKiosks, Outcome<string>>(k => k.Open(world.Clerk, "1", null, Ct))).Value;
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card, new CardInquiry { Kiosk = "1", Registers = true })));
        Assert.Null((await world.World.In<IKiosks, Outcome<(string Name, KioskTurn? Turn)>>(k => k.Look(secret, null, Ct))).Value.Turn);

        // A new card is another certificate.
        using var renewed = world.Card();
        Assert.Equal("", await world.Register(renewed, entry));
        Assert.Equal("", await Note(world, entry, Centre(world), found: true));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card)));
        Assert.Equal("", await world.Register(card, entry));
        Assert.Equal((1, 1), ((await world.Answer(card)).Code, (await world.Answer(renewed)).Code));
        Assert.Equal(["lost: 2", "found: 2"], await world.World.Site.Audited(AuditKind.CardsLost));
        card.Dispose();
        others.Dispose();
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Insurer_EndsItsOwnPeoplesCardsOnly_AndLearnsNothing(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (entry, card) = await world.Holder("A1");
        using var own = card;
        var without = await world.World.Has(Entry("A2", number: "2"));
        var elsewhere = world.World.Insurer with { Organisation = new OrganisationId(Guid.CreateVersion7()) };
        Assert.Equal("EL-0121", await Note(world, entry, elsewhere));
        Assert.Equal("EL-0121", await Note(world, Entry("A9", number: "9"), world.World.Insurer));
        Assert.Equal("EL-0102", CardWorld.Code(await world.World.In<ILostCards, Outcome<LostCardNoted>>(
            l => l.Note(world.World.Insurer, new LostCardNotice { Reason = Why }, Ct))));
        Assert.Equal(1, (await world.Answer(card)).Code);

        // The same is said with a card and without, of a protected person and of one under 閲覧停止.
        Assert.True((await world.World.Protect(new DataSubject { Name = entry.Coverage!.Name, Birth = "19800505" })).Succeeded(out _, out _));
        await world.World.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.World.Office, EligibilityWorld.Ask(without).Card, Why, Ct));
        Assert.Equal(("", ""), (await Note(world, entry, world.World.Insurer), await Note(world, without, world.World.Insurer)));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card)));
        Assert.Equal("", await Note(world, without, Centre(world)));
    }

    private static Actor Centre(CardWorld world) => world.World.Office with { Permissions = new HashSet<Permission>([Permission.ManageCards]) };

    private static async Task<string> Note(CardWorld world, CoverageEntry entry, Actor by, bool found = false, string reason = Why) =>
        CardWorld.Code(await world.World.In<ILostCards, Outcome<LostCardNoted>>(
            l => l.Note(by, new LostCardNotice { Card = EligibilityWorld.Ask(entry).Card, Reason = reason, Found = found }, Ct)));
}
