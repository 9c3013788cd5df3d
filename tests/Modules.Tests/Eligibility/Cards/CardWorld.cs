using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>The world of eligibility with an authority that issues cards, a clock that moves, and people at the clinic.</summary>
internal sealed class CardWorld : IAsyncDisposable
{
    private CardWorld(EligibilityWorld world, MovedClock clock, CardAuthority authority) => (World, Clock, Authority) = (world, clock, authority);

    public EligibilityWorld World { get; }

    public MovedClock Clock { get; }

    public CardAuthority Authority { get; }

    public string Folder => Path.Combine(World.Site.DataFolder, "card-authorities");

    /// <summary>A clerk of the clinic, signed in.</summary>
    public Actor Clerk { get; private set; } = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<CardWorld> Start(DatabaseProvider provider, params string[] settings)
    {
        var clock = new MovedClock();
        var world = new CardWorld(await EligibilityWorld.Start(provider, clock, settings), clock, new CardAuthority(clock.GetUtcNow()));
        world.Authority.Publish(world.Folder, clock.GetUtcNow());
        var (person, _) = await world.World.Site.Person(world.World.ClinicOrganisation, BusinessRole.ReceptionClerk);
        world.Clerk = world.World.Clinic with { Person = person, PersonName = "窓口 花子", Session = Guid.CreateVersion7() };
        return world;
    }

    /// <summary>A facility's device.</summary>
    public static Actor Device(Actor facility) => facility with { Device = new DeviceId(facility.Organisation.Value) };

    public Actor AtClinic => Device(World.Clinic);

    public SoftCard Card(TimeSpan? lasts = null, bool elliptic = false) => Authority.Issue(Clock.GetUtcNow(), lasts, elliptic);

    public async Task<CardChallenge> Challenge(CardPurpose purpose = CardPurpose.Inquiry, Actor? by = null) =>
        (await World.In<CardProofs, Outcome<CardChallenge>>(p => p.Challenge(by ?? AtClinic, new CardChallengeRequest { Purpose = purpose }, Ct))).Value;

    /// <summary>利用登録 of the card for whoever the entry says.</summary>
    public async Task<string> Register(SoftCard card, CoverageEntry entry, Func<CardRegistration, CardRegistration>? change = null, Actor? by = null)
    {
        var asked = card.Show(
            new CardRegistration { Card = EligibilityWorld.Ask(entry).Card, Name = entry.Coverage!.Name }, await Challenge(CardPurpose.Registration, by));
        return Code(await World.In<RegisterCard, Outcome<CardRegistered>>(r => r.Run(by ?? AtClinic, change?.Invoke(asked) ?? asked, CardPurpose.Registration, Ct)));
    }

    /// <summary>A covered person with a registered card.</summary>
    public async Task<(CoverageEntry Entry, SoftCard Card)> Holder(string id, string number = "1", bool elliptic = false)
    {
        var (entry, card) = (await World.Has(Entry(id, number)), Card(elliptic: elliptic));
        Assert.Equal("", await Register(card, entry));
        return (entry, card);
    }

    public async Task<Outcome<CardReply>> Inquire(SoftCard card, CardInquiry? asked = null, Actor? by = null, PersonProof method = PersonProof.Pin)
    {
        var challenge = method == PersonProof.Sight ? null : await Challenge(by: by);
        return await Send(card.Show(asked ?? new CardInquiry(), challenge, method), by);
    }

    public Task<Outcome<CardReply>> Send(CardInquiry asked, Actor? by = null) =>
        World.In<InquireByCard, Outcome<CardReply>>(i => i.Ask(by ?? AtClinic, asked, true, _ => "", Ct));

    public Task<Outcome<CardReply>> Result(Guid id, Actor? by = null, bool gone = false) =>
        World.In<InquireByCard, Outcome<CardReply>>(i => i.Result(by ?? AtClinic, id, gone, true, _ => "", Ct));

    public async Task<CardAnswer> Answer(SoftCard card, CardInquiry? asked = null, Actor? by = null, PersonProof method = PersonProof.Pin) =>
        (await Inquire(card, asked, by, method)).Value.Answer;

    /// <summary>Files are read again after half a minute.</summary>
    public async Task Republish(TimeSpan? lasts = null)
    {
        Authority.Publish(Folder, Clock.GetUtcNow(), lasts);
        await using var scope = World.Site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CardAuthorities>().Forget();
    }

    public static string Code<T>(Outcome<T> outcome) => outcome.Refused(out var refusal, out _) ? refusal.Code : "";

    public async ValueTask DisposeAsync()
    {
        Authority.Dispose();
        await World.DisposeAsync();
    }
}
