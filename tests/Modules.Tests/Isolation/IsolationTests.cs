using Sekisho.Contracts;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>
/// Everybody at every door: outsiders, wrong roles, ended people, revoked devices, nobody. What is not yours is as if it were not there, whatever you ask for
/// and however you ask.
/// </summary>
public sealed class IsolationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_OfDoors_IsThatOfTheSite()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var doors = (await Door.Of(site.Services)).Where(d => !IsAsset(d)).Select(d => d.Name).Distinct().ToList();
        Assert.True(doors.Except(Expectations.Doors.Keys).ToList() is { Count: 0 }, "Not in the table:\n" + string.Join('\n', doors.Except(Expectations.Doors.Keys)));
        Assert.True(Expectations.Doors.Keys.Except(doors).ToList() is { Count: 0 }, "Not on the site:\n" + string.Join('\n', Expectations.Doors.Keys.Except(doors)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-2"), Trait("Clause", "G-5-6"), Trait("Clause", "OQ-A1")]
    public async Task G_5_2_EveryDoor_ShowsNobodyWhatIsNotTheirs(DatabaseProvider provider)
    {
        await using var world = await IsolationWorld.Start(provider);
        var before = await world.State();
        var faults = new List<string>();
        var doors = await Door.Of(world.Site.Services);
        Assert.All(doors.Where(IsAsset), d => Assert.True(d.ToAll));

        // Lists first: later, everybody's own refusals name what they asked for.
        foreach (var (door, expected) in doors.Where(d => !IsAsset(d)).Select(d => (d, Expectations.Doors[d.Name])).OrderBy(d => d.Item2.Subject != Subject.OwnList))
        {
            faults.AddRange(await StrangersStayOutside(world, door, expected));
            faults.AddRange(await MembersSeeTheirOwn(world, door, expected));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(before, await world.State());
    }

    private static async Task<List<string>> StrangersStayOutside(IsolationWorld world, Door door, Expected expected)
    {
        var faults = new List<string>();
        foreach (var stranger in door.ToAll ? [] : world.Strangers)
        {
            var (status, text) = await IsolationWorld.Knock(door, stranger, world.Values(expected.Subject, real: true), expected);
            if (status is not (401 or 302) || (status == 302 && !door.IsPage) || Told(world, text) is not null)
            {
                faults.Add($"{door}: {stranger.Name} → {status}");
            }
        }

        return faults;
    }

    private static async Task<List<string>> MembersSeeTheirOwn(IsolationWorld world, Door door, Expected expected)
    {
        var subject = expected.Subject;
        var faults = new List<string>();
        var shown = false;
        foreach (var member in world.Members)
        {
            var owns = member.Owns.Contains(subject) && MayPass(door, member);
            if (owns && door.Method != "GET")
            {
                continue;
            }

            var (status, text) = await IsolationWorld.Knock(door, member, world.Values(subject, real: true), expected);
            shown |= owns && status is >= 200 and < 300;
            if (!owns && Fault(world, door, subject, member, status, text) is { } fault)
            {
                faults.Add($"{door}: {member.Name} → {fault}");
            }

            if (!owns && IsThing(subject) && MayPass(door, member))
            {
                var unknown = await IsolationWorld.Knock(door, member, world.Values(subject, real: false), expected);
                if (unknown != (status, text))
                {
                    faults.Add($"{door}: {member.Name} can tell another's ({status}) from none ({unknown.Status}){Difference(text, unknown.Text)}");
                }
            }
        }

        if (IsThing(subject) && door.Method == "GET" && !shown)
        {
            faults.Add($"{door}: not even its owner gets in, so this proves nothing");
        }

        return faults;
    }

    private static string? Fault(IsolationWorld world, Door door, Subject subject, Visitor member, int status, string text)
    {
        if (!MayPass(door, member))
        {
            return status == 403 && Told(world, text) is null ? null : $"{status} without {string.Join('/', door.AnyOf)}";
        }

        if (IsThing(subject))
        {
            return status == 404 && Told(world, text) is null ? null : $"{status} for another's";
        }

        return subject == Subject.OwnList && member.Owns.Count == 0 && Told(world, text) is { } secret ? $"is told {secret}" : null;
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(p => p.First == p.Second).Count();
        return $": …{one[Math.Max(0, at - 20)..Math.Min(one.Length, at + 20)]} / {other[Math.Max(0, at - 20)..Math.Min(other.Length, at + 20)]}";
    }

    private static string? Told(IsolationWorld world, string text) => world.Secrets.FirstOrDefault(s => text.Contains(s, StringComparison.Ordinal));

    private static bool MayPass(Door door, Visitor member) => door.AnyOf.Count == 0 || door.AnyOf.Any(member.Permissions.Contains);

    private static bool IsThing(Subject subject) => subject is not (Subject.Nobody or Subject.OwnList);

    private static bool IsAsset(Door door) => door.Pattern.StartsWith("/assets/", StringComparison.Ordinal);
}
