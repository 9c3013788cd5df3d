using System.Globalization;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>
/// kill -9 of the real server at random moments under load. SEKISHO_KILLS says how many per database (a few without it), SEKISHO_KILL_SEED the seed:
/// <c>SEKISHO_KILLS=200 dotnet run --project tests/EndToEnd.Tests -- --filter-class "*StrikeTests"</c>.
/// </summary>
public sealed class StrikeTests
{
    private static int Kills { get; } = Setting("SEKISHO_KILLS", 4);

    private static int Seed { get; } = Setting("SEKISHO_KILL_SEED", 20261122);

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Server_KilledAtRandomUnderLoad_LosesAndDoublesNothing(Provider provider)
    {
        await using var server = await ServerProcess.Start(provider);
        await Strike(server, Kills, async _ =>
        {
            await server.Kill();
            await server.Start();
        });
    }

    [Fact]
    public async Task Database_KilledUnderLoad_IsSaidHonestlyAndRecovers()
    {
        await using var cluster = await PrivatePostgres.Start();
        await using var server = await DemoTemplate.Own(await TestDatabase.CreateOn(cluster.ConnectionString));
        await Strike(server, Math.Max(3, Kills / 4), async random =>
        {
            if (random.Next(3) == 0)
            {
                await cluster.KillBackend(random);
            }
            else
            {
                await cluster.KillPostmaster();
                await Task.Delay(random.Next(2000));
                await cluster.StartAgain();
            }
        });
        Assert.False(server.IsDown);
    }

    /// <summary>Three quarters of the strikes while files are sent, the rest while the month ends.</summary>
    private static async Task Strike(ServerProcess server, int strikes, Func<Random, Task> strike)
    {
        var random = new Random(Seed);
        var books = new Books(server);
        await using var load = new Load(server, books, Seed);
        load.Send(4);
        var late = strikes / 4;
        await Strikes(strikes - late, random, strike, load, server);
        await load.EndSending();
        await Books.Eventually("everything is checked", async () => await books.Rows("claims", "reception", "state = 'Received'") == 0, 180);
        await load.SetDay(13);
        load.EndMonth();
        await Strikes(late, random, strike, load, server);
        await load.MonthHasEnded();
        await load.End();
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"seed {Seed}: {strikes} strikes, {books.Acknowledged.Count} claim files acknowledged"));
        await books.Agree();
    }

    private static async Task Strikes(int count, Random random, Func<Random, Task> strike, Load load, ServerProcess server)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Delay(random.Next(50, 3000), TestContext.Current.CancellationToken);
            Assert.True(!load.Faults.Any(), $"before strike {i + 1} (seed {Seed}): {load.Faults.FirstOrDefault()}\n{server.Output}");
            await strike(random);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
