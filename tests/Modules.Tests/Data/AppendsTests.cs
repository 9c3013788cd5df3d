using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Tests.Data;

/// <summary>Sessions that only add: what was said to be on disk is there, whoever is refused is refused alone, and nothing is asked in between.</summary>
public sealed class AppendsTests
{
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

    [Fact]
    public async Task Append_SomethingAskedInBetween_Fault()
    {
        await using var site = await TestSite.Start(DatabaseProvider.PostgreSql);
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        await session.Append(Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Read(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Write(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.Scalar("SELECT 1", Ct));
        await session.Rollback();
        await session.Read(Ct);
        Assert.Equal(1, await session.Scalar("SELECT 1", Ct));
    }

    private static async Task Setting(TestSite site, string name, CancellationToken ct)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Append(ct);
        await scope.ServiceProvider.GetRequiredService<Audit>().Record(AuditKind.BusinessTimeChanged, name, "appended", ct);
        await session.Defer($"INSERT INTO {session.Prefix("platform")}setting (name, value) VALUES (@name, 'appended')", ct, ("name", name));
        await session.Commit(ct);
    }
}
