using System.Globalization;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A folder that a レセコン fills, and one that it reads: each file sent once and each delivery home once, whenever the agent dies.</summary>
public sealed class AgentOutboxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClaimFiles_AreSentExactlyOnce_AndGoOnlyWithTheirAcknowledgement()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var (outbox, agent) = Desk(clinic, "clinic");
        var file = Path.Combine(outbox, "RECEIPTC.UKE");
        var number = 0;
        foreach (var point in new[] { "outbox.copied", "outbox.acknowledged", "outbox.removed" })
        {
            ClaimFiles.Multiply(clinic.File, file, ++number);
            var before = await File.ReadAllBytesAsync(file, Stop);
            clinic.Sekisho.With("SEKISHO_FAULT_DIE", point);
            Assert.NotEqual(0, (await clinic.Sekisho.Run(agent)).Code);
            Assert.Equal(point != "outbox.removed", File.Exists(file));

            clinic.Sekisho.With("SEKISHO_FAULT_DIE", "");
            (await clinic.Sekisho.Run(agent)).Expect(0);
            Assert.False(File.Exists(file));
            Assert.Equal(number, await Receptions(clinic));
            var copy = Assert.Single(Sent(outbox), f => File.ReadAllBytes(f).AsSpan().SequenceEqual(before));
            (await clinic.Sekisho.Run("verify", copy + ".ack.p7s", "--content", copy)).Expect(0);
            Assert.True(File.Exists(copy + ".ack.proof"));
        }

        // The same bytes again are no second claim.
        ClaimFiles.Multiply(clinic.File, file, 2);
        Assert.Contains("送信済みと同じ内容", (await clinic.Sekisho.Run(agent)).Expect(0).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
        Assert.Equal(3, await Receptions(clinic));
        Assert.Equal(3, Sent(outbox).Count);
        Assert.Contains("受付番号 ", await File.ReadAllTextAsync(file + ".状況.txt", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesThatCannotGo_Stay_WithTheReasonBeside()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        var (outbox, agent) = Desk(clinic, "clinic");
        await File.WriteAllTextAsync(Path.Combine(outbox, "OTHER.UKE"), "これは請求ファイルではない\u001a", Stop);
        await File.WriteAllTextAsync(Path.Combine(outbox, "メモ.txt"), "x", Stop);

        Assert.Contains("CI-0102", (await clinic.Sekisho.Run(agent)).Expect(3).Error, StringComparison.Ordinal);
        Assert.Contains("CI-0102", await File.ReadAllTextAsync(Path.Combine(outbox, "OTHER.UKE.状況.txt"), Stop), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(outbox, "OTHER.UKE")));

        // Without the line it waits, and says so.
        File.Delete(Path.Combine(outbox, "OTHER.UKE"));
        File.Copy(clinic.File, Path.Combine(outbox, "RECEIPTC.UKE"));
        await clinic.Server.Kill();
        (await clinic.Sekisho.Run(agent)).Expect(4);
        Assert.True(File.Exists(Path.Combine(outbox, "RECEIPTC.UKE")));
        Assert.Contains("自動でもう一度送ります", await File.ReadAllTextAsync(Path.Combine(outbox, "RECEIPTC.UKE.状況.txt"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_ComeHomeOnce()
    {
        await using var clinic = await Clinic.Open(Provider.Sqlite);
        await clinic.Decide();
        using (var payer = clinic.As("payer"))
        {
            await payer.Post($"/claims/months/{clinic.Month}/deliver");
        }

        var (_, agent) = Desk(clinic, "insurer");
        var inbox = clinic.Sekisho.PathOf("inbox");
        clinic.Sekisho.With("SEKISHO_FAULT_DIE", "inbox.received");
        Assert.NotEqual(0, (await clinic.Sekisho.Run(agent)).Code);
        clinic.Sekisho.With("SEKISHO_FAULT_DIE", "");
        (await clinic.Sekisho.Run(agent)).Expect(0);
        (await clinic.Sekisho.Run(agent)).Expect(0);

        var folders = Directory.GetDirectories(inbox);
        Assert.NotEmpty(folders);
        Assert.All(folders, f => Assert.Single(Directory.GetFiles(f, "*.receipt.p7s")));
        Assert.All(folders, f => Assert.Single(Directory.GetFiles(f, "届いたもの.txt")));
        Assert.Equal(folders.Length, (await File.ReadAllLinesAsync(Path.Combine(clinic.Sekisho.Configuration, "log", "received.jsonl"), Stop)).Length);
    }

    private static (string Outbox, string[] Agent) Desk(Clinic clinic, string who)
    {
        var (oqs, outbox, inbox) = (clinic.Sekisho.PathOf("OQS"), clinic.Sekisho.PathOf("outbox"), clinic.Sekisho.PathOf("inbox"));
        foreach (var folder in new[] { oqs, outbox, inbox })
        {
            Directory.CreateDirectory(folder);
        }

        return (outbox, ["agent", "--once", "--oqs", oqs, "--state", clinic.Sekisho.PathOf("state"), "--outbox", outbox, "--inbox", inbox, .. clinic.Connected(who)]);
    }

    private static List<string> Sent(string outbox) => [.. Directory.GetFiles(Path.Combine(outbox, "送信"), "*.UKE", SearchOption.AllDirectories)];

    private static async Task<int> Receptions(Clinic clinic) => Convert.ToInt32(
        await clinic.Server.Database.Scalar($"SELECT COUNT(*) FROM {clinic.Server.Database.Table("claims", "reception")}"), CultureInfo.InvariantCulture);
}
