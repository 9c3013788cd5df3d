using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>What was known when: corrections and retroactive loss change the answer of today, never what was answered.</summary>
public sealed class HistoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task RetroactiveLoss_ChangesTheAnswerOfToday_AndExplainsThatOfYesterday(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var entry = await world.Has(Entry("A1"));
        var answered = await world.Answer(Ask(entry));
        Assert.Equal(1, answered.Code);
        var lost = With(entry, c => c with { Lost = new(2026, 7, 1), LossReason = "03" });
        Assert.Equal(EntryResult.Changed, (await world.Register(lost)).Result);
        Assert.Equal(2, (await world.Answer(Ask(entry))).Code);
        Assert.Equal(1, (await world.Answer(Ask(entry, new(2026, 6, 30)))).Code);

        var versions = await Find(world, new RegisteredQuery { Id = "A1" });
        Assert.Equal([null, new DateOnly(2026, 7, 1)], versions.Select(v => v.Coverage.Lost));
        Assert.Equal(versions[0].KnownUntil, versions[1].KnownFrom);
        Assert.Null(Assert.Single(await Find(world, new RegisteredQuery { Card = Ask(entry).Card, AsOf = answered.At })).Coverage.Lost);
        Assert.NotNull(Assert.Single(await Find(world, new RegisteredQuery { Card = Ask(entry).Card, AsOf = versions[1].KnownFrom })).Coverage.Lost);

        Assert.Equal([DayStanding.Covered, DayStanding.NotCovered], await Standings(world, entry, null));
        Assert.Equal([DayStanding.Covered, DayStanding.Covered], await Standings(world, entry, answered.At));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Responsible_OverAMonthInWhichTheInsurerChanged_NamesEachDaysInsurer(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var old = await world.Has(Entry("A1", until: "2026-10-11"));
        var next = await world.Has(With(Entry("B1", number: "55", insurer: SecondNumber, from: "2026-10-11"), c => c with { Kana = "セキショ A1" }), world.OtherInsurer);
        DateOnly[] days = [new(2026, 10, 10), new(2026, 10, 11), new(2026, 10, 31), new(2019, 1, 1)];
        var apart = await Days(world, old, days);
        Assert.Equal([DayStanding.Covered, DayStanding.NotCovered, DayStanding.NotCovered, DayStanding.NotCovered], apart.Select(d => d.Standing));

        var before = (await world.Answer(Ask(old))).At;
        var link = await MatchTests.Link(world);
        var joined = await Days(world, old, days);
        Assert.Equal([DayStanding.Covered, DayStanding.Covered, DayStanding.Covered, DayStanding.NotCovered], joined.Select(d => d.Standing));
        Assert.Equal([FirstNumber, SecondNumber, SecondNumber], joined.Take(3).Select(d => d.Coverage!.Insurer));
        Assert.Equal([world.First.Id, world.Second.Id], joined.Take(2).Select(d => d.Insurer!.Value));
        Assert.Equal([FirstNumber, SecondNumber], (await Days(world, next, days)).Take(2).Select(d => d.Coverage!.Insurer));

        // A wrong 枝番 is overlooked where nobody else is left; as of before the link the other insurer was not known.
        Assert.Equal(DayStanding.Covered, (await Days(world, With(old, c => c with { Branch = "09" }), days))[0].Standing);
        Assert.Equal(DayStanding.NotCovered, (await world.In<IEligibility, IReadOnlyList<ResponsibleDay>>(e => e.Responsible(Ask(old).Card, days, before, Ct)))[1].Standing);
        Assert.Equal(DayStanding.Unknown, (await Days(world, Entry("X", number: "9999"), days))[0].Standing);
        Assert.NotEqual(Guid.Empty, link);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Neighbours_ThatContradictARow_AreReported(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await world.Has(Entry("A1", branch: "02"));
        Assert.Equal("Refused EL-0213", await Said(world, Entry("A2", branch: "02")));
        Assert.Equal("Created EL-0215", await Said(world, Entry("A3", branch: "")));
        Assert.Equal("Created EL-0214", await Said(world, With(Entry("A4", branch: "02"), c => c with { Birth = new(1990, 1, 1) })));
        Assert.Equal("Created EL-0216", await Said(world, Entry("A5", number: "8") with { Member = "A1" }));
        Assert.Equal("Created ", await Said(world, Entry("A6", number: "8", branch: "05", until: "2020-05-01") with { Member = "M6" }));
        Assert.Equal("Created ", await Said(world, Entry("A7", number: "9", from: "2020-05-01") with { Member = "M6" }));
        Assert.Equal("Created EL-0217", await Said(world, Entry("A8", number: "10") with { Notified = Day.AddDays(-6) }));
        Assert.Equal("Created ", await Said(world, Entry("A9", number: "11") with { Notified = Day.AddDays(-5) }));
        Assert.Equal("Refused EL-0206", await Said(world, Entry("B1", insurer: SecondNumber)));
        Assert.Equal("Refused EL-0207", await Said(world, With(Entry("B2"), c => c with { Insurer = "39139997" }), "EL-0206"));
        Assert.Equal("Same ", await Said(world, Entry("A1", branch: "02")));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task SamePersonUnderTwoNumbers_IsTold_AndNobodyElseIsTakenForThem(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        static CoverageEntry Named(CoverageEntry entry, string name, string kana) => With(entry, c => c with { Name = name, Kana = kana });
        await world.Has(Named(Entry("C1", number: "20"), "二重　花", "ニジュウ ハナ"));
        Assert.Equal("Created EL-0220", await Said(world, Named(Entry("C2", number: "21"), "二重花", "ﾆｼﾞﾕｳ ﾊﾅ")));
        Assert.Equal("Created ", await Said(world, Named(Entry("C3", number: "22"), "二十　華", "ニジュウ ハナ")));
        Assert.Equal("Created ", await Said(world, Named(Entry("C4", number: "23"), "二重●", "ニジュウ ハナ"), "EL-0714"));
        Assert.Equal("Created ", await Said(world, Named(Entry("C5", number: "24", until: "2020-04-01"), "二重　花", "ニジュウ ハナ")));
        Assert.Equal("Created ", await Said(world, With(Named(Entry("C6", number: "25"), "二重　花", "ニジュウ ハナ"), c => c with { Sex = "1" })));
        Assert.Equal("", string.Join(' ', (await world.Register(Named(Entry("C7", number: "26", insurer: SecondNumber), "二重　花", "ニジュウ ハナ"), world.OtherInsurer)).Problems.Select(p => p.Code)));

        // Put right, and wrong again.
        Assert.Equal("Changed ", await Said(world, Named(Entry("C2", number: "21"), "二重　葉", "ニジュウ ハ")));
        Assert.Equal("Changed EL-0220", await Said(world, Named(Entry("C2", number: "21"), "二重　花", "ニジュウ ハナ")));
    }

    internal static async Task<IReadOnlyList<RegisteredVersion>> Find(EligibilityWorld world, RegisteredQuery query, Actor? by = null) =>
        (await world.In<ICoverageRegistration, Outcome<IReadOnlyList<RegisteredVersion>>>(r => r.Find(by ?? world.Insurer, query, Ct))).Value;

    private static async Task<string> Said(EligibilityWorld world, CoverageEntry entry, string without = "")
    {
        var report = await world.Register(entry);
        return $"{report.Result} {string.Join(' ', report.Problems.Select(p => p.Code).Where(c => c != without))}";
    }

    private static Task<IReadOnlyList<ResponsibleDay>> Days(EligibilityWorld world, CoverageEntry entry, params DateOnly[] days) =>
        world.In<IEligibility, IReadOnlyList<ResponsibleDay>>(e => e.Responsible(Ask(entry).Card, days, null, Ct));

    private static async Task<List<DayStanding>> Standings(EligibilityWorld world, CoverageEntry entry, DateTimeOffset? asOf) =>
        [.. (await world.In<IEligibility, IReadOnlyList<ResponsibleDay>>(e => e.Responsible(Ask(entry).Card, [new(2026, 6, 30), new(2026, 7, 1)], asOf, Ct))).Select(d => d.Standing)];
}
