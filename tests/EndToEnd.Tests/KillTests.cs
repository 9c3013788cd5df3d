using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>The real server process is killed (SIGKILL) at the worst moments. After a restart everything acknowledged is there, exactly once.</summary>
public sealed class KillTests
{
    private const int Times = 400;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Send_ServerKilledHalfway_ResumesWhereItStopped(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await using var line = new CutLine(() => clinic.Server.Machines);
        var length = Enlarge(clinic);
        line.StopAfter = length / 2;
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "0");
        using var sending = clinic.Sekisho.Launch(["send", clinic.File, .. clinic.Connected("clinic", line.Url)]);
        await line.Reached.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        var content = Path.Combine(clinic.Server.Folder, "content");
        await Eventually(() => Task.FromResult(Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length) > length / 4));
        await clinic.Server.Kill();
        (await ProcessResult.Finish(sending)).Expect(4);
        Assert.True(File.Exists(clinic.File + ".sending"));
        Assert.False(File.Exists(clinic.Acknowledgement));

        await clinic.Server.Start();
        line.Mend();
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "30");
        var sent = await clinic.Sekisho.Json(0, ["send", clinic.File, .. clinic.Connected("clinic", line.Url)]);

        Assert.True(line.Sent < length * 9 / 10, $"sent {line.Sent} of {length} again");
        await AcknowledgedExactlyOnce(clinic, sent);
    }

    [Theory]
    [InlineData(Provider.Sqlite, false)]
    [InlineData(Provider.Sqlite, true)]
    [InlineData(Provider.PostgreSql, false)]
    [InlineData(Provider.PostgreSql, true)]
    public async Task Send_ServerKilledRightAfterTheLastByte_GetsOneAcknowledgement(Provider provider, bool afterCommit)
    {
        await using var clinic = await Clinic.Open(provider);
        await using var line = new CutLine(() => clinic.Server.Machines);
        var length = Enlarge(clinic);
        line.DeafAfter = length;
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "0");
        using var sending = clinic.Sekisho.Launch(["send", clinic.File, .. clinic.Connected("clinic", line.Url)]);
        await line.Reached.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        if (afterCommit)
        {
            await Eventually(async () => await Transmissions(clinic, "state = 'Received'") == 1);
        }

        await clinic.Server.Kill();
        (await ProcessResult.Finish(sending)).Expect(4);

        await clinic.Server.Start();
        line.Mend();
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "30");
        var sent = await clinic.Sekisho.Json(0, ["send", clinic.File, .. clinic.Connected("clinic", line.Url)]);

        await AcknowledgedExactlyOnce(clinic, sent);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Send_ServerKilledWhileTheSameCommandWaits_GoesOnByItself(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await using var line = new CutLine(() => clinic.Server.Machines);
        line.StopAfter = Enlarge(clinic) * 2 / 3;
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "90");
        using var sending = clinic.Sekisho.Launch(["send", clinic.File, "--json", .. clinic.Connected("clinic", line.Url)]);
        await line.Reached.WaitAsync(TimeSpan.FromMinutes(1), Stop);
        await clinic.Server.Kill();
        line.Mend();
        await clinic.Server.Start();

        var result = (await ProcessResult.Finish(sending)).Expect(0);

        using var sent = JsonDocument.Parse(result.Out);
        await AcknowledgedExactlyOnce(clinic, sent.RootElement);
    }

    [Theory]
    [InlineData(Provider.Sqlite, 0)]
    [InlineData(Provider.Sqlite, 1)]
    [InlineData(Provider.PostgreSql, 0)]
    [InlineData(Provider.PostgreSql, 1)]
    public async Task Deliver_ServerKilledInTheMiddle_DeliversEveryClaimOnce(Provider provider, int deliveriesBefore)
    {
        await using var clinic = await Clinic.Open(provider);
        Enlarge(clinic);
        await clinic.Decide();
        using (var payer = clinic.As("payer"))
        {
            var delivering = payer.Post($"/claims/months/{clinic.Month}/deliver");
            await Task.Delay(20, Stop);
            await Eventually(async () => await Rows(clinic, "claims", "delivery", "1 = 1") >= deliveriesBefore);
            await clinic.Server.Kill();
            await Task.WhenAny(delivering);
            Assert.True(delivering.IsFaulted || delivering.IsCompletedSuccessfully);
        }

        await clinic.Server.Start();
        using var again = clinic.As("payer");
        await again.Post($"/claims/months/{clinic.Month}/deliver");
        var nothingMore = await again.Post($"/claims/months/{clinic.Month}/deliver");

        Assert.Equal(0, nothingMore.GetProperty("deliveries").GetInt32());
        var received = await SendReceiveTests.ReceiveAll(clinic, clinic.Sekisho.PathOf("inbox"));
        var delivered = received.Sum(f => SendReceiveTests.ManagementRecords(f.GetProperty("file").GetString()!));
        Assert.True(delivered > Times);
        Assert.Equal(await Rows(clinic, "claims", "target", "delivery IS NOT NULL"), delivered);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.PostgreSql)]
    public async Task Receive_ServerKilledAfterTheReceiptWasSent_AcknowledgesOnce(Provider provider)
    {
        await using var clinic = await Clinic.Open(provider);
        await clinic.Decide();
        using (var payer = clinic.As("payer"))
        {
            await payer.Post($"/claims/months/{clinic.Month}/deliver");
        }

        var inbox = clinic.Sekisho.PathOf("inbox");
        clinic.Sekisho.With("SEKISHO_RETRY_SECONDS", "0");
        await clinic.Server.Kill();
        (await clinic.Sekisho.Run(["receive", "--to", inbox, .. clinic.Connected("insurer")])).Expect(4);
        await clinic.Server.Start();
        var first = await clinic.Sekisho.Json(0, ["receive", "--to", inbox, .. clinic.Connected("insurer")]);
        var receipt = first[0].GetProperty("receipt").GetString()!;
        var before = File.ReadAllBytes(receipt);
        await clinic.Server.Kill();
        await clinic.Server.Start();

        Assert.Equal(0, (await clinic.Sekisho.Json(0, ["receive", "--to", inbox, .. clinic.Connected("insurer")])).GetArrayLength());

        Assert.Equal(before, File.ReadAllBytes(receipt));
        using var sender = clinic.As("payer");
        Assert.Equal(before, await sender.GetBytes($"/exchange/sent/{first[0].GetProperty("transmission").GetString()}/receipt"));
    }

    /// <summary>Makes the claim file large enough to be cut in the middle; its length.</summary>
    private static long Enlarge(Clinic clinic)
    {
        ClaimFiles.Multiply(clinic.Server.Demo("RECEIPTC.UKE"), clinic.File, Times);
        return new FileInfo(clinic.File).Length;
    }

    private static async Task AcknowledgedExactlyOnce(Clinic clinic, JsonElement sent)
    {
        var number = sent.GetProperty("number").GetString();
        var kept = File.ReadAllBytes(clinic.Acknowledgement);
        using var own = clinic.As("clinic");
        Assert.Equal(kept, await own.GetBytes($"/exchange/transmissions/{sent.GetProperty("transmission").GetString()}/acknowledgement"));
        await clinic.Server.Kill();
        await clinic.Server.Start();
        using var later = clinic.As("clinic");
        Assert.Equal(kept, await later.GetBytes($"/exchange/transmissions/{sent.GetProperty("transmission").GetString()}/acknowledgement"));
        Assert.Equal(1, await Transmissions(clinic, "kind = 'claim'"));
        var receptions = await clinic.Sekisho.Json(0, ["receptions", .. clinic.Connected("clinic")]);
        Assert.Equal(number, Assert.Single(receptions.EnumerateArray()).GetProperty("number").GetString());
        (await clinic.Sekisho.Run("verify", clinic.Acknowledgement, "--content", clinic.File)).Expect(0);
        (await clinic.Server.Admin("health")).Expect(0);
    }

    private static Task<long> Transmissions(Clinic clinic, string condition) => Rows(clinic, "exchange", "transmission", condition);

    private static async Task<long> Rows(Clinic clinic, string module, string table, string condition) => Convert.ToInt64(
        await clinic.Server.Database.Scalar($"SELECT COUNT(*) FROM {clinic.Server.Database.Table(module, table)} WHERE {condition}"),
        System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2400; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50, Stop);
        }

        Assert.Fail("It did not happen within two minutes.");
    }
}
