using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Who is found without 生年月日, as the headers of 閲覧 requests name people.</summary>
public sealed class MemberTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Member_IsFoundByBranch_HoweverItIsWritten_AndByNothingLess(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1"));
        var other = await world.Has(With(Entry("A2", branch: "02"), c => c with { Birth = new(2015, 1, 1) }));
        var found = (await Find(world, Card(one) with { Symbol = "12-3", Number = "０００１", Branch = "1" })).Value;
        Assert.Equal((one.Coverage!.Name, Validity.Valid, false), (found.Coverage.Name, found.Validity, found.Protected));
        Assert.Equal(other.Coverage!.Name, (await Find(world, Card(other))).Value.Coverage.Name);
        Assert.Equal("EL-0124", (await Find(world, Card(one) with { Branch = "" })).Refusal.Code);
        Assert.Equal("EL-0121", (await Find(world, Card(one) with { Branch = "09" })).Refusal.Code);

        // With 生年月日 the 枝番 may be missing, and must fit when it is there.
        Assert.Equal(found.Person, (await Find(world, Ask(one, branch: "").Card)).Value.Person);
        Assert.Equal("EL-0121", (await Find(world, Ask(one, branch: "02").Card)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Member_Of後期_IsFoundByItsNumberAlone(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = With(Entry("K1", number: "12345678", branch: "", insurer: SecondNumber), c => c with { Insurer = "39139997", Symbol = "" });
        var organisation = await world.Site.Organisation(
            "架空広域連合", OrganisationKind.LateElderlyUnion, new OrganisationCode(CodeSystem.Insurer, "39139997"));
        await world.Has(entry, As(organisation, Permission.RegisterCoverage));
        Assert.Equal(entry.Coverage!.Name, (await Find(world, Card(entry))).Value.Coverage.Name);
        Assert.Equal(entry.Coverage.Name, (await Find(world, Card(entry) with { Symbol = "何か", Branch = "00" })).Value.Coverage.Name);
        Assert.Equal("EL-0121", (await Find(world, Card(entry) with { Number = "12345679" })).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Member_StoppedIsNobody_AndProtectedHasNoWhereabouts(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var stopped = await world.Has(Entry("A1"));
        await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, Ask(stopped).Card, Why, Ct));
        Assert.Equal("EL-0121", (await Find(world, Card(stopped))).Refusal.Code);

        var flagged = await world.Has(Entry("A2", number: "2") with { NonDisclosure = true });
        var listed = await world.Has(Entry("A3", number: "3"));
        await world.Protect(new DataSubject { Insurer = FirstNumber, Symbol = "１２－３", Number = "3", Branch = "01", Name = listed.Coverage!.Name, Birth = "19800505" });
        foreach (var entry in new[] { flagged, listed })
        {
            var member = (await Find(world, Card(entry))).Value;
            Assert.Equal((true, "", ""), (member.Protected, member.Coverage.Address, member.Coverage.PostalCode));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Member_WhoseBranchIsAnothersToo_IsNobodyInParticular(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1"));
        Assert.Equal("EL-0214", Assert.Single((await world.Register(With(Entry("A2"), c => c with { Birth = new(2001, 1, 1) }))).Problems).Code);
        Assert.Equal("EL-0122", (await Find(world, Card(one))).Refusal.Code);
    }

    private static CardKeys Card(CoverageEntry entry) => Ask(entry).Card with { Birth = default };

    private static Task<Outcome<Member>> Find(EligibilityWorld world, CardKeys card) => world.In<MemberOf, Outcome<Member>>(m => m.Find(card, Ct));
}
