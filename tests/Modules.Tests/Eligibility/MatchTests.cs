using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>One person at two insurers: proposed by what they have in common, confirmed by people, taken back with everything that followed.</summary>
public sealed class MatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Match_IsProposed_Confirmed_AndUndoneWithWhatFollowed(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var old = await world.Has(Entry("A1", until: "2026-10-01"));
        var next = Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-01");
        await world.Has(With(next, c => c with { Kana = "ｾｷｼｮA1" }), world.OtherInsurer);
        Assert.Equal(2, (await world.Answer(Ask(old))).Code);
        Assert.Equal("EL-0131", (await world.In<IRegisteredPeople, Outcome<MatchPage>>(p => p.Proposals(world.Insurer, null, Ct))).Refusal.Code);
        Assert.Equal("EL-0132", (await Decide(world, Assert.Single((await Proposals(world)).Proposals), true, "")).Refusal.Code);

        var link = await Link(world);
        Assert.Empty((await Proposals(world)).Proposals);
        var answer = await world.Answer(Ask(old));
        Assert.Equal((3, FirstNumber), (answer.Code, answer.Coverage!.Insurer));

        Assert.True((await world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Undo(world.Office, link, Why, Ct))).Succeeded(out _, out _));
        Assert.Equal("EL-0135", (await world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Undo(world.Office, link, Why, Ct))).Refusal.Code);
        Assert.Equal(2, (await world.Answer(Ask(old))).Code);

        // Two people, once and for all.
        var again = Assert.Single((await Proposals(world)).Proposals);
        Assert.True((await Decide(world, again, false, Why)).Succeeded(out _, out _));
        Assert.Equal("EL-0134", (await Decide(world, again, true, Why)).Refusal.Code);
        Assert.Empty((await Proposals(world)).Proposals);
        Assert.Equal(2, (await world.Answer(Ask(old))).Code);
        var decisions = (await world.In<IRegisteredPeople, Outcome<IReadOnlyList<MatchDecision>>>(p => p.Decisions(world.Office, Ask(old).Card, Ct))).Value;
        Assert.Equal((false, "55"), (Assert.Single(decisions).Same, decisions[0].Other.Number));
        Assert.Equal(6, (await world.Site.Audited(AuditKind.MatchDecided)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task StoppedViewing_AnswersLikeNobody_UntilTheInsurerCorrects(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        var card = Ask(entry).Card;
        var nobody = await world.Answer(Ask(Entry("X", number: "404")));
        Assert.Equal(1, (await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, card, Why, Ct))).Value);
        var stopped = await world.Answer(Ask(entry));
        Assert.Equal(nobody with { Id = stopped.Id, At = stopped.At }, stopped);
        Assert.Equal("EL-0121", (await Reference(world, world.Clinic, entry, "7")).Refusal.Code);

        // Losing it is no correction of who it is.
        var lost = With(entry, c => c with { Lost = new(2026, 12, 1), LossReason = "99" });
        Assert.Equal("EL-0218", Assert.Single((await world.Register(lost)).Problems).Code);
        Assert.Equal(4, (await world.Answer(Ask(entry))).Code);
        Assert.Equal(EntryResult.Changed, (await world.Register(With(lost, c => c with { Address = "大阪府架空市1" }))).Result);
        Assert.Equal(1, (await world.Answer(Ask(entry))).Code);
        Assert.Equal([false, true, true, false], (await HistoryTests.Find(world, new RegisteredQuery { Id = "A1" })).Select(v => v.Stopped));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task StoppedViewing_IsNotLiftedByRegisteringTheSameAnew(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = (await world.Has(Entry("A1"))) with { Member = "K1" };
        await world.Register(entry);
        await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, Ask(entry).Card, Why, Ct));

        // Withdrawn and registered again; another row of the same person.
        Assert.Equal(EntryResult.Withdrawn, (await world.Register(entry with { Act = EntryAct.Withdraw, Coverage = null })).Result);
        Assert.Equal("EL-0218", Assert.Single((await world.Register(entry)).Problems).Code);
        Assert.Equal(4, (await world.Answer(Ask(entry))).Code);
        Assert.Contains("EL-0218", (await world.Register(With(entry, c => c with { Number = "77" }) with { Id = "A2" })).Problems.Select(p => p.Code));
        Assert.Equal(EntryResult.Changed, (await world.Register(With(entry, c => c with { Address = "大阪府架空市1" }))).Result);
        Assert.Equal(1, (await world.Answer(Ask(entry))).Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Twin_WhoseBrotherIsStopped_IsStillOneOfSeveral(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1", branch: "02"));
        await world.Has(Entry("A2", branch: "03"));
        await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, Ask(one).Card, Why, Ct));
        Assert.Equal(5, (await world.Answer(Ask(one, branch: ""))).Code);
        Assert.Equal((4, 1), ((await world.Answer(Ask(one))).Code, (await world.Answer(Ask(one, branch: "03"))).Code));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task ProposalAndLookUp_OfAProtectedPerson_ShowNoWhereabouts(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1"));
        await world.Has(With(Entry("A1", number: "55", insurer: SecondNumber), c => c with { Address = "逃げた先" }), world.OtherInsurer);
        await world.Protect(new DataSubject { Name = one.Coverage!.Name, Birth = "19800505" });
        var proposal = Assert.Single((await Proposals(world)).Proposals);
        Assert.Equal(("", "", "", ""), (proposal.OneCoverage.Address, proposal.OtherCoverage.Address, proposal.OneCoverage.PostalCode, proposal.OtherCoverage.PostalCode));
        Assert.Equal("", Assert.Single(await HistoryTests.Find(world, new RegisteredQuery { Id = "A1" }, world.OtherInsurer)).Coverage.Address);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Reference_ComesBackToItsFacilityOnly_AndIsNoKey(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        var other = await world.Has(Entry("A2", number: "2"));
        Assert.True((await Reference(world, world.Clinic, entry, "診察券-0007")).Value);
        Assert.Equal("診察券-0007", (await world.Answer(Ask(entry))).Reference);
        Assert.Equal(("", ""), ((await world.Answer(Ask(entry), world.Pharmacy)).Reference, (await world.Answer(Ask(other))).Reference));
        Assert.True((await Reference(world, world.Clinic, entry, "8")).Value);
        Assert.Equal("8", (await world.Answer(Ask(entry))).Reference);
        Assert.False((await Reference(world, world.Clinic, entry, " ")).Value);
        Assert.Equal("", (await world.Answer(Ask(entry))).Reference);
        Assert.Equal("EL-0123", (await Reference(world, world.Clinic, entry, new string('1', 51))).Refusal.Code);
        Assert.Equal("EL-0101", (await Reference(world, world.Insurer, entry, "1")).Refusal.Code);
    }

    internal static Task<Outcome<bool>> Reference(EligibilityWorld world, Actor by, CoverageEntry entry, string reference) =>
        world.In<IReferenceNumbers, Outcome<bool>>(r => r.Register(by, new ReferenceEntry { Reference = reference, Card = Ask(entry).Card }, Ct));

    /// <summary>Confirms the one proposal there is.</summary>
    internal static async Task<Guid> Link(EligibilityWorld world) => (await Decide(world, Assert.Single((await Proposals(world)).Proposals), true, Why)).Value;

    private static async Task<MatchPage> Proposals(EligibilityWorld world) => (await world.In<IRegisteredPeople, Outcome<MatchPage>>(p => p.Proposals(world.Office, null, Ct))).Value;

    private static Task<Outcome<Guid>> Decide(EligibilityWorld world, MatchProposal proposal, bool same, string reason) =>
        world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Decide(world.Office, proposal.One, proposal.Other, same, reason, Ct));
}
