using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Random small worlds against a plain model: whoever asks whatever, nobody sees what is another's.</summary>
public sealed class IsolationPropertyTests
{
    private const int People = 12;
    private const int Steps = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 1), InlineData(DatabaseProvider.Sqlite, 2), InlineData(DatabaseProvider.PostgreSql, 3)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_RandomWorld_ShowsNobodyWhatIsAnothers(DatabaseProvider provider, int seed)
    {
#pragma warning disable RS0030 // A property test repeats itself by its seed.
        var dice = new Random(seed);
#pragma warning restore RS0030
        await using var world = await Start(provider);
        var third = As(await world.Site.Organisation(OrganisationKind.HomeNursing, new OrganisationCode(CodeSystem.Institution, "1369999993")), Permission.InquireEligibility);
        var model = new Model(world, [world.Clinic, world.Pharmacy, third], [world.Insurer, world.OtherInsurer]);
        for (var step = 0; step < Steps; step++)
        {
            var (person, facility) = (dice.Next(People), model.Facilities[dice.Next(3)]);
            switch (dice.Next(5))
            {
                case 0 or 1:
                    await model.Register(person, moved: dice.Next(4) == 0);
                    break;
                case 2:
                    await model.Refer(facility, person, $"照会{step}");
                    break;
                case 3:
                    await model.Ask(facility, person);
                    break;
                default:
                    await model.Search(model.Insurers[dice.Next(2)], person);
                    break;
            }
        }

        foreach (var person in Enumerable.Range(0, People))
        {
            foreach (var facility in model.Facilities)
            {
                await model.Ask(facility, person);
            }

            foreach (var insurer in model.Insurers)
            {
                await model.Search(insurer, person);
            }
        }
    }

    /// <summary>What should be there. Every odd person is the second insurer's; cards of the two insurers differ in nothing but the insurer.</summary>
    private sealed class Model(EligibilityWorld world, IReadOnlyList<Actor> facilities, IReadOnlyList<Actor> insurers)
    {
        private readonly Dictionary<int, string> _addresses = [];
        private readonly Dictionary<(OrganisationId, int), string> _references = [];

        public IReadOnlyList<Actor> Facilities => facilities;

        public IReadOnlyList<Actor> Insurers => insurers;

        public async Task Register(int person, bool moved)
        {
            var address = moved ? $"架空市{person}-{_addresses.Count}新" : _addresses.GetValueOrDefault(person, $"架空市{person}");
            var report = await world.Register(With(EntryOf(person), c => c with { Address = address }), insurers[person % 2]);
            Assert.NotEqual(EntryResult.Refused, report.Result);
            _addresses[person] = address;

            // The other insurer cannot register it, whatever it says.
            Assert.Equal(EntryResult.Refused, (await world.Register(EntryOf(person), insurers[1 - (person % 2)])).Result);
        }

        public async Task Refer(Actor facility, int person, string reference)
        {
            var done = await MatchTests.Reference(world, facility, EntryOf(person), reference);
            Assert.Equal(_addresses.ContainsKey(person), done.Succeeded(out _, out _));
            if (_addresses.ContainsKey(person))
            {
                _references[(facility.Organisation, person)] = reference;
            }
        }

        public async Task Ask(Actor facility, int person)
        {
            var answer = await world.Answer(EligibilityWorld.Ask(EntryOf(person)), facility);
            Assert.Equal(_addresses.ContainsKey(person) ? 1 : 4, answer.Code);
            Assert.Equal(_addresses.GetValueOrDefault(person), answer.Coverage?.Address);
            Assert.Equal(_references.GetValueOrDefault((facility.Organisation, person), ""), answer.Reference);

            // A reference is no key, in whatever field it is put.
            foreach (var reference in _references.Values.Take(3))
            {
                var card = EligibilityWorld.Ask(EntryOf(person)).Card with { Number = reference };
                Assert.Equal(4, (await world.Answer(new Contracts.Eligibility.Inquiry { Card = card }, facility)).Code);
            }
        }

        public async Task Search(Actor insurer, int person)
        {
            // Both insurers call their people by the same ids.
            var asked = insurers[0].Organisation == insurer.Organisation ? 0 : 1;
            await Finds(insurer, new RegisteredQuery { Id = EntryOf(person).Id }, (person / 2 * 2) + asked);
            await Finds(insurer, new RegisteredQuery { Card = EligibilityWorld.Ask(EntryOf(person)).Card }, person % 2 == asked ? person : null);
        }

        private async Task Finds(Actor insurer, RegisteredQuery query, int? person)
        {
            var found = (await world.In<ICoverageRegistration, Outcome<IReadOnlyList<RegisteredVersion>>>(r => r.Find(insurer, query, Ct))).Value;
            Assert.Equal(person is { } own ? _addresses.GetValueOrDefault(own) : null, found.Count > 0 ? found[^1].Coverage.Address : null);
        }

        private static CoverageEntry EntryOf(int person) => Entry($"P{person / 2}", number: $"{person / 2 + 1}", insurer: person % 2 == 0 ? FirstNumber : SecondNumber);
    }
}
