using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Whose claims are whose: links that are taken back, and random worlds against a plain model.</summary>
public sealed class MedicineIsolationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Link_BringsTheClaimsOfBothKeys_AndTakesThemAway(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var one = await world.Has(Entry("A1", until: "2026-09-01"));
        var other = await world.Has(With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-09-01"), c => c with { Kana = "セキショ A1" }), world.OtherInsurer);
        await Bring(world, 1, one, "620000001", 8);
        await Bring(world, 2, other, "620000002", 9);
        await Agree(world, one, world.Clinic);
        await Agree(world, other, world.Clinic);
        Assert.Equal(["620000001"], await Seen(world, world.Clinic, one));
        var link = await MatchTests.Link(world);
        Assert.Equal(["620000001", "620000002"], await Seen(world, world.Clinic, one));
        Assert.Equal(["620000001", "620000002"], await Seen(world, world.Clinic, other));
        await world.In<IRegisteredPeople, Outcome<Guid>>(p => p.Undo(world.Office, link, Why, Ct));
        Assert.Equal(["620000001"], await Seen(world, world.Clinic, one));
        Assert.Equal(["620000002"], await Seen(world, world.Clinic, other));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task StoppedViewing_LooksLikeNobody(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        await Bring(world, 1, entry, "620000001", 8);
        await Agree(world, entry, world.Clinic);
        await world.In<IRegisteredPeople, Outcome<int>>(p => p.Stop(world.Office, EligibilityWorld.Ask(entry).Card, Why, Ct));
        var nobody = await View(world, world.Clinic, Entry("X", number: "404"));
        Assert.Equal(nobody.Refusal, (await View(world, world.Clinic, entry)).Refusal);
    }

    /// <summary>Families of twins share 記号・番号・生年月日; some claims name a 枝番, some do not; consents come and go.</summary>
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 11), InlineData(DatabaseProvider.Sqlite, 12), InlineData(DatabaseProvider.PostgreSql, 13)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_RandomWorld_ShowsEveryClaimToWhomItBelongs_AndOnlyWithConsent(DatabaseProvider provider, int seed)
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(seed);
#pragma warning restore RS0030
        await using var world = await Start(provider);
        Actor[] facilities = [world.Clinic, world.Pharmacy];
        var people = Enumerable.Range(0, 9).Select(i => Entry($"P{i}", number: $"{(i / 3) + 1}", branch: $"0{(i % 3) + 1}")).ToList();
        var registered = new HashSet<int>();
        var agreed = new HashSet<(int, OrganisationId)>();
        var claims = new List<(string Code, int Family, int? Person)>();
        for (var step = 0; step < 60; step++)
        {
            var person = dice.Next(people.Count);
            var facility = facilities[dice.Next(2)];
            switch (dice.Next(4))
            {
                case 0:
                    await world.Register(people[person]);
                    registered.Add(person);
                    break;
                case 1 when registered.Contains(person):
                    await Agree(world, people[person], facility);
                    agreed.Add((person, facility.Organisation));
                    break;
                case 2:
                    var code = (620000000 + step).ToString(CultureInfo.InvariantCulture);
                    var named = dice.Next(2) == 0;
                    await Bring(world, step, named ? people[person] : With(people[person], c => c with { Branch = "" }), code, 8, $"13100000{step:D2}");
                    claims.Add((code, person / 3, named ? person : null));
                    break;
                default:
                    await Check(facility, person);
                    break;
            }
        }

        foreach (var (facility, person) in from f in facilities from p in Enumerable.Range(0, people.Count) select (f, p))
        {
            await Check(facility, person);
        }

        async Task Check(Actor facility, int person)
        {
            var viewed = await View(world, facility, people[person]);
            var expected = !registered.Contains(person) ? "EL-0121" : !agreed.Contains((person, facility.Organisation)) ? "EL-0503" : null;
            if (viewed.Refused(out var refusal, out var answer))
            {
                Assert.Equal(expected, refusal.Code);
                return;
            }

            Assert.Null(expected);
            var alone = registered.Count(p => p / 3 == person / 3) == 1;
            Assert.Equal(
                claims.Where(c => c.Person == person || (c.Person is null && c.Family == person / 3 && alone)).Select(c => c.Code).Order(), answer.Drugs.Select(d => d.Code).Order());
        }
    }

    private static async Task Bring(EligibilityWorld world, int ordinal, CoverageEntry entry, string code, int month, string institution = "1310101017")
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        await scope.ServiceProvider.GetRequiredService<GivenStore>().Keep(
            "受付1", ordinal, YearMonth.Of(new DateOnly(2026, month, 1)), EligibilityWorld.Ask(entry).Card,
            new Given(institution, "架空医院", false, [new ClaimService(ServiceKind.Drug, 21, code, 1, 7, [(3, 7)])]), Ct);
        await session.Commit(Ct);
    }

    private static async Task Agree(EligibilityWorld world, CoverageEntry entry, Actor facility)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        var member = (await scope.ServiceProvider.GetRequiredService<MemberOf>().Find(EligibilityWorld.Ask(entry).Card, Ct)).Value;
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(Ct);
        var at = TimeProvider.System.Now();
        await scope.ServiceProvider.GetRequiredService<Modules.Eligibility.Consents.Consents>().Give(
            new Modules.Eligibility.Consents.Consent(Guid.CreateVersion7(), member.Person, facility.Organisation, ConsentKind.Medicines, CareForm.Outpatient, at, at.AddDays(1), PersonProof.Pin, Guid.CreateVersion7()), Ct);
        await session.Commit(Ct);
    }

    private static Task<Outcome<MedicinesAnswer>> View(EligibilityWorld world, Actor facility, CoverageEntry entry) => world.In<IMedicines, Outcome<MedicinesAnswer>>(
        m => m.View(facility with { Permissions = new HashSet<Permission> { Permission.ViewMedicines } }, new MedicinesQuery { Card = EligibilityWorld.Ask(entry).Card }, Ct));

    private static async Task<IEnumerable<string>> Seen(EligibilityWorld world, Actor facility, CoverageEntry entry) =>
        (await View(world, facility, entry)).Value.Drugs.Select(d => d.Code).Order();
}
