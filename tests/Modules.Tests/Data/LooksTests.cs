using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Data;

/// <summary>Sessions that only look: each gets its own rows, whoever asks badly is told so alone, what was committed before the question is seen, and nothing is written.</summary>
public sealed class LooksTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Look_ManyAtOnceSomeRefused_EachGetsItsOwnRows(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Task.Run(
            async () =>
            {
                await using var session = Session(site);
                session.Look();
                try
                {
                    var table = n % 20 == 0 ? "nothing" : "setting";
                    var rows = await session.Query(
                        $"SELECT CAST(@n AS INTEGER) UNION ALL SELECT CAST(@n AS INTEGER) + COUNT(*) FROM {session.Prefix("platform")}{table} WHERE name = 'none'",
                        r => Convert.ToInt32(r.GetValue(0), CultureInfo.InvariantCulture), Ct, ("n", n));
                    Assert.Equal([n, n], rows);
                }
                catch (Exception e) when (e is Npgsql.PostgresException or Microsoft.Data.Sqlite.SqliteException)
                {
                    Interlocked.Increment(ref refused);
                }
            },
            Ct)));
        Assert.Equal(20, refused);
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
            Assert.Equal(n + 1, (await looking.Query($"SELECT name FROM {looking.Prefix("platform")}setting WHERE value = 'seen'", r => r.GetString(0), Ct)).Count);
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
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Execute($"DELETE FROM {session.Prefix("platform")}setting", Ct));
        await session.Rollback();
        Assert.False(session.IsOpen);
    }

    private static DbSession Session(TestSite site) => new(site.Services.GetRequiredService<Database>());
}
