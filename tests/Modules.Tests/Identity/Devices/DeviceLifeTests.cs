using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.Devices;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>A device from its registration to its end, on open lines.</summary>
public sealed class DeviceLifeTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "OQ-6-2")]
    [Trait("Clause", "KH-5-2"), Trait("Clause", "HK-5-2"), Trait("Clause", "MI-5-2"), Trait("Clause", "JA-第5条2")]
    public async Task OQ_6_2_CarriedOut_StopsOnOpenConnections_AndComesBackWithTheSameCertificate(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var (device, certificate) = await site.Certified(administrator);
        var lines = 0;
        using var client = OneLine(site, certificate, () => lines++);
        Assert.Equal(HttpStatusCode.OK, await Status(client));

        Assert.Equal("ID-0617", (await site.Register().CarryOut(administrator, device, new CarryOut("", "", "", DeviceWorld.Today), Ct)).Refusal.Code);
        Assert.True((await site.Register().CarryOut(administrator, device, new CarryOut("運搬 太郎", "分院", "停電時の請求", DeviceWorld.Today.AddDays(1)), Ct)).Succeeded(out _, out _));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client));
        Assert.False(site.Certificates.IsInForce(device));
        var (ca, list) = await site.Published();
        Assert.Contains("Certificate Hold", (await DeviceWorld.Openssl("crl", "-in", list, "-noout", "-text", "-CAfile", ca)).Output, StringComparison.Ordinal);
        Assert.Equal("ID-0603", (await site.Office().Apply(administrator, device, null, Ct)).Refusal.Code);

        Assert.True((await site.Register().Return(administrator, device, "外観異常なし", Ct)).Succeeded(out _, out _));
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        Assert.True(site.Certificates.IsInForce(device));
        Assert.True(site.Certificates.Trust.Check(certificate, TimeProvider.System.GetUtcNow()).Succeeded(out _, out _));
        Assert.Equal(1, lines);

        var history = (await site.Register().History(administrator, device, Ct)).Value;
        Assert.Equal(
            [DeviceAct.Registered, DeviceAct.CarriedOut, DeviceAct.Returned, DeviceAct.CertificateApplied, DeviceAct.CertificateApproved, DeviceAct.CertificateIssued],
            history.Select(e => e.Act).Order());
        Assert.Contains("運搬 太郎", history.Single(e => e.Act == DeviceAct.CarriedOut).Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "G-5-4")]
    public async Task G_5_4_Retired_StopsAtOnce_ForEver_AndOthersDevicesAreUnknown(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var stranger = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var (device, certificate) = await site.Certified(administrator);
        using var client = OneLine(site, certificate, () => { });
        Assert.Equal(HttpStatusCode.OK, await Status(client));

        Assert.Equal("ID-0302", (await site.Register().Retire(stranger, device, "他人", Ct)).Refusal.Code);
        Assert.Equal("ID-0302", (await site.Register().Find(stranger, device, Ct)).Refusal.Code);
        Assert.Empty(await site.Register().List(stranger, Ct));
        Assert.Equal("ID-0616", (await site.Register().Retire(administrator, device, " ", Ct)).Refusal.Code);
        Assert.True((await site.Register().Retire(administrator, device, "買替え", Ct)).Succeeded(out _, out _));

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client));
        Assert.False(site.Certificates.IsInForce(device));
        Assert.Equal("WI-0206", site.Certificates.Trust.Check(certificate, TimeProvider.System.GetUtcNow()).Refusal.Code);
        Assert.Equal("ID-0602", (await site.Register().Change(administrator, device, DeviceWorld.Facts(), Ct)).Refusal.Code);
        Assert.Equal("ID-0604", (await site.Register().Return(administrator, device, "", Ct)).Refusal.Code);
        var kept = (await site.Register().Find(administrator, device, Ct)).Value;
        Assert.Equal((DeviceCondition.Retired, RevocationReason.CessationOfOperation), (kept.Condition, Assert.Single(kept.Certificates).Reason));
        Assert.Contains($"{device}: Retired", await site.Audited(AuditKind.DeviceChanged));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "OQ-5-6")]
    public async Task OQ_5_6_Register_KeepsEveryField_AndEveryChange(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        Assert.Equal("ID-0601", (await site.Register().Register(administrator, DeviceWorld.Facts() with { Place = " ", Responsible = "" }, Ct)).Refusal.Code);
        var device = (await site.Register().Register(administrator, DeviceWorld.Facts(), Ct)).Value;
        Assert.Equal(DeviceWorld.Facts(), (await site.Register().Find(administrator, device, Ct)).Value.Facts);

        var moved = DeviceWorld.Facts() with { Place = "2階 事務室", AntivirusPattern = null, Dedicated = false, Media = "管理番号3のUSBメモリー" };
        await site.Register().Change(administrator, device, moved, Ct);
        await site.Register().Change(administrator, device, moved, Ct);
        var found = (await site.Register().Find(administrator, device, Ct)).Value;
        Assert.Equal(moved, found.Facts);
        Assert.Contains(found.Warnings, w => w.Text.Contains("定義ファイル", StringComparison.Ordinal));
        var history = (await site.Register().History(administrator, device, Ct)).Value;
        Assert.Contains("設置場所 受付→2階 事務室", history.Single(e => e.Act == DeviceAct.Changed).Detail, StringComparison.Ordinal);
        Assert.Single(history, e => e.Act == DeviceAct.Confirmed);
    }

    [Theory]
    [InlineData(91, null), InlineData(89, WarningLevel.Soon), InlineData(29, WarningLevel.Soon), InlineData(6, WarningLevel.Now), InlineData(-1, WarningLevel.Now)]
    public async Task Warnings_OfACertificate_ComeAt90And30And7Days(int days, WarningLevel? level)
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var now = TimeProvider.System.GetUtcNow();
        var device = new DeviceRow { Name = "x", Confirmed = now };
        device.Take(DeviceWorld.Facts());
        var until = now.AddDays(days).AddHours(1);
        var certificate = new CertificateRow { Serial = "", Thumbprint = "", Certificate = [], NotAfter = until, Until = until };
        Assert.Equal(level, site.Services.GetRequiredService<Upkeep>().Of(device, [certificate]).Select(w => (WarningLevel?)w.Level).SingleOrDefault());
    }

    [Fact, Trait("Clause", "OQ-5-2")]
    public async Task OQ_5_2_AntivirusMissingOrOld_IsAWarning_NotARefusal()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var (device, certificate) = await site.Certified(administrator);
        Assert.Empty((await site.Register().Find(administrator, device, Ct)).Value.Warnings);
        var old = new AntivirusReport("架空対策", DeviceWorld.Today.AddDays(-30), DeviceWorld.Today.AddDays(-60));
        Assert.True((await site.Register().Report(administrator, device, old, Ct)).Succeeded(out _, out _));
        Assert.Equal(2, (await site.Register().Find(administrator, device, Ct)).Value.Warnings.Count);
        Assert.Contains(await site.Devices.Warnings(Ct), w => w.Contains("ウイルス対策", StringComparison.Ordinal));

        using var client = site.Client(certificate);
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        using var report = await client.PostAsync(
            new Uri("/identity/devices/self/antivirus", UriKind.Relative),
            new StringContent($$"""{"product":"架空対策","pattern":"{{DeviceWorld.Today:yyyy-MM-dd}}","scan":"{{DeviceWorld.Today:yyyy-MM-dd}}"}""", System.Text.Encoding.UTF8, "application/json"),
            Ct);
        Assert.Equal(HttpStatusCode.NoContent, report.StatusCode);
        Assert.Empty((await site.Register().Find(administrator, device, Ct)).Value.Warnings);
    }

    /// <summary>A client that keeps one line open and counts how many it opened.</summary>
    private static HttpClient OneLine(TestSite site, X509Certificate2 certificate, Action opened)
    {
        var handler = site.Handler(certificate);
        handler.MaxConnectionsPerServer = 1;
        handler.ConnectCallback = async (context, ct) =>
        {
            opened();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        };
        return new HttpClient(handler) { BaseAddress = site.Machines };
    }

    private static async Task<HttpStatusCode> Status(HttpClient client)
    {
        using var answer = await client.GetAsync(_me, Ct);
        return answer.StatusCode;
    }
}
