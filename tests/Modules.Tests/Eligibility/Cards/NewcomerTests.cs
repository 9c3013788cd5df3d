using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>利用登録 at the kiosk: the person types, the card signs, the inquiry goes on; what was typed stays nowhere.</summary>
public sealed class NewcomerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task UnregisteredCard_IsRegisteredAtTheKiosk_AndTheInquiryGoesOn(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        var secret = await Open(world);
        using var card = world.Card();

        // A reader that cannot go on is told as before.
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card, new CardInquiry { Kiosk = "1" })));
        var waiting = await world.Answer(card, new CardInquiry { Kiosk = "1", Registers = true });
        Assert.Equal((CardInquiryState.Unregistered, 0), (waiting.State, waiting.Coverages.Count));
        var turn = (await Look(world, secret))!;
        Assert.Equal((waiting.Id, 0, new KioskRegistration(false, false, 3)), (turn.Inquiry, turn.Kinds.Count, turn.Registration));
        Assert.Equal("EL-0429", await Admit(world, card, waiting.Id));

        Assert.Equal("EL-0434", await Type(world, secret, waiting.Id, new KioskDetails { Card = new CardKeys { Insurer = "06139999" }, Name = "関所　A1" }));
        Assert.Equal("", await Type(world, secret, waiting.Id, Details(entry, "関所　B9")));
        Assert.Equal(CardInquiryState.AwaitsCard, (await world.Result(waiting.Id)).Value.Answer.State);
        Assert.True((await Look(world, secret))!.Registration!.IsSigning);
        Assert.Equal("EL-0433", await Type(world, secret, waiting.Id, Details(entry)));
        Assert.Equal("EL-0421", await Admit(world, card, waiting.Id));
        Assert.Equal(new KioskRegistration(false, true, 2), (await Look(world, secret))!.Registration);

        Assert.Equal("", await Type(world, secret, waiting.Id, Details(entry)));
        Assert.Equal("", await Admit(world, card, waiting.Id));
        Assert.Equal(CardInquiryState.AtKiosk, (await world.Result(waiting.Id)).Value.Answer.State);
        turn = (await Look(world, secret))!;
        Assert.Equal((waiting.Id, null, true), (turn.Inquiry, turn.Registration, turn.Kinds.Contains(ConsentKind.Medicines)));
        Assert.Equal("", CardWorld.Code(await world.World.In<IKiosks, Outcome<bool>>(
            k => k.Answer(secret, null, waiting.Id, new Dictionary<ConsentKind, bool> { [ConsentKind.Medicines] = true }, false, Ct))));
        var answer = (await world.Result(waiting.Id)).Value.Answer;
        Assert.Equal((1, "関所　A1", PersonProof.Pin), (answer.Code, Assert.Single(answer.Coverages).Name, answer.Method));
        Assert.Equal(ConsentStanding.Given, answer.Consents.Single(c => c.Kind == ConsentKind.Medicines).Standing);
        Assert.Equal(1, (await world.Answer(card)).Code);
        Assert.Equal(0L, await Rows(world, "card_newcomer"));
        Assert.Equal(
            ["EL-0429", "EL-0421", "registered"],
            (await world.World.Site.Audited(AuditKind.CardRegistered)).Select(e => e[(e.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' ')[0]));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Newcomer_WhoLeaves_OrGivesUp_LeavesNothing(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        var secret = await Open(world);
        using var card = world.Card();
        using var next = world.Card();
        var declined = await Ask(world, card);
        Assert.Equal("", CardWorld.Code(await world.World.In<IKiosks, Outcome<bool>>(k => k.Decline(secret, null, declined, Ct))));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Result(declined)));
        Assert.Null(await Look(world, secret));

        // Another card takes the place, whatever was typed before.
        var left = await Ask(world, card);
        Assert.Equal("", await Type(world, secret, left, Details(entry)));
        var other = await Ask(world, next);
        Assert.Equal(0L, await Rows(world, "card_newcomer", "details IS NOT NULL"));
        Assert.Equal(("EL-0410", "EL-0429"), (CardWorld.Code(await world.Result(left)), await Admit(world, card, left)));
        Assert.Equal("EL-0433", await Type(world, secret, left, Details(entry)));

        // The card of another does not sign what was typed for this one.
        Assert.Equal("", await Type(world, secret, other, Details(entry)));
        Assert.Equal("EL-0429", await Admit(world, card, other));
        Assert.Equal("EL-0411", CardWorld.Code(await world.Result(other, CardWorld.Device(world.World.Pharmacy))));
        Assert.Equal("EL-0429", await Admit(world, next, other, world.World.Pharmacy));
        world.Clock.Move(TimeSpan.FromMinutes(2));
        Assert.Equal("EL-0429", await Admit(world, next, other));
        Assert.Null(await Look(world, secret));
        await Sweep(world);
        Assert.Equal(0L, await Rows(world, "card_newcomer", "details IS NOT NULL"));
        world.Clock.Move(TimeSpan.FromHours(24));
        await Sweep(world);
        Assert.Equal(0L, await Rows(world, "card_newcomer"));
        Assert.Equal(0L, await Rows(world, "card"));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Guesses_AreFew_ByInquiry_Card_AndFacility(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(Entry("A1"));
        var secret = await Open(world);
        using var card = world.Card();
        var first = await Ask(world, card);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("", await Type(world, secret, first, Details(entry, "関所　B9")));
            Assert.Equal("EL-0421", await Admit(world, card, first));
        }

        Assert.Null(await Look(world, secret));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Result(first)));

        // With the card put down again, or at another door: five in a day, and then not even what is right.
        Assert.Equal(("EL-0421", "EL-0421"), (await world.Register(card, entry, Wrong), await world.Register(card, entry, Wrong)));
        Assert.Equal(("EL-0427", "EL-0427"), (await world.Register(card, entry, Wrong), await world.Register(card, entry)));
        var again = await Ask(world, card);
        Assert.Equal("", await Type(world, secret, again, Details(entry)));
        Assert.Equal("EL-0427", await Admit(world, card, again));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Result(again)));

        // Many cards at one facility.
        using var others = world.Card();
        for (var i = 5; i < CardGuesses.MostOfFacility; i++)
        {
            using var one = world.Card();
            Assert.Equal("EL-0421", await world.Register(one, entry, Wrong));
        }

        Assert.Equal("EL-0427", await world.Register(others, entry));
        Assert.Equal("", await world.Register(others, entry, by: CardWorld.Device(world.World.Pharmacy)));
        world.Clock.Move(TimeSpan.FromHours(24));
        Assert.Equal("", await world.Register(card, entry));

        static CardRegistration Wrong(CardRegistration asked) => asked with { Name = "関所　B9" };
    }

    private static KioskDetails Details(CoverageEntry entry, string? name = null) => new() { Card = EligibilityWorld.Ask(entry).Card, Name = name ?? entry.Coverage!.Name };

    private static async Task<string> Open(CardWorld world) => (await world.World.In<IKiosks, Outcome<string>>(k => k.Open(world.Clerk, "1", null, Ct))).Value;

    private static async Task<Guid> Ask(CardWorld world, SoftCard card) => (await world.Answer(card, new CardInquiry { Kiosk = "1", Registers = true })).Id;

    private static async Task<KioskTurn?> Look(CardWorld world, string secret) =>
        (await world.World.In<IKiosks, Outcome<(string Name, KioskTurn? Turn)>>(k => k.Look(secret, null, Ct))).Value.Turn;

    private static async Task<string> Type(CardWorld world, string secret, Guid inquiry, KioskDetails details) =>
        CardWorld.Code(await world.World.In<IKiosks, Outcome<bool>>(k => k.Register(secret, null, inquiry, details, Ct)));

    private static async Task<string> Admit(CardWorld world, SoftCard card, Guid inquiry, Actor? by = null)
    {
        var at = by is null ? world.AtClinic : CardWorld.Device(by);
        var shown = card.Show(new CardAdmission(), await world.Challenge(CardPurpose.Registration, at));
        return CardWorld.Code(await world.World.In<AdmitNewcomer, Outcome<CardRegistered>>(a => a.Run(at, inquiry, shown, Ct)));
    }

    private static async Task<long> Rows(CardWorld world, string table, string where = "1 = 1")
    {
        await using var scope = world.World.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar($"SELECT count(*) FROM {session.Prefix("eligibility")}{table} WHERE {where}", Ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Sweep(CardWorld world)
    {
        await using var scope = world.World.Site.Services.CreateAsyncScope();

        // The site's own sweep may have been first.
        await scope.ServiceProvider.GetRequiredService<Newcomers>().Sweep(Ct);
    }
}
