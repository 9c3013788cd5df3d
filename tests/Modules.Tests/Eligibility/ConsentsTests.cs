using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Consents by kind, 診療区分 and facility: how long they hold, how they end, and that nobody else's counts.</summary>
public sealed class ConsentsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Consent_HoldsForADay_ForItsKindCareAndFacilityOnly(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var world = await Start(provider, clock);
        var person = new PersonKey(Guid.CreateVersion7());
        await Give(world, clock, person, ConsentKind.Medicines, CareForm.Outpatient);
        Assert.True(await Holds(world, person, world.Clinic, ConsentKind.Medicines));
        Assert.False(await Holds(world, person, world.Pharmacy, ConsentKind.Medicines));
        Assert.False(await Holds(world, person, world.Clinic, ConsentKind.Checkups));
        Assert.False(await Holds(world, person, world.Clinic, ConsentKind.Medicines, CareForm.Online));
        Assert.False(await Holds(world, new PersonKey(Guid.CreateVersion7()), world.Clinic, ConsentKind.Medicines));
        clock.Move(new TimeSpan(23, 59, 0));
        Assert.True(await Holds(world, person, world.Clinic, ConsentKind.Medicines));
        clock.Move(new TimeSpan(0, 1, 0));
        Assert.False(await Holds(world, person, world.Clinic, ConsentKind.Medicines));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task HomeVisit_GoesOn_UntilSomebodyWithdrawsIt(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var world = await Start(provider, clock);
        var person = new PersonKey(Guid.CreateVersion7());
        await Give(world, clock, person, ConsentKind.Medicines, CareForm.HomeVisit);
        await Give(world, clock, person, ConsentKind.Checkups, CareForm.HomeVisit);
        clock.Move(TimeSpan.FromDays(400));
        Assert.True(await Holds(world, person, world.Clinic, ConsentKind.Medicines, CareForm.HomeVisit));
        Assert.Empty(await Withdraw(world, person, world.Pharmacy, ConsentKind.Medicines, CareForm.HomeVisit, ConsentEnd.Facility));
        var ended = Assert.Single(await Withdraw(world, person, world.Clinic, ConsentKind.Medicines, CareForm.HomeVisit, ConsentEnd.Person));
        Assert.Equal(ConsentKind.Medicines, ended.Kind);
        Assert.False(await Holds(world, person, world.Clinic, ConsentKind.Medicines, CareForm.HomeVisit));
        Assert.True(await Holds(world, person, world.Clinic, ConsentKind.Checkups, CareForm.HomeVisit));
        Assert.Empty(await Withdraw(world, person, world.Clinic, ConsentKind.Medicines, CareForm.HomeVisit, ConsentEnd.Facility));
        var kept = await In(world, c => c.Of(person, world.Clinic.Organisation, Ct));
        Assert.Equal([ConsentEnd.Person, null], kept.OrderBy(c => c.Kind).Select(c => c.Why));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Consent_OfOneKey_HoldsForTheKeysConfirmedToBeTheSamePerson_NoLonger(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var world = await Start(provider, clock);
        await world.Has(Entry("A1"));
        await world.Has(With(Entry("B1", insurer: SecondNumber), c => c with { Name = "関所　A1", Kana = "セキショ A1" }), world.OtherInsurer);
        var proposal = Assert.Single((await world.In<IRegisteredPeople, Outcome<MatchPage>>(p => p.Proposals(world.Office, null, Ct))).Value.Proposals);
        var (one, other) = (await PersonOf(world, proposal.One), await PersonOf(world, proposal.Other));
        await Give(world, clock, one, ConsentKind.Medicines, CareForm.Outpatient);
        Assert.False(await Holds(world, other, world.Clinic, ConsentKind.Medicines));
        var link = (await world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Decide(world.Office, proposal.One, proposal.Other, true, Why, Ct))).Value;
        Assert.True(await Holds(world, other, world.Clinic, ConsentKind.Medicines));
        await world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Undo(world.Office, link, Why, Ct));
        Assert.False(await Holds(world, other, world.Clinic, ConsentKind.Medicines));
        Assert.True(await Holds(world, one, world.Clinic, ConsentKind.Medicines));
    }

    [Fact]
    public void Rule_AsksForLimits_OnlyBefore包括同意()
    {
        Assert.Contains(ConsentKind.Limits, ConsentRule.On(new DateOnly(2024, 10, 6)).Asked);
        Assert.DoesNotContain(ConsentKind.Limits, ConsentRule.On(new DateOnly(2024, 10, 7)).Asked);
        Assert.Equal(5, ConsentRule.On(new DateOnly(2026, 10, 15)).Asked.Count());
        var at = DateTimeOffset.UnixEpoch;
        var rule = ConsentRule.On(new DateOnly(2026, 10, 15));
        Assert.Equal([at.AddDays(1), null, at.AddDays(1), at.AddHours(4)], Enum.GetValues<CareForm>().Select(c => rule.Until(c, at)));
    }

    [Fact]
    public void Standing_TellsGivenExpiredAndNone_AndWhatNobodyCouldBeAskedFor()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(100);
        Consent[] consents =
        [
            At(ConsentKind.Medicines, CareForm.Outpatient, now.AddDays(-3), now.AddDays(-2)),
            At(ConsentKind.Medicines, CareForm.Outpatient, now.AddHours(-1), now.AddHours(23)),
            At(ConsentKind.Checkups, CareForm.Outpatient, now.AddDays(-3), now.AddDays(-2)),
            At(ConsentKind.Diagnoses, CareForm.Outpatient, now.AddHours(-1), now.AddHours(23)) with { Ended = now, Why = ConsentEnd.Person },
            At(ConsentKind.Operations, CareForm.Emergency, now.AddHours(-1), now.AddHours(1)),
        ];
        Assert.Equal((ConsentStanding.Given, now.AddHours(23)), Standing(ConsentKind.Medicines, CareForm.Outpatient));
        Assert.Equal((ConsentStanding.Expired, now.AddDays(-2)), Standing(ConsentKind.Checkups, CareForm.Outpatient));
        Assert.Equal((ConsentStanding.None, null), Standing(ConsentKind.Diagnoses, CareForm.Outpatient));
        Assert.Equal((ConsentStanding.None, null), Standing(ConsentKind.Operations, CareForm.Outpatient));
        Assert.Equal((ConsentStanding.Unobtainable, now.AddHours(1)), Standing(ConsentKind.Operations, CareForm.Emergency));

        (ConsentStanding, DateTimeOffset?) Standing(ConsentKind kind, CareForm care)
        {
            var (standing, consent) = Consents.StandingOf(consents, kind, care, now);
            return (standing, consent?.Until);
        }
    }

    private static Consent At(ConsentKind kind, CareForm care, DateTimeOffset at, DateTimeOffset until) =>
        new(Guid.CreateVersion7(), default, default, kind, care, at, until, PersonProof.Pin, Guid.CreateVersion7());

    private static async Task<T> In<T>(EligibilityWorld world, Func<Consents, ValueTask<T>> act)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var result = await act(scope.ServiceProvider.GetRequiredService<Consents>());
        await session.Commit(Ct);
        return result;
    }

    private static Task<bool> Give(EligibilityWorld world, MovedClock clock, PersonKey person, ConsentKind kind, CareForm care) => In(world, async consents =>
    {
        var at = clock.Now();
        await consents.Give(
            new(Guid.CreateVersion7(), person, world.Clinic.Organisation, kind, care, at, ConsentRule.On(Day).Until(care, at), PersonProof.Pin, Guid.CreateVersion7()), Ct);
        return true;
    });

    private static Task<IReadOnlyList<Consent>> Withdraw(EligibilityWorld world, PersonKey person, Actor by, ConsentKind kind, CareForm care, ConsentEnd why) =>
        In(world, c => c.Withdraw(person, by.Organisation, [kind], [care], why, Ct));

    private static async Task<bool> Holds(EligibilityWorld world, PersonKey person, Actor by, ConsentKind kind, CareForm care = CareForm.Outpatient) =>
        (await In(world, c => c.At(person, by.Organisation, care, Ct))).Single(k => k.Kind == kind).Shown;

    private static async Task<PersonKey> PersonOf(EligibilityWorld world, Guid version)
    {
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return (await session.Query($"SELECT person FROM {session.Prefix("eligibility")}coverage WHERE id = @id", r => new PersonKey(r.GetGuid(0)), Ct, ("id", version)))[0];
    }
}
