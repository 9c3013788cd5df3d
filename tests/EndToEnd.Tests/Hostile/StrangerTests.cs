using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.EndToEnd.Tests.Death;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>Client certificates that are not in force never reach an endpoint; the site serves the others meanwhile.</summary>
public sealed class StrangerTests(HostileSite site) : IClassFixture<HostileSite>
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    [Theory]
    [InlineData("none")]
    [InlineData("self-signed")]
    [InlineData("other-authority")]
    [InlineData("expired")]
    [InlineData("not-yet")]
    [InlineData("wrong-purpose")]
    [InlineData("other-environment")]
    [InlineData("no-identity")]
    [InlineData("unknown-device")]
    [InlineData("huge-chain")]
    public async Task Connect_CertificateNotInForce_IsRefused(string what)
    {
        using var client = Client(what);

        string said;
        try
        {
            using var answer = await client.GetAsync(new Uri(site.Server.Machines, "/identity/me"), TestContext.Current.CancellationToken);
            said = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is HttpRequestException or AuthenticationException or IOException or SocketException)
        {
            said = "refused by TLS";
        }

        Assert.Equal(what == "unknown-device" ? "401" : "refused by TLS", said);
        await site.IsWell();
    }

    private HttpClient Client(string what)
    {
        var own = X509CertificateLoader.LoadPkcs12CollectionFromFile(site.Server.Demo("clinic.pfx"), null);
        var authority = own.First(c => !c.HasPrivateKey);
        var options = Participant.Tls(own.First(c => c.HasPrivateKey), authority);
        options.ClientCertificateContext = what == "none" ? null : Context(what, authority);
        return new HttpClient(new SocketsHttpHandler { SslOptions = options });
    }

    private SslStreamCertificateContext Context(string what, X509Certificate2 authority)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (what == "huge-chain")
        {
            return HugeChain(now);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stranger", key, HashAlgorithmName.SHA256);
        var environment = what == "other-environment" ? SiteEnvironment.Production : SiteEnvironment.Development;
        if (what != "no-identity")
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddUri(new CertificateIdentity(environment, site.Clinic.Organisation, Guid.NewGuid()).ToUri());
            request.CertificateExtensions.Add(names.Build());
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(what == "wrong-purpose" ? ServerAuthentication : ClientAuthentication)], critical: false));
        var (from, until) = what switch
        {
            "expired" => (now.AddDays(-2), now.AddDays(-1)),
            "not-yet" => (now.AddDays(1), now.AddDays(2)),
            _ => (now.AddMinutes(-5), now.AddDays(1)),
        };
        if (what == "self-signed")
        {
            return SslStreamCertificateContext.Create(Kept(request.CreateSelfSigned(from, until)), null, offline: true);
        }

        using var authorityKey = what == "other-authority" ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : AuthorityKey();
        var generator = X509SignatureGenerator.CreateForECDsa(authorityKey);
        using var issued = request.Create(authority.SubjectName, generator, from, until, RandomNumberGenerator.GetBytes(12));
        using var withKey = issued.CopyWithPrivateKey(key);
        return SslStreamCertificateContext.Create(Kept(withKey), null, offline: true);
    }

    /// <summary>The site's own key: only the operator has it, and a test of what even the right authority must not have signed.</summary>
    private ECDsa AuthorityKey()
    {
        var key = ECDsa.Create();
        key.ImportFromEncryptedPem(
            File.ReadAllText(Directory.GetFiles(Path.Combine(site.Server.Folder, "keys"), "ca-*.p8").Single()),
            File.ReadAllText(Path.Combine(site.Server.Folder, "ca.pass")).Trim());
        return key;
    }

    /// <summary>A chain of large certificates, several hundred kilobytes together.</summary>
    private static SslStreamCertificateContext HugeChain(DateTimeOffset now)
    {
        var chain = new X509Certificate2Collection();
        X509Certificate2? issuer = null;
        for (var i = 0; i < 12; i++)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN=link {i}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
            request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", new byte[40_000], critical: false));
            using var made = issuer is null
                ? request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1))
                : request.Create(issuer, now.AddHours(-1), now.AddHours(1), RandomNumberGenerator.GetBytes(8));
            issuer = Kept(made.HasPrivateKey ? made : made.CopyWithPrivateKey(key));
            chain.Add(issuer);
        }

        chain.Remove(issuer!);
        return SslStreamCertificateContext.Create(issuer!, chain, offline: true, SslCertificateTrust.CreateForX509Collection(chain));
    }

    private static X509Certificate2 Kept(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
}
