using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>利用登録: bound to the person who proves the card and knows their coverage, carried over, taken back.</summary>
public sealed class RegistrationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Registration_TakesWhatFitsToTheLetter_AndNothingElse(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var entry = await world.World.Has(With(Entry("A1"), c => c with { Name = "渡邉　花子", Kana = "ワタナベ ハナコ" }));
        var stopped = await world.World.Has(Entry("A2", number: "2"));
        await world.World.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.World.Office, EligibilityWorld.Ask(stopped).Card, Why, Ct));
        var lost = await world.World.Has(Entry("A3", number: "3", until: "2026-10-01"));
        using var card = world.Card();
        foreach (var change in new Func<CardRegistration, CardRegistration>[]
        {
            r => r with { Name = "渡辺　花子" }, r => r with { Name = "渡●　花子" }, r => r with { Name = "" }, r => r with { Name = "", Kana = "ワタナベ" },
            r => r with { Card = r.Card with { Branch = "02" } }, r => r with { Card = r.Card with { Branch = "" } }, r => r with { Card = r.Card with { Birth = new(1980, 5, 6) } },
            r => r with { Card = r.Card with { Number = "9" } }, r => r with { Card = new CardKeys() },
        })
        {
            using var another = world.Card();
            Assert.Equal("EL-0421", await world.Register(another, entry, change));
        }

        Assert.Equal("EL-0421", await world.Register(card, stopped));
        Assert.Equal("EL-0421", await world.Register(card, lost));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card)));
        Assert.Equal("", await world.Register(card, entry, r => r with { Name = "渡邉 花子", Card = r.Card with { Number = "００1" } }));
        Assert.Equal("", await world.Register(card, entry, r => r with { Name = "渡辺", Kana = "ﾜﾀﾅﾍﾞ ﾊﾅｺ" }));
        Assert.Equal("渡邉　花子", Assert.Single((await world.Answer(card)).Coverages).Name);
        var audited = await world.World.Site.Audited(AuditKind.CardRegistered);
        Assert.Equal((13, 11), (audited.Count, audited.Count(e => e.EndsWith("EL-0421", StringComparison.Ordinal))));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Card_OfAnother_IsNotTakenOver_UntilItIsUnregisteredByItself(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, card) = await world.Holder("A1");
        using var own = card;
        var other = await world.World.Has(Entry("A2", number: "2"));
        Assert.Equal("EL-0422", await world.Register(card, other));
        Assert.Equal("関所　A1", Assert.Single((await world.Answer(card)).Coverages).Name);

        Assert.Equal("EL-0403", await Unregister(world, card, CardPurpose.Inquiry));
        Assert.Equal("", await Unregister(world, card, CardPurpose.Unregistration));
        Assert.Equal("EL-0410", await Unregister(world, card, CardPurpose.Unregistration));
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(card)));
        Assert.Equal("", await world.Register(card, other));
        Assert.Equal("関所　A2", Assert.Single((await world.Answer(card)).Coverages).Name);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Renewal_CarriesTheBindingOver_OnceHoweverOftenItIsSent(DatabaseProvider provider)
    {
        await using var world = await CardWorld.Start(provider);
        var (_, old) = await world.Holder("A1");
        var (_, others) = await world.Holder("A2", number: "2");
        using var renewed = world.Card();
        var id = world.Authority.Id;
        var file = $"旧発行者,旧シリアル番号,新発行者,新シリアル番号\n{id},{old.Serial},{id},{renewed.Serial}\n{id},00FFFF,{id},00FFFE\nx,1,{id},2\n{id},{others.Serial},{id},{renewed.Serial}\n";
        var report = await Carry(world, file);
        Assert.Equal((1, 1), (report.Carried, report.Unknown));
        Assert.Equal([(4, "EL-0424"), (5, "EL-0424")], report.Problems.Select(p => (p.Line, p.Code)));
        Assert.Equal("関所　A1", Assert.Single((await world.Answer(renewed)).Coverages).Name);
        Assert.Equal("EL-0410", CardWorld.Code(await world.Inquire(old)));
        Assert.Equal("関所　A2", Assert.Single((await world.Answer(others)).Coverages).Name);
        Assert.Equal((0, 2), await Carry(world, file) is var again ? (again.Carried, again.Unknown) : default);
        Assert.Equal("EL-0423", CardWorld.Code(await world.World.In<CarryOver, Outcome<CarryOverReport>>(c => c.Run(world.World.Office, new MemoryStream("a,b\n"u8.ToArray()), Ct))));
        old.Dispose();
        others.Dispose();
    }

    [Fact]
    public async Task Registration_NeedsTheCardsSignature()
    {
        await using var world = await CardWorld.Start(DatabaseProvider.Sqlite);
        var entry = await world.World.Has(Entry("A1"));
        using var card = world.Card();
        Assert.Equal("EL-0402", await world.Register(card, entry, r => r with { Method = PersonProof.Sight, Challenge = null, Signature = [] }));
        Assert.Equal("EL-0409", await world.Register(card, entry, r => r with { Signature = [1, 2, 3] }));
    }

    private static async Task<string> Unregister(CardWorld world, SoftCard card, CardPurpose purpose)
    {
        var asked = card.Show(new CardRegistration(), await world.Challenge(purpose));
        return CardWorld.Code(await world.World.In<RegisterCard, Outcome<CardRegistered>>(r => r.Run(world.AtClinic, asked, CardPurpose.Unregistration, Ct)));
    }

    private static async Task<CarryOverReport> Carry(CardWorld world, string file) =>
        (await world.World.In<CarryOver, Outcome<CarryOverReport>>(c => c.Run(world.World.Office, new MemoryStream(Encoding.UTF8.GetBytes(file)), Ct))).Value;
}
