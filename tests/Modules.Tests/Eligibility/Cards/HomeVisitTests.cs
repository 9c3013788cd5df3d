using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>再照会 of a visit after a card inquiry: as long as the person's agreement goes on, and not a moment after the last of it was taken back.</summary>
public sealed class HomeVisitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EverythingTakenBackByTheFacility_EndsTheReinquiry(DatabaseProvider provider)
    {
        await using var cards = await CardWorld.Start(provider);
        var (entry, holder) = await cards.Holder("A1");
        using var card = holder;
        await Visit(cards, card, (ConsentKind.Medicines, true), (ConsentKind.Checkups, true));
        cards.Clock.Move(TimeSpan.FromDays(40));
        Assert.Equal("", await Again(cards, entry));

        // Something is left: so is the visit.
        Assert.Equal(1, (await Withdraw(cards, entry, ConsentKind.Medicines)).Value);
        Assert.Equal("", await Again(cards, entry));
        Assert.Equal(2, (await Withdraw(cards, entry, ConsentKind.Checkups)).Value);
        Assert.Equal("EL-0313", await Again(cards, entry));
        Assert.True((await Withdraw(cards, entry, ConsentKind.Checkups)).Refused(out _, out _));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task EverythingDeclinedWithTheCard_LastsForThatDayOnly(DatabaseProvider provider)
    {
        await using var cards = await CardWorld.Start(provider);
        var (entry, holder) = await cards.Holder("A1");
        using var card = holder;
        await Visit(cards, card, (ConsentKind.Medicines, true));
        cards.Clock.Move(TimeSpan.FromDays(30));
        await cards.Republish();
        await Visit(cards, card, (ConsentKind.Medicines, false));
        Assert.Equal("", await Again(cards, entry));
        cards.Clock.Move(TimeSpan.FromHours(24));
        Assert.Equal("EL-0313", await Again(cards, entry));

        // Agreed to once more, it goes on once more, 限度額 with it.
        await cards.Republish();
        var answer = await Visit(cards, card, (ConsentKind.Diagnoses, true), (ConsentKind.Medicines, true));
        Assert.Null(answer.Consents.Single(c => c.Kind == ConsentKind.Limits).Until);
        cards.Clock.Move(TimeSpan.FromDays(30));
        Assert.Equal("", await Again(cards, entry));
    }

    private static Task<CardAnswer> Visit(CardWorld cards, SoftCard card, params (ConsentKind Kind, bool Agreed)[] answers) =>
        cards.Answer(card, new CardInquiry { Care = CareForm.HomeVisit, Consents = answers.ToDictionary(a => a.Kind, a => a.Agreed) });

    private static async Task<string> Again(CardWorld cards, CoverageEntry entry) => CardWorld.Code(
        await cards.World.In<AskAgain, Outcome<CardAnswer>>(a => a.Run(cards.AtClinic, new AgainAsked { Card = Ask(entry).Card, On = Day }, _ => "", Ct)));

    private static Task<Outcome<int>> Withdraw(CardWorld cards, CoverageEntry entry, ConsentKind kind) => cards.World.In<WithdrawConsents, Outcome<int>>(w => w.Run(
        cards.AtClinic, new Withdrawal { Card = Ask(entry).Card, Kinds = [kind], Cares = [CareForm.HomeVisit], Reason = ConsentEnd.Facility }, Ct));
}
