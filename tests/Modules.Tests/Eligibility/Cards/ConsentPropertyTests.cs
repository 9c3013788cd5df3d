using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>Random worlds against a plain model: whatever people show, agree to and take back and facilities use, no facility sees another's consent, and nobody's whereabouts leak.</summary>
public sealed class ConsentPropertyTests
{
    private const int People = 6;
    private const int Steps = 60;
    private static readonly ConsentKind[] _kinds = [ConsentKind.Diseases, ConsentKind.Medicines, ConsentKind.Diagnoses, ConsentKind.Operations, ConsentKind.Checkups];
    private static readonly CareForm[] _cares = [CareForm.Outpatient, CareForm.HomeVisit, CareForm.Online];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 11), InlineData(DatabaseProvider.Sqlite, 12), InlineData(DatabaseProvider.PostgreSql, 13)]
    [Trait("Clause", "G-5-6"), Trait("Clause", "G-5-1")]
    public async Task G_5_6_RandomConsents_AreSeenByTheirOwnFacilityOnly(DatabaseProvider provider, int seed)
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(seed);
#pragma warning restore RS0030
        await using var world = await CardWorld.Start(provider);
        var third = As(await world.World.Site.Organisation(OrganisationKind.HomeNursing, new OrganisationCode(CodeSystem.Institution, "1369999993")), Permission.InquireEligibility);
        Actor[] facilities = [world.AtClinic, CardWorld.Device(world.World.Pharmacy), CardWorld.Device(third)];
        var cards = new List<SoftCard>();
        for (var person = 0; person < People; person++)
        {
            // Every third one is protected by the insurer's flag.
            var entry = await world.World.Has(EntryOf(person) with { NonDisclosure = person % 3 == 0 });
            cards.Add(world.Card(elliptic: person % 2 == 0));
            Assert.Equal("", await world.Register(cards[person], entry));
        }

        // What each facility uses; as published at first. Operations are a part of 診療情報.
        List<ConsentKind>[] used = [.. facilities.Select(_ => new List<ConsentKind> { ConsentKind.Medicines, ConsentKind.Checkups })];
        bool Uses(int facility, ConsentKind kind) =>
            kind == ConsentKind.Diseases || (used[facility].Contains(kind) && (kind != ConsentKind.Operations || used[facility].Contains(ConsentKind.Diagnoses)));
        var given = new Dictionary<(int Person, int Facility, ConsentKind Kind, CareForm Care), DateTimeOffset>();
        for (var step = 0; step < Steps; step++)
        {
            var (person, facility, care) = (dice.Next(People), dice.Next(facilities.Length), _cares[dice.Next(_cares.Length)]);
            switch (dice.Next(5))
            {
                case 0:
                    world.Clock.Move(TimeSpan.FromMinutes(dice.Next(1, 600)));
                    await world.Republish();
                    break;
                case 1:
                    await Withdraw(person, facility, _kinds[dice.Next(_kinds.Length)], care);
                    break;
                case 2:
                    used[facility] = [.. FacilityUses.Switched.Where(_ => dice.Next(2) == 0)];
                    await world.World.Site.Uses(facilities[facility].Organisation, [.. used[facility]]);
                    break;
                default:
                    await Show(person, facility, care, _kinds.Where(_ => dice.Next(3) == 0).ToDictionary(k => k, _ => dice.Next(4) > 0));
                    break;
            }
        }

        foreach (var (person, facility, care) in from p in Enumerable.Range(0, People) from f in Enumerable.Range(0, facilities.Length) from c in _cares select (p, f, c))
        {
            await Show(person, facility, care, []);
        }

        cards.ForEach(c => c.Dispose());

        async Task Show(int person, int facility, CareForm care, Dictionary<ConsentKind, bool> answers)
        {
            var reply = (await world.Inquire(cards[person], new CardInquiry { Care = care, Consents = answers }, facilities[facility])).Value;
            var now = world.Clock.GetUtcNow();
            foreach (var (kind, yes) in answers)
            {
                if (yes && Uses(facility, kind))
                {
                    given[(person, facility, kind, care)] = now;
                }
                else if (!yes)
                {
                    given.Remove((person, facility, kind, care));
                }
            }

            Assert.Equal(
                answers.Any(a => a.Value && !Uses(facility, a.Key)), reply.Answer.Warnings.Any(w => w.Code == "EL-0441"));

            Assert.Equal(
                _kinds.Where(k => Uses(facility, k) && given.TryGetValue((person, facility, k, care), out var at) && (care == CareForm.HomeVisit || now < at.AddHours(24))),
                reply.Answer.Consents.Where(c => c.Kind != ConsentKind.Limits && c.Standing == ConsentStanding.Given).Select(c => c.Kind));
            Assert.Equal($"{person + 1}", Assert.Single(reply.Answer.Coverages).Number);
            Assert.Equal(person % 3 != 0, Encoding.UTF8.GetString(reply.Bytes).Contains($"架空市{person}", StringComparison.Ordinal));
            Assert.Equal("EL-0411", CardWorld.Code(await world.Result(reply.Answer.Id, facilities[(facility + 1) % facilities.Length])));
        }

        async Task Withdraw(int person, int facility, ConsentKind kind, CareForm care)
        {
            var asked = new Withdrawal { Card = EligibilityWorld.Ask(EntryOf(person)).Card, Kinds = [kind], Cares = [care], Reason = ConsentEnd.Facility };
            var done = await world.World.In<WithdrawConsents, Outcome<int>>(w => w.Run(facilities[facility], asked, Ct));
            var held = given.TryGetValue((person, facility, kind, care), out var at) && (care == CareForm.HomeVisit || world.Clock.GetUtcNow() < at.AddHours(24));
            Assert.Equal(held ? "" : "EL-0425", CardWorld.Code(done));
            given.Remove((person, facility, kind, care));
        }
    }

    private static CoverageEntry EntryOf(int person) => With(Entry($"P{person}", number: $"{person + 1}"), c => c with { Address = $"架空市{person}" });
}
