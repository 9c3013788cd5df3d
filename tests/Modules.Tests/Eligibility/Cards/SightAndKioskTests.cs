using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>目視 needs a person; a kiosk needs nobody, and can do nothing but put the answers of who stands there.</summary>
public sealed class SightAndKioskTests
{
    private static readonly Dictionary<ConsentKind, bool> _yes = new() { [ConsentKind.Medicines] = true, [ConsentKind.Checkups] = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Sight_WaitsForAPersonWithThePasscode_AndProvesPresenceOnly(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var waiting = (await world.Inquire(card, new CardInquiry { Consents = _yes }, method: PersonProof.Sight)).Value.Answer;
        Assert.Equal((CardInquiryState.AwaitsVouching, null, 0), (waiting.State, waiting.Code, waiting.Coverages.Count));
        Assert.Equal("EL-0415", await Vouch(world, waiting.Id, "12345678"));
        var passcode = await Passcode(world);
        Assert.Equal("EL-0413", await Vouch(world, waiting.Id, passcode, world.AtClinic));
        Assert.Equal("EL-0411", await Vouch(world, waiting.Id, passcode, world.Clerk with { Organisation = world.World.Pharmacy.Organisation }));
        var shown = Assert.Single((await world.World.In<ISightChecks, Outcome<IReadOnlyList<Unvouched>>>(s => s.Waiting(world.Clerk, Ct))).Value);
        Assert.Equal((waiting.Id, "関所　A1", new DateOnly(1980, 5, 5)), (shown.Inquiry, shown.Name, shown.Birth));
        Assert.Empty((await world.World.In<ISightChecks, Outcome<IReadOnlyList<Unvouched>>>(s => s.Waiting(world.Clerk with { Organisation = world.World.Pharmacy.Organisation }, Ct))).Value);
        Assert.Equal("", await Vouch(world, waiting.Id, passcode));
        Assert.Equal("EL-0414", await Vouch(world, waiting.Id, passcode));
        var answer = (await world.Result(waiting.Id)).Value.Answer;
        Assert.Equal((CardInquiryState.Answered, 1, PersonProof.Sight), (answer.State, answer.Code, answer.Method));
        Assert.Equal(ConsentStanding.Given, answer.Consents.Single(c => c.Kind == ConsentKind.Medicines).Standing);
        Assert.Contains(await world.World.Site.Audited(AuditKind.CardVouched), e => e == $"{waiting.Id:D}: vouched: presence only");

        var late = await world.Answer(card, method: PersonProof.Sight);
        world.Clock.Move(TimeSpan.FromMinutes(10));
        Assert.Equal("EL-0414", await Vouch(world, late.Id, passcode));
        Assert.Equal("EL-0414", CardWorld.Code(await world.Result(late.Id)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Passcode_GuessedFiveTimes_IsLockedForAWhile(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var passcode = await Passcode(world);
        var waiting = await world.Answer(card, method: PersonProof.Sight);
        Assert.Equal(
            ["EL-0415", "EL-0415", "EL-0415", "EL-0415", "EL-0416", "EL-0416"],
            [await Wrong(), await Wrong(), await Wrong(), await Wrong(), await Wrong(), await Vouch(world, waiting.Id, passcode)]);
        var other = await Passcode(world);
        Assert.Equal("EL-0415", await Vouch(world, waiting.Id, passcode));
        Assert.Equal("", await Vouch(world, waiting.Id, other));

        Task<string> Wrong() => Vouch(world, waiting.Id, passcode == "00000000" ? "11111111" : "00000000");
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Kiosk_AsksWhoStandsThere_AndKeepsTheAnswers(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var secret = await Open(world, "1");
        Assert.Null((await Look(world, secret)).Value.Turn);
        var waiting = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal((CardInquiryState.AtKiosk, 0), (waiting.State, waiting.Coverages.Count));
        var (name, turn) = (await Look(world, secret)).Value;
        Assert.Equal(("1", waiting.Id, true, false), (name, turn!.Inquiry, turn.LimitsIncluded, turn.Held));
        Assert.Equal([ConsentKind.Diseases, ConsentKind.Medicines, ConsentKind.Checkups], turn.Kinds);
        Assert.Equal("EL-0433", await Answer(world, secret, Guid.CreateVersion7(), _yes));
        Assert.Equal("", await Answer(world, secret, waiting.Id, _yes));
        Assert.Equal("EL-0433", await Answer(world, secret, waiting.Id, _yes));
        Assert.Null((await Look(world, secret)).Value.Turn);
        var answer = (await world.Result(waiting.Id)).Value.Answer;
        Assert.Equal([1, 0, 1, 0, 0, 0], answer.Consents.Select(c => c.Code));

        // What was agreed to before is shown as held, and one answer takes all of it back.
        var again = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.True((await Look(world, secret)).Value.Turn!.Held);
        Assert.Equal("", await Answer(world, secret, again.Id, new Dictionary<ConsentKind, bool>(), withdrawAll: true));
        Assert.Equal([1, 0, 0, 0, 0, 0], (await world.Result(again.Id)).Value.Answer.Consents.Select(c => c.Code));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Kiosk_ForgetsWhoLeft_AndKnowsOnlyItsOwnDeviceAndFacility(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var (_, next) = await world.Holder("A2", number: "2");
        using var second = next;
        var secret = await Open(world, "1", "AB12");
        var elsewhere = await Open(world, "1", "AB12", world.Clerk with { Organisation = world.World.Pharmacy.Organisation });
        var first = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("EL-0432", CardWorld.Code(await Look(world, secret, "CD34")));
        Assert.Equal("EL-0432", CardWorld.Code(await Look(world, secret)));
        Assert.Null((await Look(world, elsewhere, "AB12")).Value.Turn);

        // The next card is another person: what the first one's screen says counts for nobody.
        var other = await world.Answer(next, new CardInquiry { Kiosk = "1" });
        Assert.Equal(other.Id, (await Look(world, secret, "AB12")).Value.Turn!.Inquiry);
        Assert.Equal("EL-0433", await Answer(world, secret, first.Id, _yes, certificate: "AB12"));
        Assert.Equal((CardInquiryState.Answered, 0), ((await world.Result(first.Id)).Value.Answer.State, (await world.Result(first.Id)).Value.Answer.Consents[2].Code));

        // Taken away: over at once, and what was not chosen is not agreed to. Chosen before that: it stays, and is answered.
        var third = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("EL-0439", CardWorld.Code(await world.Result(third.Id, gone: true)));
        Assert.Null((await Look(world, secret, "AB12")).Value.Turn);
        Assert.Equal("EL-0433", await Answer(world, secret, third.Id, _yes, certificate: "AB12"));
        Assert.Equal([1, 0, 0, 0, 0, 0], (await world.Result(third.Id)).Value.Answer.Consents.Select(c => c.Code));
        third = await world.Answer(card, new CardInquiry { Kiosk = "1" });
        Assert.Equal("", await Answer(world, secret, third.Id, _yes, certificate: "AB12"));
        Assert.Contains((await world.Result(third.Id, gone: true)).Value.Answer.Consents, c => c.Kind == ConsentKind.Medicines && c.Code == 1);

        other = await world.Answer(next, new CardInquiry { Kiosk = "1" });
        world.Clock.Move(TimeSpan.FromMinutes(5));
        Assert.Null((await Look(world, secret, "AB12")).Value.Turn);
        Assert.Equal("EL-0433", await Answer(world, secret, other.Id, _yes, certificate: "AB12"));
        Assert.Equal(CardInquiryState.Answered, (await world.Result(other.Id)).Value.Answer.State);

        // Another of the same name takes its place; a day later it is closed by itself.
        var newer = await Open(world, "1", "AB12");
        Assert.Equal("EL-0432", CardWorld.Code(await Look(world, secret, "AB12")));
        world.Clock.Move(TimeSpan.FromHours(16));
        Assert.Equal("EL-0432", CardWorld.Code(await Look(world, newer, "AB12")));
    }

    private static async Task<string> Passcode(CardWorld world) =>
        (await world.World.In<ISightChecks, Outcome<string>>(s => s.NewPasscode(EligibilityWorld.As(world.World.ClinicOrganisation, Permission.ManageKiosks), Ct))).Value;

    private static async Task<string> Vouch(CardWorld world, Guid id, string passcode, Actor? by = null) =>
        CardWorld.Code(await world.World.In<ISightChecks, Outcome<CardInquiryState>>(s => s.Vouch(by ?? world.Clerk, id, passcode, Ct)));

    private static async Task<string> Open(CardWorld world, string name, string? certificate = null, Actor? by = null) =>
        (await world.World.In<IKiosks, Outcome<string>>(k => k.Open(by ?? world.Clerk, name, certificate, Ct))).Value;

    private static Task<Outcome<(string Name, KioskTurn? Turn)>> Look(CardWorld world, string secret, string? certificate = null) =>
        world.World.In<IKiosks, Outcome<(string Name, KioskTurn? Turn)>>(k => k.Look(secret, certificate, Ct));

    private static async Task<string> Answer(
        CardWorld world, string secret, Guid inquiry, Dictionary<ConsentKind, bool> answers, bool withdrawAll = false, string? certificate = null) =>
        CardWorld.Code(await world.World.In<IKiosks, Outcome<bool>>(k => k.Answer(secret, certificate, inquiry, answers, withdrawAll, Ct)));
}
