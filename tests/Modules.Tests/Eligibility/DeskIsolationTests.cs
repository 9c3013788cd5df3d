using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>Two facilities with the same patients, the same numbers and the same days, from a seed: whatever they do, nobody sees the other's.</summary>
public sealed class DeskIsolationTests
{
    private const int Numbers = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, 1)]
    [InlineData(DatabaseProvider.Sqlite, 2)]
    [InlineData(DatabaseProvider.PostgreSql, 3)]
    public async Task Facilities_NeverSeeEachOthersPatientsAppointmentsOrHistory(DatabaseProvider provider, int seed)
    {
        await using var world = await ReceptionWorld.Start(provider);
        for (var i = 0; i < Numbers; i++)
        {
            await world.Registry.Has(Entry($"P{i}", number: $"{i + 1}"));
        }

        var dice = new Random(seed);
        var facilities = new[] { new Model(world, world.Clerk, "甲"), new Model(world, world.Neighbour, "乙") };
        for (var step = 0; step < 40; step++)
        {
            var facility = facilities[dice.Next(2)];
            await facility.Act(dice.Next(4), dice.Next(Numbers), step);
            await facilities[0].Check(facilities[1]);
            await facilities[1].Check(facilities[0]);
        }
    }

    /// <summary>What one facility should see.</summary>
    private sealed class Model(ReceptionWorld world, Actor by, string mark)
    {
        private readonly Dictionary<string, string> _names = [];
        private readonly Dictionary<string, int> _asked = [];

        public HashSet<Guid> Visits { get; } = [];

        public async Task Act(int act, int number, int step)
        {
            var chart = $"{number + 1}";
            switch (act)
            {
                case 0:
                    await world.Book(by, Day, ReceptionWorld.Row(chart, Entry($"P{number}", number: chart).Coverage!, name: $"{mark}の{step}"));

                    // An appointment overwrites nobody's file.
                    _names.TryAdd(chart, $"{mark}の{step}");
                    break;
                case 1 when _names.ContainsKey(chart):
                    await world.Ask(by, await Line(chart));
                    _asked[chart] = _asked.GetValueOrDefault(chart) + 1;
                    break;
                case 2 when _names.Remove(chart):
                    Assert.True((await world.Files(f => f.Erase(by, chart, Ct))).Value);
                    break;
                case 3 when _names.Count > 0:
                    await world.Ended(by, (await world.Nights(n => n.Start(by, Day, Ct))).Value);
                    foreach (var name in _names.Keys)
                    {
                        _asked[name] = _asked.GetValueOrDefault(name) + 1;
                    }

                    break;
                default:
                    break;
            }
        }

        public async Task Check(Model other)
        {
            var visits = (await world.Day(by)).Visits;
            Assert.Equal(_names.OrderBy(n => n.Key), visits.Select(v => KeyValuePair.Create(v.Patient.Chart, v.Patient.Name)).OrderBy(n => n.Key));
            Visits.UnionWith(visits.Select(v => v.Id));
            foreach (var visit in visits)
            {
                Assert.Equal(_asked.GetValueOrDefault(visit.Patient.Chart), (await world.Open(by, visit.Id)).History.Count);
            }

            foreach (var foreign in other.Visits.Take(3))
            {
                Assert.Equal("EL-0801", ReceptionTests.Refused(await world.Reception(r => r.Open(by, foreign, Ct))));
                Assert.Equal("EL-0801", ReceptionTests.Refused(await world.Reception(r => r.Ask(by, foreign, false, Ct))));
                Assert.Equal("EL-0801", ReceptionTests.Refused(await world.Reception(r => r.Remove(by, foreign, Ct))));
            }
        }

        private async Task<Guid> Line(string chart) => (await world.Day(by)).Visits.Single(v => v.Patient.Chart == chart).Id;
    }
}
