using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>When the revocation list cannot be renewed: served while it promises to be complete, an honest 503 after that, and back by itself.</summary>
public sealed class StaleListTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-4")]
    public async Task StaleList_MachinesAreToldToWait_PublicPlacesAnswer_AndARenewalBringsThemBack(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        var key = new BrokenSigner();
        await using var site = await TestSite.StartOn(
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ICaSigner>(s => key.Around(ActivatorUtilities.CreateInstance<FileCaSigner>(s))), provider, "Logging:LogLevel:Default=None");
        using var client = await site.Client(await site.Organisation(OrganisationKind.MedicalInstitution));
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        key.Broken = true;

        // Six days: due since the fourth, but still complete by its own promise.
        clock.Move(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        clock.Move(TimeSpan.FromDays(1));
        using (var refused = await client.GetAsync(_me, Ct))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Ct));
            Assert.Equal("ID-0306", problem.RootElement.GetProperty("code").GetString());
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/identity/crl", UriKind.Relative), Ct)).StatusCode);
        key.Broken = false;
        for (var i = 0; i < 1000 && await Status(client) != HttpStatusCode.OK; i++)
        {
            await Task.Delay(100, Ct);
        }

        Assert.Equal(HttpStatusCode.OK, await Status(client));
    }

    [Fact]
    public async Task StaleList_LimitOfTheSite_IsShorterThanTheListsOwn()
    {
        var clock = new MovedClock();
        var key = new BrokenSigner();
        await using var site = await TestSite.StartOn(
            services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ICaSigner>(s => key.Around(ActivatorUtilities.CreateInstance<FileCaSigner>(s))),
            DatabaseProvider.Sqlite, "Revocation:MaxAge=1.00:00:00");
        using var client = await site.Client(await site.Centre());
        key.Broken = true;
        clock.Move(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, await Status(client));
        clock.Move(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(client));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Overlap_WhenItIsOver_TheReplacedCertificateIsSweptOntoTheList(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var site = await TestSite.StartOn(services => services.AddSingleton<TimeProvider>(clock), provider, "Logging:LogLevel:Default=None");
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var old = await site.Device(clinic);
        using var client = site.Client(old);
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var renewal = new ByteArrayContent(DeviceWorld.Csr(key)) { Headers = { ContentType = new("application/pkcs10") } };
        using var renewed = await client.PostAsync(new Uri("/identity/certificates", UriKind.Relative), renewal, Ct);
        Assert.True(renewed.IsSuccessStatusCode, await renewed.Content.ReadAsStringAsync(Ct));
        Assert.True(site.Certificates.Trust.Check(old, clock.GetUtcNow()).Succeeded(out _, out _));

        clock.Move(TimeSpan.FromDays(31));
        for (var i = 0; i < 1000 && site.Certificates.Trust.Check(old, clock.GetUtcNow()).Succeeded(out _, out _); i++)
        {
            await Task.Delay(100, Ct);
        }

        Assert.Equal("WI-0206", site.Certificates.Trust.Check(old, clock.GetUtcNow()).Refusal.Code);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client));
        Assert.Single(await site.Audited(AuditKind.CertificateRevoked), e => e.EndsWith(" Superseded", StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> Status(HttpClient client)
    {
        using var answer = await client.GetAsync(_me, Ct);
        return answer.StatusCode;
    }

    /// <summary>A CA key in a token that somebody pulled out.</summary>
    private sealed class BrokenSigner
    {
        public volatile bool Broken;

        public ICaSigner Around(ICaSigner real) => new Signer(this, real);

        private sealed class Signer(BrokenSigner owner, ICaSigner real) : ICaSigner
        {
            public NewCaKey NewKey() => real.NewKey();

            public X509SignatureGenerator Of(X509Certificate2 root) => owner.Broken ? throw new InvalidOperationException("The token is gone") : real.Of(root);
        }
    }
}
