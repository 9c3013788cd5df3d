using System.Globalization;
using Microsoft.Data.Sqlite;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Data;

/// <summary>Sessions that write to SQLite take turns and share a sync; each still commits and rolls back for itself.</summary>
public sealed class SqliteTurnsTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sekisho-turns-").FullName;
    private readonly Database _database;

    public SqliteTurnsTests() => _database = new Database(new DatabaseOptions(), new DataFolder(_folder));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ManyAtOnce_CommittedStayAndRolledBackGo()
    {
        await Table();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(n => Task.Run(() => Insert(n, commit: n % 4 != 0), Ct)));

        await using var reading = new DbSession(_database);
        await reading.Read(Ct);
        var rows = await reading.Query("SELECT n FROM t ORDER BY n", r => r.GetInt32(0), Ct);
        Assert.Equal(Enumerable.Range(0, 400).Where(n => n % 4 != 0), rows);
    }

    [Fact]
    public async Task Commit_Returned_AnotherConnectionSeesIt()
    {
        await Table();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => Task.Run(
            async () =>
            {
                await Insert(n, commit: true);
                await using var reading = new DbSession(_database);
                await reading.Read(Ct);
                Assert.NotNull(await reading.Scalar("SELECT 1 FROM t WHERE n = @n", Ct, ("n", n)));
            },
            Ct)));
    }

    [Fact]
    public async Task Write_SomeGiveUpWaiting_OthersGoOn()
    {
        await Table();
        await using var first = new DbSession(_database);
        await first.Write(Ct);
        using var impatient = new CancellationTokenSource();
        var given = Enumerable.Range(0, 10).Select(n => Insert(n, commit: true, impatient.Token)).ToList();
        var others = Enumerable.Range(100, 10).Select(n => Insert(n, commit: true)).ToList();
        await impatient.CancelAsync();
        foreach (var task in given)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        }

        await first.Commit(Ct);
        await Task.WhenAll(others);
        Assert.Equal(10L, await Count());
    }

    [Fact]
    public async Task Write_FailedStatement_HurtsNobodyElse()
    {
        await Table();
        await Insert(1, commit: true);
        var tasks = Enumerable.Range(2, 40).Select(n => Task.Run(
            async () =>
            {
                if (n % 2 == 0)
                {
                    await Insert(n, commit: true);
                }
                else
                {
                    await Assert.ThrowsAsync<SqliteException>(() => Insert(1, commit: true));
                }
            },
            Ct));
        await Task.WhenAll(tasks);
        Assert.Equal(21L, await Count());
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Table()
    {
        await using var session = new DbSession(_database);
        await session.Write(Ct);
        await session.Execute("CREATE TABLE t (n INTEGER PRIMARY KEY)", Ct);
        await session.Commit(Ct);
    }

    private async Task Insert(int n, bool commit, CancellationToken? ct = null)
    {
        await using var session = new DbSession(_database);
        await session.Write(ct ?? Ct);
        await session.Execute("INSERT INTO t (n) VALUES (@n)", Ct, ("n", n));
        if (commit)
        {
            await session.Commit(Ct);
        }
    }

    private async Task<long> Count()
    {
        await using var session = new DbSession(_database);
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar("SELECT COUNT(*) FROM t", Ct), CultureInfo.InvariantCulture);
    }
}
