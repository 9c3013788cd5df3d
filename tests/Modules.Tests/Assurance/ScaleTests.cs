using System.Diagnostics;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Assurance;

/// <summary>A million events: every filter of the page answers in the time of one index. Explicit: it takes a minute or two.</summary>
public sealed class ScaleTests
{
    private const int Million = 1_000_000;

    [Theory(Explicit = true), InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Search_AmongAMillionEvents_AnswersAtOnce(DatabaseProvider provider)
    {
        await using var world = await AuditWorld.Start(provider);
        await Fill(world, provider);
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(-100);
        var organisation = (await world.Texts("SELECT organisation FROM {audit} WHERE subject = 'fill/7'"))[0];
        (string Name, AuditQuery Query)[] queries =
        [
            ("newest", new AuditQuery { From = day }),
            ("organisation", new AuditQuery { From = day, Organisation = Guid.Parse(organisation) }),
            ("kind, rare", new AuditQuery { From = day, Kind = AuditKind.ClaimRead }),
            ("patient", new AuditQuery { From = day, Whose = AuditWorld.Ichiro }),
            ("patient, unknown", new AuditQuery { From = day, Whose = AuditWorld.Ichiro with { Number = "9", Name = "" } }),
            ("subject within a day", new AuditQuery { From = day.AddDays(50), Until = day.AddDays(50), Subject = "fill/50" }),
            ("subject, nowhere, whole period", new AuditQuery { From = day, Subject = "nowhere" }),
        ];
        foreach (var (name, query) in queries)
        {
            var first = await Time(world, query);
            var second = await Time(world, query);
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{provider} {name}: {first} ms, again {second} ms"));
            // Text within the subject has no index: over a long period it reads every row of it.
            Assert.True(second < 2_000 || name.StartsWith("subject", StringComparison.Ordinal), name);
        }
    }

    private static async Task<long> Time(AuditWorld world, AuditQuery query)
    {
        var clock = Stopwatch.StartNew();
        await world.Find(world.SiteAuditor, query);
        return clock.ElapsedMilliseconds;
    }

    /// <summary>Events of 100 days, 1,000 organisations, ids in the order of time.</summary>
    private static async Task Fill(AuditWorld world, DatabaseProvider provider)
    {
        var start = TimeProvider.System.GetUtcNow().AddDays(-100).ToUnixTimeMilliseconds();
        const long Step = 100L * 86_400_000 / Million;
        var (id, organisation, series) = provider == DatabaseProvider.Sqlite
            ? (
                "printf('%s-%s-7000-8000-%012x', substr(printf('%012x', {at}), 1, 8), substr(printf('%012x', {at}), 9, 4), n)",
                "printf('00000000-0000-7000-8000-%012x', n % 1000)",
                $"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {Million})")
            : (
                "(lpad(to_hex({at}), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid",
                "('00000000000070008000' || lpad(to_hex(n % 1000), 12, '0'))::uuid",
                $"WITH s AS (SELECT generate_series(1::bigint, {Million}) AS n)");
        var at = $"({start} + n * {Step})";
        await world.Sql(
            $"INSERT INTO {{audit}} (id, at, kind, organisation, subject, result, correlation, leaf, format, due) {series} "
            + $"SELECT {id.Replace("{at}", at, StringComparison.Ordinal)}, {at} * 1000, 'TransmissionUpload', {organisation}, 'fill/' || n, 'read', 'c', "
            + $"{(provider == DatabaseProvider.Sqlite ? "X'00'" : "'\\x00'::bytea")}, 2, {at} * 1000 + 157680000000000 FROM s");
        if (provider == DatabaseProvider.PostgreSql)
        {
            await world.Sql("ANALYZE {audit}");
        }
    }
}
