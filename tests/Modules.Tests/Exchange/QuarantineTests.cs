using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Platform.Data;
using Sekisho.Tests.Services;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>Received and acknowledged, and not opened before the scanner has said that it is clean. A real clamd.</summary>
public sealed class QuarantineTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-4-3")]
    public async Task OQ_4_3_Received_Clean_IsOpenedAfterTheScan(DatabaseProvider provider)
    {
        await using var clamav = await Clamav.Start();
        await using var world = await World.Start(provider, clamav.Settings);

        var (id, acknowledgement) = await world.Clinic.Send(world.Payer, Claim("clean"));

        var facts = Facts(acknowledgement);
        Assert.Contains(Intake.ScanFollows, facts);
        Assert.Contains(facts, f => f.StartsWith("時刻: ", StringComparison.Ordinal));
        await Opened(world, id);
        Assert.Equal(Claim("clean"), await world.Stored(id));
        Assert.Equal([$"{id}: clean"], await world.Site.Audited(AuditKind.ContentScanned));
        Assert.Equal([$"{id}: clean"], await world.Site.Audited(AuditKind.ContentOpened));
        Assert.Empty(await world.Health());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-7")]
    [Trait("Clause", "MI-7")]
    [Trait("Clause", "OQ-5-3")]
    [Trait("Clause", "OQ-A3")]
    [Trait("Clause", "HK-7"), Trait("Clause", "JA-第7条")]
    public async Task KH_7_Received_WithTheTestVirus_StaysClosedAndTheSenderIsTold(DatabaseProvider provider)
    {
        await using var clamav = await Clamav.Start();
        await using var world = await World.Start(provider, clamav.Settings);

        var (eicar, acknowledgement) = await world.Clinic.Send(world.Payer, Clamav.Eicar);
        var (ours, _) = await world.Clinic.Send(world.Payer, [.. new byte[300_000], .. Clamav.Harmless, .. new byte[300_000]]);

        foreach (var id in new[] { eicar, ours })
        {
            await Eventually(async () => (await Held(world)).Any(i => i.Transmission.Value == id && i.State == QuarantineState.Infected));
            Assert.Equal("EX-0601", (await Open(world, id)).Code);
            Assert.Equal(0, await world.Count("claims", "reception", $"transmission = '{id}'"));
        }

        // The acknowledgement stands, and repetition gets the same bytes.
        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(eicar));
        var inbox = await Using<IExchange, IReadOnlyList<Transmission>>(world, async e => await e.Inbox(world.Clinic.Organisation.Id, true, Ct));
        Assert.Equal([TransmissionKinds.Notice, TransmissionKinds.Notice], inbox.Select(i => i.Kind));
        var notices = new List<string>();
        foreach (var notice in inbox)
        {
            notices.Add(System.Text.Encoding.UTF8.GetString(await world.Clinic.Bytes($"/exchange/deliveries/{notice.Id}/content")));
        }

        Assert.Single(notices, n => n.Contains(Clamav.HarmlessName, StringComparison.Ordinal));
        Assert.Empty(await Using<IExchange, IReadOnlyList<Transmission>>(world, async e => await e.Inbox(world.Payer.Id, false, Ct)));
        var raised = await Using<INotices, IReadOnlyList<OperatorNotice>>(world, async n => await n.List(Ct));
        Assert.Equal(2, raised.Count(n => n.Kind == "content-infected"));
        Assert.Contains($"{ours}: infected {Clamav.HarmlessName}", await world.Site.Audited(AuditKind.ContentScanned));
        Assert.Empty(await world.Site.Audited(AuditKind.ContentOpened));
        Assert.Equal("EX-0603", (await Using<IQuarantine, Outcome<QuarantineItem>>(world, async q => await q.Open(new(eicar), First, "誤検知と思われる", Ct))).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Received_WithTheScannerDown_IsAcknowledgedWithTheFactAndOpenedWhenItIsBack(DatabaseProvider provider)
    {
        await using var clamav = Clamav.Prepare();
        await using var world = await World.Start(provider, clamav.Settings);

        var (id, acknowledgement) = await world.Clinic.Send(world.Payer, Claim("waits"));

        Assert.Contains(Intake.ScannerAway, Facts(acknowledgement));
        Assert.Equal("EX-0601", (await Open(world, id)).Code);
        Assert.Equal(["scanner: away"], await world.Site.Audited(AuditKind.ScannerChanged));
        await clamav.Run();
        await Opened(world, id);
        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(id));
        Assert.Equal(["scanner: away", "scanner: well"], await world.Site.Audited(AuditKind.ScannerChanged));
        await clamav.Stop();
        var (second, _) = await world.Clinic.Send(world.Payer, Claim("waits, too"));
        Assert.Equal("EX-0601", (await Open(world, second)).Code);
        await clamav.Run();
        await Opened(world, second);
    }

    [Fact]
    public async Task Received_HeldAtARestart_IsOpenedAfterIt()
    {
        await using var clamav = Clamav.Prepare();
        await using var world = await World.Start(DatabaseProvider.Sqlite, clamav.Settings);
        var (id, _) = await world.Clinic.Send(world.Payer, Claim("restart"));

        await world.Restart();

        Assert.Equal("EX-0601", (await Open(world, id)).Code);
        await clamav.Run();
        await Opened(world, id);
        Assert.Equal(1, await world.Count("claims", "reception", $"transmission = '{id}'"));
    }

    [Theory]
    [InlineData("Scanner:MaxLength=1000", "検査機構の上限 (0 MiB) を超える大きさ")]
    [InlineData("Scanner:MaxLength=1000000000", "検査機構の上限 (StreamMaxLength) を超える大きさ")]
    public async Task Received_LongerThanTheScannerTakes_IsSaidNotScannedAndNotClean(string setting, string detail)
    {
        await using var clamav = await Clamav.Start();
        await using var world = await World.Start(DatabaseProvider.Sqlite, [.. clamav.Settings, setting]);

        var (id, _) = await world.Clinic.Send(world.Payer, new byte[Clamav.StreamMaxLength + 100_000]);

        await Eventually(async () => (await Held(world)).Any(i => i.Scan == ScanState.Unscannable));
        var item = (await Held(world)).Single();
        Assert.Equal((QuarantineState.Waiting, detail, true), (item.State, item.Detail, item.MayDecide));
        Assert.Equal("EX-0601", (await Open(world, id)).Code);
        Assert.Contains(await Using<INotices, IReadOnlyList<OperatorNotice>>(world, async n => await n.List(Ct)), n => n.Kind == "content-unscannable");
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Decision_BeyondTheLimit_OpensByTwoPeopleAndRejectsByOne(DatabaseProvider provider)
    {
        await using var clamav = Clamav.Prepare();
        await using var world = await World.Start(provider, [.. clamav.Settings, "Scanner:Limit=00:00:00"]);
        var (open, _) = await world.Clinic.Send(world.Payer, Claim("open"));
        var (reject, _) = await world.Clinic.Send(world.Payer, Claim("reject"));

        Assert.Equal("EX-0605", (await Act(world, (q, by) => q.Open(new(open), by, " ", Ct), First)).Refusal.Code);
        var proposed = (await Act(world, (q, by) => q.Open(new(open), by, "締切に間に合わせる", Ct), First)).Value;
        Assert.Equal((QuarantineState.Waiting, First.Name), (proposed.State, proposed.ProposedBy));
        Assert.Equal("EX-0606", (await Act(world, (q, by) => q.Open(new(open), by, "もう一度", Ct), First)).Refusal.Code);
        Assert.Equal("EX-0601", (await Open(world, open)).Code);
        Assert.Equal(QuarantineState.Opened, (await Act(world, (q, by) => q.Open(new(open), by, "確認した", Ct), Second)).Value.State);
        await Opened(world, open);
        Assert.Equal(QuarantineState.Rejected, (await Act(world, (q, by) => q.Reject(new(reject), by, "送信者が取り下げた", Ct), First)).Value.State);

        Assert.Equal("EX-0601", (await Open(world, reject)).Code);
        Assert.Equal("EX-0602", (await Act(world, (q, by) => q.Open(new(reject), by, "考え直した", Ct), Second)).Refusal.Code);
        var inbox = await Using<IExchange, IReadOnlyList<Transmission>>(world, async e => await e.Inbox(world.Clinic.Organisation.Id, true, Ct));
        Assert.Single(inbox, i => i.Kind == TransmissionKinds.Notice);
        Assert.Equal(3, (await world.Site.Audited(AuditKind.ContentDecided)).Count);
        Assert.Empty(await world.Health());
    }

    [Fact]
    public async Task Decision_BeforeTheLimit_IsRefused()
    {
        await using var clamav = Clamav.Prepare();
        await using var world = await World.Start(DatabaseProvider.Sqlite, clamav.Settings);
        var (id, _) = await world.Clinic.Send(world.Payer, Claim("early"));

        Assert.Equal("EX-0604", (await Act(world, (q, by) => q.Open(new(id), by, "急ぐ", Ct), First)).Refusal.Code);
        Assert.Equal("EX-0604", (await Act(world, (q, by) => q.Reject(new(id), by, "急ぐ", Ct), First)).Refusal.Code);
    }

    [Fact]
    public async Task HandOver_IsScannedLikeATransmission()
    {
        await using var clamav = await Clamav.Start();
        await using var world = await World.Start(DatabaseProvider.Sqlite, clamav.Settings);
        using var content = new MemoryStream(Clamav.Eicar);

        var handed = await Using<IExchange, Outcome<Transmission>>(
            world, async e => await e.HandOver(World.Person(world.Clinic.Organisation), world.Payer.Id, TransmissionKinds.Claim, "RECEIPTC.UKE", content, Ct));

        await Eventually(async () => (await Held(world)).Any(i => i.State == QuarantineState.Infected));
        Assert.Equal("EX-0601", (await Open(world, handed.Value.Id.Value)).Code);
        var acknowledgement = (await Using<IExchange, Outcome<byte[]>>(world, async e => await e.Acknowledgement(handed.Value.Id, Ct))).Value;
        Assert.Contains(Intake.ScanFollows, Facts(acknowledgement));
    }

    [Fact]
    public async Task Received_OnASiteThatDoesNotScan_IsOpenedAndTheAcknowledgementSaysSo()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);

        var (id, acknowledgement) = await world.Clinic.Send(world.Payer, Claim("unscanned"));

        Assert.Contains(Intake.NotScanned, Facts(acknowledgement));
        await Opened(world, id);
        Assert.Equal(0, await world.Count("exchange", "quarantine", "1 = 1"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Scanner:Mode=None", true)]
    [InlineData("Scanner:Address=tcp:127.0.0.1:9", true)]
    [InlineData("Scanner:Address=clamd", false)]
    public async Task Production_WithoutAScanner_StartsOnlyWhenThatIsSaid(string setting, bool starts)
    {
        string[] settings = ["Environment=production", "Listen:People=https://127.0.0.1:0", .. setting.Length > 0 ? new[] { setting } : []];
        var folder = System.IO.Directory.CreateTempSubdirectory("sekisho-test-").FullName;
        await using var app = await Server.Site.Build(
            [$"--DataFolder={folder}", "--Demo=false", "--Listen:Machines=https://127.0.0.1:0", "--Logging:LogLevel:Default=None", .. settings.Select(s => "--" + s)]);

        var fault = await Record.ExceptionAsync(() => app.StartAsync(Ct));

        Assert.Equal(starts, fault is null);
        Assert.True(starts || fault!.Message.Contains("Scanner:", StringComparison.Ordinal), fault?.Message);
        await app.StopAsync(Ct);
    }

    private static readonly Decider First = new(null, "担当一");
    private static readonly Decider Second = new(null, "担当二");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Claim(string text) => System.Text.Encoding.UTF8.GetBytes("not a claim, but bytes: " + text);

    private static IReadOnlyList<string> Facts(byte[] acknowledgement) => AcknowledgementStatement.Parse(
        Acknowledgement.Parse(CmsContent(acknowledgement)).Value.Statement.Span).Value.Facts;

    private static byte[] CmsContent(byte[] cms)
    {
        var signed = new System.Security.Cryptography.Pkcs.SignedCms();
        signed.Decode(cms);
        return signed.ContentInfo.Content;
    }

    private static async Task<T> Using<TService, T>(World world, Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private static Task<Outcome<QuarantineItem>> Act(World world, Func<IQuarantine, Decider, ValueTask<Outcome<QuarantineItem>>> act, Decider by) =>
        Using<IQuarantine, Outcome<QuarantineItem>>(world, async q => await act(q, by));

    private static Task<IReadOnlyList<QuarantineItem>> Held(World world) =>
        Using<IQuarantine, IReadOnlyList<QuarantineItem>>(world, async q => await q.Held(null, Ct));

    private static Task<Refusal> Open(World world, Guid id) =>
        Using<IExchange, Refusal>(world, async e => (await e.Open(new(id), Ct)).Refusal);

    /// <summary>Opened, and the receiver has it.</summary>
    private static Task Opened(World world, Guid id) => Eventually(async () => await world.Count("claims", "reception", $"transmission = '{id}'") == 1);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2000; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50, Ct);
        }

        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"did not come to hold"));
    }
}
