using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Platform.Data;
using Sekisho.Server;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>The site as a whole: environments kept apart, restarts, the simulated day.</summary>
public sealed class SiteTests
{
    private static readonly Uri _businessTime = new("/development/business-time", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task BusinessTime_SetByTheCentre_IsSimulatedAndRecorded(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        using var client = await site.Client(await site.Centre());
        using var set = await client.PostAsJsonAsync(_businessTime, new { moment = "2021-11-08T10:00:00+09:00" }, Ct);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        var time = site.Services.GetRequiredService<IBusinessTime>();
        Assert.True(time.IsSimulated);
        Assert.Equal(new DateOnly(2021, 11, 8), DateOnly.FromDateTime(time.Now.DateTime));
        using var reset = await client.PostAsJsonAsync(_businessTime, new { moment = (string?)null }, Ct);
        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        Assert.False(time.IsSimulated);
        Assert.Equal(2, (await site.Audited(AuditKind.BusinessTimeChanged)).Count);
    }

    [Fact]
    public async Task BusinessTime_AskedByAnybodyElse_IsRefusedAndRecorded()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var client = await site.Client(await site.Organisation(OrganisationKind.MedicalInstitution));
        using var answer = await client.PostAsJsonAsync(_businessTime, new { moment = (string?)null }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(["/development/business-time: ManageSite"], await site.Audited(AuditKind.AccessDenied));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Site_StartedAgain_KeepsItsAuthorityAndItsCentreKey(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        using var client = await site.Client(await site.Centre());
        var signed = site.Certificates.SignAsCentre("前"u8);
        var health = await site.Devices.Health(Ct);
        await site.Restart();
        Assert.Equal(health, await site.Devices.Health(Ct));
        Assert.True(Cms.Verify(signed, site.Certificates.Trust, TimeProvider.System.GetUtcNow()).Succeeded(out _, out _));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task RevocationList_NearItsEnd_IsRenewedByTheRunningSite(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var standing = site.Services.GetRequiredService<Standing>();
        var number = standing.RevocationList.Number;
        await using (var session = new DbSession(site.Services.GetRequiredService<Database>()))
        {
            await session.Write(Ct);
            await session.Execute($"UPDATE {session.Prefix("identity")}revocation_list SET next_update = @soon", Ct, ("soon", TimeProvider.System.GetUtcNow().AddHours(1)));
            await session.Commit(Ct);
        }

        await site.Restart();
        var renewed = site.Services.GetRequiredService<Standing>().RevocationList;
        Assert.Equal(number + 1, renewed.Number);
        Assert.True(renewed.NextUpdate > TimeProvider.System.GetUtcNow().AddDays(6));
    }

    [Fact]
    public async Task Centre_WhoseCertificateWasRevoked_SignsWithANewOne()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var before = Cms.Verify(site.Certificates.SignAsCentre("1"u8), site.Certificates.Trust, TimeProvider.System.GetUtcNow()).Value.Identity;
        Assert.True((await site.Devices.Revoke(new DeviceId(before.Device), "交換", Ct)).Succeeded(out _, out _));
        await site.Services.GetRequiredService<CentreKey>().Renew(Ct);
        var after = Cms.Verify(site.Certificates.SignAsCentre("2"u8), site.Certificates.Trust, TimeProvider.System.GetUtcNow()).Value.Identity;
        Assert.Equal(before.Organisation, after.Organisation);
        Assert.NotEqual(before.Device, after.Device);
    }

    [Fact]
    [Trait("Clause", "G-6-3")]
    public async Task G_6_3_Data_OfAnotherEnvironment_IsNotOpened()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await site.Close();
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.Build([.. site.Settings, "--Environment=production", "--Listen:People=https://127.0.0.1:0"]));
        Assert.Contains("異なる環境", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_HasNoDevelopmentEndpoint_NoDemoAndNoPlainPort()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sekisho-test-").FullName;
        try
        {
            string[] settings = [$"--DataFolder={folder}", "--Environment=production", "--Scanner:Mode=None", "--Demo=true", "--Listen:Machines=https://127.0.0.1:0"];
            var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Site.Build([.. settings, "--Listen:People=http://127.0.0.1:0"]));
            Assert.Contains("Listen:People", fault.Message, StringComparison.Ordinal);

            await using var app = await Site.Build([.. settings, "--Listen:People=https://127.0.0.1:0"]);
            await app.StartAsync(Ct);
            var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText ?? "");
            Assert.DoesNotContain(routes, r => r.Contains("development", StringComparison.Ordinal));
            Assert.False(System.IO.Directory.Exists(Path.Combine(folder, "demo")));
            await app.StopAsync(Ct);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
