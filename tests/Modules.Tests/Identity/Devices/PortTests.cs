using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>TLS of both ports, the proxy's header before it, and from where one may come.</summary>
public sealed class PortTests
{
    private const string Crl = "/identity/crl";
    private const string Me = "/identity/me";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact, Trait("Clause", "G-5-7")]
    public async Task G_5_7_OlderTls_IsRefusedOnBothPorts_UnlessTheSiteAllows12()
    {
        await using var strict = await Start();
        await using var wide = await Start("Tls:Allow12=true");
        using var certificate = await strict.Device(await strict.Centre());
        using var other = await wide.Device(await wide.Centre());
        foreach (var (port, own) in new[] { (strict.Machines.Port, certificate), (PeoplePort(strict), certificate) })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => Ask(strict, port, own, Me, SslProtocols.Tls12));
            Assert.StartsWith("HTTP/1.1 ", await Ask(strict, port, own, Me), StringComparison.Ordinal);
        }

        Assert.StartsWith("HTTP/1.1 200", await Ask(wide, wide.Machines.Port, other, Me, SslProtocols.Tls12), StringComparison.Ordinal);
        using var weak = await Line(wide.Machines.Port, null);
        var cbc = new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = SslProtocols.Tls12, CipherSuitesPolicy = Weak() };
        await Assert.ThrowsAnyAsync<Exception>(() => Shake(wide, weak, other, cbc));
    }

    [Fact, Trait("Clause", "G-5-4")]
    public async Task G_5_4_PeoplePort_AsksForACertificate_AndServesPublicPagesWithout()
    {
        await using var site = await Start();
        await using var elsewhere = await TestSite.Start(DatabaseProvider.Sqlite);
        Assert.StartsWith("HTTP/1.1 200", await Ask(site, PeoplePort(site), null, Crl), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await Ask(site, PeoplePort(site), null, Me), StringComparison.Ordinal);
        using var foreign = await elsewhere.Device(await elsewhere.Centre());
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(site, PeoplePort(site), foreign, Crl));
    }

    [Fact]
    public async Task ServerCertificate_IsKeptAcrossARestart_AndRenewedWhenItsNamesChange()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var before = await Served(site, site.Machines.Port);
        await site.Restart();
        Assert.Equal(before, await Served(site, site.Machines.Port));
        Assert.Single(System.IO.Directory.GetFiles(Path.Combine(site.DataFolder, "keys"), "server-*.p8"));
    }

    [Fact]
    public async Task PeoplePort_WithTheSitesOwnCertificate_ShowsIt_AndTakesANewOneWithoutARestart()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sekisho-own-").FullName;
        try
        {
            var file = Path.Combine(folder, "own.pem");
            var first = await Own(file);
            await using var site = await Start($"Tls:People:Certificate={file}");
            Assert.Equal(first, await Served(site, PeoplePort(site)));
            Assert.NotEqual(first, await Served(site, site.Machines.Port));
            var second = await Own(file);
            for (var i = 0; i < 500 && await Served(site, PeoplePort(site)) != second; i++)
            {
                await Task.Delay(200, Ct);
            }

            Assert.Equal(second, await Served(site, PeoplePort(site)));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "G-5-7")]
    public async Task G_5_7_Enforced_OnlyStatedRangesAreServed_AlsoBehindAProxy(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider, "Connections:Enforce=true", "Listen:Proxy:0=127.0.0.1");
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var certificate = await site.Device(clinic);
        var line = new LineFacts("架空回線", LineKind.IpVpn, ["203.0.113.0/28", "2001:db8:10::/48"], DeviceWorld.Today, DeviceWorld.Today, DeviceWorld.Today.AddYears(1), "");
        var stated = (await site.Connections().State(clinic.Administrator(), line, Ct)).Value;

        Assert.StartsWith("HTTP/1.1 403", await Ask(site, site.Machines.Port, certificate, Me, from: "203.0.113.5"), StringComparison.Ordinal);
        Assert.True((await site.Connections().Decide((await site.Centre()).Administrator(), stated, true, "", Ct)).Succeeded(out _, out _));
        Assert.StartsWith("HTTP/1.1 200", await Ask(site, site.Machines.Port, certificate, Me, from: "203.0.113.5"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await Ask(site, site.Machines.Port, certificate, Me, from: "2001:db8:10::7"), StringComparison.Ordinal);
        var refused = await Ask(site, site.Machines.Port, certificate, Me, from: "203.0.113.77");
        Assert.StartsWith("HTTP/1.1 403", refused, StringComparison.Ordinal);
        Assert.Contains("ID-0702", refused, StringComparison.Ordinal);
        Assert.Contains($"{clinic.Id}: 203.0.113.77", await site.Audited(AuditKind.ConnectionRefused));

        // The proxy itself without a header, and half a header: nothing is served.
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(site, site.Machines.Port, certificate, Me));
        Assert.True((await site.Connections().End(clinic.Administrator(), stated, "解約", Ct)).Succeeded(out _, out _));
        Assert.StartsWith("HTTP/1.1 403", await Ask(site, site.Machines.Port, certificate, Me, from: "203.0.113.5"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProxyHeader_FromAnybodyElse_IsNoTls()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Listen:Proxy:0=192.0.2.1");
        using var certificate = await site.Device(await site.Centre());
        await Assert.ThrowsAnyAsync<Exception>(() => Ask(site, site.Machines.Port, certificate, Me, from: "203.0.113.5"));
        Assert.StartsWith("HTTP/1.1 200", await Ask(site, site.Machines.Port, certificate, Me), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enforced_LoopbackInDevelopment_IsExemptOnlyByBeingListed()
    {
        await using var closed = await TestSite.Start(DatabaseProvider.Sqlite, "Connections:Enforce=true");
        await using var listed = await TestSite.Start(DatabaseProvider.Sqlite, "Connections:Enforce=true", "Connections:Exempt:0=127.0.0.0/8");
        using var one = await closed.Client(await closed.Centre());
        using var two = await listed.Client(await listed.Centre());
        Assert.Equal(HttpStatusCode.Forbidden, (await one.GetAsync(new Uri(Me, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync(new Uri(Crl, UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await two.GetAsync(new Uri(Me, UriKind.Relative), Ct)).StatusCode);
    }

    [Fact, Trait("Clause", "G-5-4")]
    public async Task G_5_4_DeviceRevoked_ItsTlsSessionTakenUpAgain_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var certificate = await site.Device(await site.Organisation(OrganisationKind.MedicalInstitution));
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost" };
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("HTTP/1.1 200", await Ask(site, certificate, options), StringComparison.Ordinal);
        }

        var device = (await site.Devices.DeviceOf(certificate.SerialNumber, Ct)).Value;
        Assert.True((await site.Devices.Revoke(device, "紛失", Ct)).Succeeded(out _, out _));
        Assert.StartsWith("HTTP/1.1 401", await Ask(site, certificate, options), StringComparison.Ordinal);
    }

    /// <summary>A site whose people port speaks TLS too.</summary>
    private static Task<TestSite> Start(params string[] settings) => TestSite.Start(DatabaseProvider.Sqlite, ["Listen:People=https://127.0.0.1:0", .. settings]);

    private static int PeoplePort(TestSite site) => new Uri(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()).Port;

    private static CipherSuitesPolicy Weak() => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : new CipherSuitesPolicy([TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]);

    /// <summary>A request over a socket of our own: optional PROXY v2 header, TLS, one GET. The whole answer.</summary>
    private static async Task<string> Ask(
        TestSite site, int port, X509Certificate2? certificate, string path, SslProtocols protocols = SslProtocols.None, string? from = null)
    {
        using var line = await Line(port, from);
        return await Ask(site, line, certificate, path, new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocols });
    }

    /// <summary>On a new connection with options of before, whose session it takes up again.</summary>
    private static async Task<string> Ask(TestSite site, X509Certificate2 certificate, SslClientAuthenticationOptions options)
    {
        using var line = await Line(site.Machines.Port, null);
        return await Ask(site, line, certificate, Me, options);
    }

    private static async Task<string> Ask(TestSite site, TcpClient line, X509Certificate2? certificate, string path, SslClientAuthenticationOptions options)
    {
        await using var tls = await Shake(site, line, certificate, options);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Ct);
        using var reader = new StreamReader(tls, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Ct);
        return answer.Length > 0 ? answer : throw new IOException("closed");
    }

    private static async Task<TcpClient> Line(int port, string? from)
    {
        var line = new TcpClient();
        await line.ConnectAsync(IPAddress.Loopback, port, Ct);
        if (from is not null)
        {
            var header = Header(IPAddress.Parse(from));
            await line.GetStream().WriteAsync(header.AsMemory(0, 9), Ct);
            await Task.Delay(20, Ct);
            await line.GetStream().WriteAsync(header.AsMemory(9), Ct);
        }

        return line;
    }

    private static async Task<SslStream> Shake(TestSite site, TcpClient line, X509Certificate2? certificate, SslClientAuthenticationOptions options)
    {
        options.RemoteCertificateValidationCallback = (_, shown, _, _) => site.Authority is not null && shown is not null;
        if (certificate is not null)
        {
            options.ClientCertificateContext ??= SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        var tls = new SslStream(line.GetStream());
        await tls.AuthenticateAsClientAsync(options, Ct);
        return tls;
    }

    /// <summary>As HAProxy writes it with send-proxy-v2.</summary>
    private static byte[] Header(IPAddress source)
    {
        var address = source.GetAddressBytes();
        var header = new byte[16 + (2 * address.Length) + 4];
        "\r\n\r\n\0\r\nQUIT\n"u8.CopyTo(header);
        header[12] = 0x21;
        header[13] = (byte)(address.Length == 4 ? 0x11 : 0x21);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)(header.Length - 16));
        address.CopyTo(header, 16);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(16 + (2 * address.Length)), 40000);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(18 + (2 * address.Length)), 443);
        return header;
    }

    /// <summary>Thumbprint of the certificate a port shows.</summary>
    private static async Task<string> Served(TestSite site, int port)
    {
        using var line = await Line(port, null);
        var seen = "";
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost" };
        options.RemoteCertificateValidationCallback = (_, shown, _, _) => (seen = shown?.GetCertHashString() ?? "").Length > 0;
        await using var tls = new SslStream(line.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(options, Ct);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // A machine port wants a certificate; its own was seen before.
        }

        Assert.NotNull(site);
        return seen;
    }

    private static async Task<string> Own(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=sekisho.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        await File.WriteAllTextAsync(file + ".new", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n", Ct);
        File.Move(file + ".new", file, overwrite: true);
        return certificate.GetCertHashString();
    }
}
