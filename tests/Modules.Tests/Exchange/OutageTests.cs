using System.Globalization;
using System.Net;
using Npgsql;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>The database goes away under a site that runs, and with it the source of audit, ledger and revocations.</summary>
public sealed class OutageTests
{
    [Fact]
    [Trait("Clause", "G-5-8")]
    public async Task G_5_8_Database_GoneUnderTheSite_AcceptsNothingAndLosesNothing()
    {
        await using var world = await World.Start(DatabaseProvider.PostgreSql);
        var (before, acknowledgement) = await world.Clinic.Send(world.Payer, [1]);
        byte[] content = [1, 2, 3, 4, 5];
        var open = world.Clinic.Envelope(world.Payer, content);
        var cms = world.Clinic.Signed(open);
        using (var opened = await world.Clinic.Open(cms))
        {
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        }

        await Reachable(world, false);
        try
        {
            using var last = await world.Clinic.Patch(open.Id, 0, content);
            using var again = await world.Clinic.Open(cms);
            using var fresh = await world.Clinic.Open(world.Clinic.Signed(world.Clinic.Envelope(world.Payer, [9])));
            using var read = await world.Clinic.Get($"/exchange/transmissions/{before}/acknowledgement");

            // Nothing is acknowledged, read or decided on revocations that may be stale: every answer is an honest "not now".
            Assert.All(new[] { last, again, fresh, read }, a =>
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, a.StatusCode);
                Assert.NotNull(a.Headers.RetryAfter);
            });
        }
        finally
        {
            await Reachable(world, true);
        }

        await Back(world, before);
        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(before));
        var offset = await world.Clinic.Offset(open.Id);
        if (offset < content.Length)
        {
            using var rest = await world.Clinic.Patch(open.Id, offset, content[(int)offset..]);
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        }

        var given = await world.Clinic.Acknowledgement(open.Id);
        using (var repeated = await world.Clinic.Open(cms))
        {
            Assert.Equal(given, await repeated.Content.ReadAsByteArrayAsync(Ct));
        }

        Assert.Equal(2, await world.Count("exchange", "transmission", "kind = 'claim' AND state = 'Received'"));
        Assert.Empty(await world.Health());
    }

    /// <summary>The site finds its database again by itself: until then it says so (503), and whoever asks comes back, as told.</summary>
    private static async Task Back(World world, Guid known)
    {
        for (var i = 0; i < 300; i++)
        {
            using var read = await world.Clinic.Get($"/exchange/transmissions/{known}/acknowledgement");
            if (read.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            await Task.Delay(200, Ct);
        }
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Lets nobody connect to this site's database, and ends the connections there are; or lets everybody in again.</summary>
    private static async Task Reachable(World world, bool reachable)
    {
        var own = new NpgsqlConnectionStringBuilder(world.Site.Settings[2]["--Database:ConnectionString=".Length..]).Database!;
        await using var server = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("SEKISHO_TEST_POSTGRES")!);
        await using var allow = server.CreateCommand($"ALTER DATABASE {own} ALLOW_CONNECTIONS {(reachable ? "true" : "false")}");
        await allow.ExecuteNonQueryAsync(Ct);
        await using var end = server.CreateCommand($"SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{own}'");

        // It only signals them: until none is left.
        for (var tries = 0; !reachable && Convert.ToInt64(await end.ExecuteScalarAsync(Ct), CultureInfo.InvariantCulture) > 0; tries++)
        {
            Assert.True(tries < 500, "A connection does not end");
            await Task.Delay(20, Ct);
        }
    }
}
