using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>
/// How long the lists of findings take with 10,000 receptions and with one of 20,000 findings. Measured when asked for (<c>--explicit only</c>), never asserted.
/// </summary>
public sealed class ChecksScaleTests
{
    private const int Receptions = 10_000;
    private const int RulesEach = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Explicit = true)]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Measure(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var one = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("", "101")))).Reception.Number;
        await Fill(world, provider, one);
        var first = new JudgedQuery("R0001", ClaimsWorld.November, OpenOnly: false, null);
        await Time("statistics of a payer", () => world.Checks(c => c.Statistics(world.Payer, null, null, Ct)));
        await Time("statistics of a clinic", () => world.Checks(c => c.Statistics(world.Clinic, null, null, Ct)));
        await Time("first 100 findings of a check", () => world.Checks(c => c.Findings(world.Payer, first, Ct)));
        await Time("100 findings in the middle", () => world.Checks(c => c.Findings(world.Payer, first with { After = new FindingOn("M05000", 1) }, Ct)));
        await Time("open findings", () => world.Checks(c => c.Findings(world.Payer, first with { OpenOnly = true }, Ct)));
        await Time("result page of 2,000 claims, 20,000 findings", () => world.Checks(c => c.Result(world.Payer, one, new ResultQuery(), Ct)));
        await Time("its last page", () => world.Checks(c => c.Result(world.Payer, one, new ResultQuery(Page: 40, List: 10), Ct)));
        await Time("one check of it", () => world.Checks(c => c.Result(world.Payer, one, new ResultQuery(Rule: "R0003"), Ct)));
        await Time("all of it, as before", () => world.Ask(c => c.Result(world.Payer, one, Ct)));
        var many = Enumerable.Range(1, 100).Select(i => new FindingOn($"M{i:D5}", 1)).ToList();
        await Time("judging 100 findings of 100 receptions", () => world.Checks(c => c.Judge(world.Payer, "R0001", Verdict.Right, Guid.NewGuid().ToString(), many, Ct)));
    }

    private static async Task Time<T>(string what, Func<Task<T>> act)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            await act();
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {best.TotalMilliseconds:0.0} ms");
        await File.AppendAllTextAsync(Path.Combine(Path.GetTempPath(), "sekisho-checks-scale.txt"), $"{what}: {best.TotalMilliseconds:0.0} ms\n", Ct);
    }

    /// <summary>Receptions like the one there is, each with some rules and findings; and the one grown to 2,000 claims with ten findings each.</summary>
    private static async Task Fill(ClaimsWorld world, DatabaseProvider provider, string one)
    {
        await using var session = new DbSession(world.Site.Services.GetRequiredService<Database>());
        await session.Write(Ct);
        var p = session.Prefix("claims");
        var number = provider == DatabaseProvider.Sqlite ? "'M' || printf('%05d', n.n)" : "'M' || LPAD(n.n::text, 5, '0')";
        var rule = provider == DatabaseProvider.Sqlite ? "'R' || printf('%04d', k.n)" : "'R' || LPAD(k.n::text, 4, '0')";
        var id = provider == DatabaseProvider.Sqlite ? "lower(hex(randomblob(4)) || '-0000-4000-8000-' || hex(randomblob(6)))" : "gen_random_uuid()";
        var n = (int count) => $"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) SELECT n FROM s)";
        var claim = $"{p}claim (reception, ordinal, number, line, lines, start, length, kind, treatment_month, insurer, public_payers, payers, points, worst, findings, state)";
        string[] sql =
        [
            $"INSERT INTO {p}reception SELECT {number}, {id}, sender, recipient, owner, institution, institution_name, payer, month, volume, file_name, {number}, provenance, received_at, business_at, state, claims, rejected, points, findings, worst, editions, rule_list, not_run FROM {p}reception r, {n(Receptions)} n WHERE r.number = '{one}'",
            $"INSERT INTO {claim} SELECT {number}, 1, number, line, lines, start, length, kind, treatment_month, insurer, public_payers, payers, points, worst, findings, state FROM {p}claim c, {n(Receptions)} n WHERE c.reception = '{one}'",
            $"INSERT INTO {p}rule SELECT {number}, {rule}, severity, title, clause, remedy, 1 FROM {p}rule u, {n(Receptions)} n, {n(RulesEach)} k WHERE u.reception = '{one}' AND u.number = 'L3001'",
            $"INSERT INTO {p}finding SELECT {number}, k.n, {rule}, line, claim, record, item, name, value, message FROM {p}finding f, {n(Receptions)} n, {n(RulesEach)} k WHERE f.reception = '{one}' AND f.rule = 'L3001'",
            $"INSERT INTO {p}tally SELECT {number}, {rule}, severity, recipient, month, editions, rule_list, 1, 1, 0, 0, 0, 0, 0, 0, 0 FROM {p}tally t, {n(Receptions)} n, {n(RulesEach)} k WHERE t.reception = '{one}' AND t.rule = 'L3001'",
            $"INSERT INTO {claim} SELECT reception, n.n + 1, number, line, lines, start, length, kind, treatment_month, insurer, public_payers, payers, points, worst, findings, state FROM {p}claim c, {n(1999)} n WHERE c.reception = '{one}' AND c.ordinal = 1",
            $"INSERT INTO {p}rule SELECT reception, {rule}, severity, title, clause, remedy, 2000 FROM {p}rule u, {n(10)} k WHERE u.reception = '{one}' AND u.number = 'L3001'",
            $"INSERT INTO {p}finding SELECT reception, n.n * 10 + k.n, {rule}, line, n.n, record, item, name, value, message FROM {p}finding f, {n(2000)} n, {n(10)} k WHERE f.reception = '{one}' AND f.rule = 'L3001'",
            $"UPDATE {p}reception SET claims = 2000, findings = 20000 WHERE number = '{one}'",
        ];
        foreach (var statement in sql)
        {
            await session.Execute(statement, Ct);
        }

        await session.Commit(Ct);
    }
}
