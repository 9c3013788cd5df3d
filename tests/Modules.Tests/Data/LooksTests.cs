using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Data;

/// <summary>Sessions that only look: each gets its own rows, whoever asks badly is told so alone, what was committed before the question is seen, and nothing is written.</summary>
public sealed partial class LooksTests
{
    private static readonly Lookup _once = new("platform", _ => "SELECT asked.number, asked.n FROM asked", ("number", ColumnType.Number));
    private static readonly Lookup _twice = new(
        "platform", _ => "SELECT asked.number, asked.n FROM asked UNION ALL SELECT asked.number + 1, asked.n FROM asked", ("number", ColumnType.Number));
    private static readonly Lookup _nothing = new("platform", p => $"SELECT x.name, asked.n FROM asked JOIN {p}nothing x ON x.name = asked.number", ("number", ColumnType.Number));
    private static readonly Lookup _settings = new(
        "platform", p => $"SELECT s.name, asked.n FROM asked JOIN {p}setting s ON s.value = asked.value", ("value", ColumnType.Text));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Look_ManyAtOnceSomeRefusedOrUnreadable_EachGetsItsOwnRows(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(1, 400).Select(n => Task.Run(
            async () =>
            {
                await using var session = Session(site);
                session.Look();
                try
                {
                    var rows = await session.Find(
                        n % 20 == 0 ? _nothing : n % 3 == 0 ? _twice : _once, r => n % 50 == 7 ? throw new FormatException() : r.GetInt64(0), Ct, [n], [-n]);
                    Assert.Equal(n % 3 == 0 ? [-n, 1 - n, n, n + 1] : [-n, n], rows.Order());
                }
                catch (Exception e) when (e is Npgsql.PostgresException or Microsoft.Data.Sqlite.SqliteException or FormatException)
                {
                    Interlocked.Increment(ref refused);
                }
            },
            Ct)));
        Assert.Equal(20 + 8, refused);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Look_AfterACommit_SeesIt(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        foreach (var n in Enumerable.Range(0, 20))
        {
            await using var writing = Session(site);
            writing.Append();
            await writing.Defer($"INSERT INTO {writing.Prefix("platform")}setting (name, value) VALUES (@name, 'seen')", Ct, ("name", $"seen-{n}"));
            await writing.Commit(Ct);
            await using var looking = Session(site);
            looking.Look();
            Assert.Equal(n + 1, (await looking.Find(_settings, r => r.GetString(0), Ct, ["seen"])).Count);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Find_InATransaction_SeesWhatItAddedAndNothingWithoutKeys(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await using var session = Session(site);
        await session.Write(Ct);
        await session.Defer($"INSERT INTO {session.Prefix("platform")}setting (name, value) VALUES ('own', 'added')", Ct);
        Assert.Equal(["own"], await session.Find(_settings, r => r.GetString(0), Ct, ["none"], ["added"]));
        Assert.Empty(await session.Find(_settings, r => r.GetString(0), Ct));
    }

    [Fact]
    public async Task Lookup_OfAnyModule_WalksOverNoTableOnSqlite()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await using var session = Session(site);
        await session.Read(Ct);
        var lookups = Directory.GetFiles(AppContext.BaseDirectory, "Sekisho.Modules.*.dll").Select(Path.GetFileNameWithoutExtension).Where(n => n != GetType().Assembly.GetName().Name)
            .SelectMany(n => Assembly.Load(n!).GetTypes()).SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(f => f.FieldType == typeof(Lookup)).Select(f => (Lookup)f.GetValue(null)!).ToList();
        Assert.True(lookups.Count >= 4);
        foreach (var lookup in lookups)
        {
            var plan = await session.Query("EXPLAIN QUERY PLAN " + lookup.OnSqlite(2), r => r.GetString(3), Ct);
            Assert.Contains(plan, step => step.StartsWith("SEARCH", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, step => step.Contains("AUTOMATIC", StringComparison.Ordinal) || Walk().IsMatch(step));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Look_SomethingElseInBetween_Fault(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await using var session = Session(site);
        session.Look();
        Assert.True(session.IsOpen);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Write(Ct));
        Assert.Throws<InvalidOperationException>(session.Append);
        Assert.Throws<InvalidOperationException>(session.Look);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Defer($"DELETE FROM {session.Prefix("platform")}setting", Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Query($"SELECT name FROM {session.Prefix("platform")}setting", r => r.GetString(0), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("platform")}setting", Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Execute($"DELETE FROM {session.Prefix("platform")}setting", Ct));
        await session.Rollback();
        Assert.False(session.IsOpen);
    }

    // Its own rows it may walk over: those asked with, and what they led to.
    [GeneratedRegex("^SCAN (?!asked$|same$|s$|CONSTANT ROW$|[0-9]+ CONSTANT ROWS$|[0-9]+-ROW VALUES CLAUSE$)")]
    private static partial Regex Walk();

    private static DbSession Session(TestSite site) => new(site.Services.GetRequiredService<Database>());
}
