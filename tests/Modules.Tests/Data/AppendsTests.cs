using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Tests.Data;

/// <summary>Sessions that only add: what was said to be on disk is there, whoever is refused is refused alone, and nothing is asked in between.</summary>
public sealed class AppendsTests
{
    private static readonly RowShape _setting = new("platform", "setting", ("name", ColumnType.Text), ("value", ColumnType.Text));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Append_ManyAtOnceSomeRefused_TheOthersAreThereWithTheirLeaves(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await Setting(site, "taken", Ct);
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(n => Task.Run(
            async () =>
            {
                try
                {
                    // Every tenth brings what is there already, behind an event that must not stay either.
                    await Setting(site, n % 10 == 0 ? "taken" : $"one-{n}", Ct);
                }
                catch (Exception e) when (e is Npgsql.PostgresException or Microsoft.Data.Sqlite.SqliteException)
                {
                    Interlocked.Increment(ref refused);
                }
            },
            Ct)));

        Assert.Equal(30, refused);
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        var (platform, exchange) = (session.Prefix("platform"), session.Prefix("exchange"));
        Assert.Equal(271L, await session.Scalar($"SELECT COUNT(*) FROM {platform}setting WHERE value = 'appended'", Ct));
        Assert.Equal(271L, await session.Scalar($"SELECT COUNT(*) FROM {platform}audit a JOIN {exchange}ledger_entry e ON e.id = a.id WHERE a.result = 'appended'", Ct));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Append_SomethingAskedInBetween_Fault(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        session.Append();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Read(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Write(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Scalar("SELECT 1", Ct));
        await session.Rollback();
        await session.Read(Ct);
        Assert.Equal(1, Convert.ToInt32(await session.Scalar("SELECT 1", Ct), CultureInfo.InvariantCulture));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Add_StatementsInBetween_RunInTheirOrder(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        var setting = session.Prefix("platform") + "setting";
        await session.Write(Ct);
        foreach (var n in Enumerable.Range(0, 700))
        {
            await session.Add(_setting, Ct, $"row-{n}", "first");
            if (n % 100 == 0)
            {
                await session.Defer($"UPDATE {setting} SET value = 'second' WHERE name LIKE 'row-%'", Ct);
            }
        }

        await session.Commit(Ct);
        await session.Read(Ct);
        Assert.Equal(601L, await session.Scalar($"SELECT COUNT(*) FROM {setting} WHERE value = 'second'", Ct));
        Assert.Equal(99L, await session.Scalar($"SELECT COUNT(*) FROM {setting} WHERE value = 'first'", Ct));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Add_WithoutATransaction_Fault(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Add(_setting, Ct, "nobody", "began"));
    }

    private static async Task Setting(TestSite site, string name, CancellationToken ct)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        session.Append();
        await scope.ServiceProvider.GetRequiredService<Audit>().Record(AuditKind.BusinessTimeChanged, name, "appended", ct);
        await session.Add(_setting, ct, name, "appended");
        await session.Commit(ct);
    }
}
