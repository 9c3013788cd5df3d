using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests;

/// <summary>The ledger as outsiders see it, with real processes: server, command line, witnesses.</summary>
public sealed class LedgerTests
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Tiles_ReadFromOutside_VerifyAndGoOnWhereTheyEnded(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await clinic.Send();
        var first = await Verify(clinic, 0);
        Assert.Equal(0, first.GetProperty("from").GetInt64());
        var size = first.GetProperty("size").GetInt64();
        var second = await Verify(clinic, 0);
        Assert.Equal(size, second.GetProperty("from").GetInt64());
        Assert.True(second.GetProperty("size").GetInt64() > size);
        // A member without the permission reads hashes, and is told how when it asks for more.
        Assert.True((await Verify(clinic, 0, "clinic", "--hashes-only", "--state", clinic.Sekisho.PathOf("c.mark"))).GetProperty("holds").GetBoolean());
        (await clinic.Sekisho.Run(["audit", "verify", .. clinic.Connected("clinic"), "--state", clinic.Sekisho.PathOf("d.mark")])).Expect(3);
        // What was sent is proven by a key that was pinned, offline.
        var proven = await clinic.Sekisho.Json(0, "verify", clinic.Acknowledgement, "--content", clinic.File);
        Assert.Equal("Proven", Step(proven, "台帳と証人"));
        (await clinic.Server.Admin("audit", "verify")).Expect(0);
        var key = (await clinic.Server.Admin("ledger-key")).Expect(0).Out.Trim();
        Assert.True(NoteKey.Parse(key).Succeeded(out _, out _));
        Assert.Equal(key, File.ReadAllText(Directory.GetFiles(Path.Combine(clinic.Sekisho.Configuration, "trust"), "*.vkey").Single()).Trim());
    }

    [Fact]
    public async Task Witnesses_Cosign_AndOneThatIsDownStopsNothing()
    {
        using var folder = new SekishoCommand();
        await using var witness = await WitnessProcess.Make(folder, "w1");
        await using var down = await WitnessProcess.Make(folder, "w2");
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var log = (await clinic.Server.Admin("ledger-key")).Expect(0).Out.Trim();
        await witness.Start(log);
        await clinic.Server.Stop();
        clinic.Server.Extra =
        [
            $"Ledger:Witnesses:0:Key={witness.Key}", $"Ledger:Witnesses:0:Url={witness.Url}",
            $"Ledger:Witnesses:1:Key={down.Key}", $"Ledger:Witnesses:1:Url={down.Url}",
            "Ledger:CheckpointInterval=00:00:00.2",
        ];
        await clinic.Server.Start();
        await clinic.SetDay(8);
        await clinic.Send();
        var policy = clinic.Sekisho.PathOf("policy");
        await File.WriteAllTextAsync(policy, $"log {log}\nwitness w1 {witness.Key}\nwitness w2 {down.Key}\ngroup any any w1 w2\nquorum any\n", TestContext.Current.CancellationToken);
        var proof = await Cosigned(clinic, NoteKey.Parse(witness.Key).Value);
        await File.WriteAllBytesAsync(clinic.File + ".ack.tlog-proof", proof, TestContext.Current.CancellationToken);
        var proven = await clinic.Sekisho.Json(0, "verify", clinic.Acknowledgement, "--policy", policy);
        Assert.Equal("Proven", Step(proven, "台帳と証人"));
        await File.WriteAllTextAsync(policy, $"log {log}\nwitness w2 {down.Key}\nquorum w2\n", TestContext.Current.CancellationToken);
        Assert.Equal("Failed", Step(await clinic.Sekisho.Json(1, "verify", clinic.Acknowledgement, "--policy", policy), "台帳と証人"));

        await Eventually("one witness is well, and the other away", async () =>
        {
            var health = await clinic.Server.Admin(["health", .. clinic.Server.Extra.Select(e => "--" + e)]);
            return (health.Out + health.Error) is var said && said.Contains("接続できません", StringComparison.Ordinal) && said.Contains("正常  証人 w1.example", StringComparison.Ordinal);
        });
    }

    [Fact, Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_AnOldCopyPutBack_IsFoundByTheStateFileAndByTheWitness()
    {
        using var folder = new SekishoCommand();
        await using var witness = await WitnessProcess.Make(folder, "w1");
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await witness.Start((await clinic.Server.Admin("ledger-key")).Expect(0).Out.Trim());
        await clinic.Server.Stop();
        var old = Directory.CreateTempSubdirectory("sekisho-old-").FullName;
        Copy(clinic.Server.Folder, old);
        clinic.Server.Extra = [$"Ledger:Witnesses:0:Key={witness.Key}", $"Ledger:Witnesses:0:Url={witness.Url}", "Ledger:CheckpointInterval=00:00:00.2"];
        await clinic.Server.Start();
        await clinic.SetDay(8);
        await clinic.Send();
        await Cosigned(clinic, NoteKey.Parse(witness.Key).Value);
        await Verify(clinic, 0);
        var state = clinic.Sekisho.PathOf("centre.mark");
        (await clinic.Server.Admin("audit", "verify", "--state", state)).Expect(0);
        await clinic.Server.Stop();

        Copy(old, clinic.Server.Folder);
        Directory.Delete(old, recursive: true);
        var found = (await clinic.Server.Admin("audit", "verify", "--state", state)).Expect(1);
        Assert.Contains("巻き戻されています", found.Error, StringComparison.Ordinal);
        // On its own the old copy is in order: only who remembers can tell.
        (await clinic.Server.Admin("audit", "verify", "--state", clinic.Sekisho.PathOf("new.mark"))).Expect(0);
        await clinic.Server.Start();
        string[] settings = [.. clinic.Server.Extra.Select(e => "--" + e)];
        await Eventually("the witness refuses", async () => (await clinic.Server.Admin(["health", .. settings])).Error.Contains("巻き戻されています", StringComparison.Ordinal));

        // Grown again beyond what was seen, it is another ledger of a size that fits: forked.
        using var payer = clinic.As("payer");
        for (var i = 0; i < 200; i++)
        {
            await payer.Get("/exchange/sent");
        }

        var outside = await Verify(clinic, 1, "centre", "--state", Directory.GetFiles(Path.Combine(clinic.Sekisho.Configuration, "trust"), "*.ledger").Single());
        Assert.Contains("分岐", outside.GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
        (await clinic.Server.Admin("audit", "verify", "--state", state)).Expect(1);
        await Eventually("the witness sees the fork", async () => (await clinic.Server.Admin(["health", .. settings])).Error.Contains("分岐しています", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sqlite_ASecondServerOnTheFolder_IsRefusedAtStart()
    {
        await using var server = await ServerProcess.Start(Provider.Sqlite);
        var second = await ProcessResult.Run(
            Repository.Server,
            [$"--DataFolder={server.Folder}", "--Listen:Machines=https://127.0.0.1:0", "--Listen:People=http://127.0.0.1:0"],
            workingFolder: Path.GetDirectoryName(Repository.Server));
        Assert.Equal(3, second.Code);
        Assert.Contains("別のサーバーが動いています", second.Error, StringComparison.Ordinal);
        (await server.Admin("health")).Expect(0);
        await server.Kill();
        await server.Start();
    }

    [Fact]
    public async Task PostgreSql_TheSecondServer_SequencesOnlyWhenTheFirstDies()
    {
        await using var first = await Clinic.Open(Provider.PostgreSql);
        var second = ServerProcess.On(first.Server.Folder, first.Server.Database);
        try
        {
            await second.Start();
            Assert.Equal(1, await Holders(first.Server.Database));
            var holder = await Holder(first.Server.Database);
            // Through the node that does not sequence: acknowledged at once all the same.
            var clock = Stopwatch.StartNew();
            (await first.Sekisho.Run("send", first.File, "--server", second.Machines.AbsoluteUri, "--cert", second.Demo("clinic.pfx"), "--no-wait")).Expect(0);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
            Assert.Equal(holder, await Holder(first.Server.Database));
            await first.Server.Kill();
            await Eventually("the second takes over", async () => await Holders(first.Server.Database) == 1 && await Holder(first.Server.Database) != holder);
            using var payer = new Participant(second.Machines, second.Demo("payer.pfx"));
            await payer.Get("/exchange/sent");
            await Eventually("everything has its position", async () => Convert.ToInt64(await first.Server.Database.Scalar("SELECT COUNT(*) FROM exchange.ledger_entry WHERE position IS NULL"), CultureInfo.InvariantCulture) == 0);
            (await first.Server.Admin("audit", "verify")).Expect(0);
        }
        finally
        {
            await second.Stop();
        }
    }

    private static async Task<long> Holders(TestDatabase database) => Convert.ToInt64(
        await database.Scalar("SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) | objid::bigint = 6000284856842997522 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
        CultureInfo.InvariantCulture);

    private static async Task<long> Holder(TestDatabase database) => Convert.ToInt64(
        await database.Scalar("SELECT COALESCE(MAX(pid), 0) FROM pg_locks WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) | objid::bigint = 6000284856842997522 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"),
        CultureInfo.InvariantCulture);

    private static Task<JsonElement> Verify(Clinic clinic, int code, string who = "centre", params string[] more) =>
        clinic.Sekisho.Json(code, ["audit", "verify", .. clinic.Connected(who), .. more]);

    private static string? Step(JsonElement answer, string name) =>
        answer.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name).GetProperty("answer").GetString();

    /// <summary>The proof of what was sent, once the witness has cosigned a checkpoint that holds it.</summary>
    private static async Task<byte[]> Cosigned(Clinic clinic, NoteKey witness)
    {
        using var participant = clinic.As("clinic");
        var id = (await participant.Get("/exchange/sent"))[0].GetProperty("id").GetString();
        var proof = Array.Empty<byte>();
        await Eventually("a cosigned checkpoint holds it", async () =>
        {
            proof = await participant.GetBytes($"/exchange/transmissions/{id}/tlog-proof");
            return witness.Check(TlogProof.Parse(proof).Value.Checkpoint.Note).Succeeded(out _, out _);
        });
        return proof;
    }

    private static async Task Eventually(string what, Func<Task<bool>> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90), what);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(to, "sekisho.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(from, "sekisho.db*"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    /// <summary><c>sekisho witness serve</c> as a process of its own.</summary>
    private sealed class WitnessProcess : IAsyncDisposable
    {
        private readonly SekishoCommand _sekisho;
        private readonly string _name;
        private Process? _process;

        private WitnessProcess(SekishoCommand sekisho, string name, string key, string url) => (_sekisho, _name, Key, Url) = (sekisho, name, key, url);

        public string Key { get; }

        public string Url { get; }

        public static async Task<WitnessProcess> Make(SekishoCommand sekisho, string name)
        {
            var key = (await sekisho.Run("witness", "init", "--name", name + ".example", "--key", sekisho.PathOf(name + ".key"))).Expect(0).Out.Trim();
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            return new WitnessProcess(sekisho, name, key, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        public async Task Start(string log)
        {
            _process = _sekisho.Launch("witness", "serve", "--key", _sekisho.PathOf(_name + ".key"), "--state", _sekisho.PathOf(_name + ".state"), "--log", log, "--listen", Url);
            Assert.Contains("待ち受けています", await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is { HasExited: false } process)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            _process?.Dispose();
        }
    }
}
