using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>What the authority issues, judged by the stock openssl.</summary>
public sealed class AuthorityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Certificates_AreAcceptedByOpenssl()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Site:PublicUrl=http://sekisho.example");
        var clinic = await site.Organisation("関所内科（試験）", OrganisationKind.MedicalInstitution);
        using var device = await site.Device(clinic, "受付の端末");
        var files = await Files(site, device);

        Assert.Contains("device.pem: OK", await Openssl("verify", "-x509_strict", "-CAfile", files.Ca, "-purpose", "sslclient", files.Device), StringComparison.Ordinal);
        Assert.Contains("device.pem: OK", await Openssl("verify", "-x509_strict", "-CAfile", files.Ca, "-purpose", "smimesign", files.Device), StringComparison.Ordinal);

        var root = await Openssl("x509", "-in", files.Ca, "-noout", "-text", "-nameopt", "utf8");
        Assert.Contains("CN=Sekisho CA (開発)", root, StringComparison.Ordinal);
        Assert.Contains("OU=development", root, StringComparison.Ordinal);
        Assert.Contains("CA:TRUE, pathlen:0", root, StringComparison.Ordinal);
        Assert.Contains("Certificate Sign, CRL Sign", root, StringComparison.Ordinal);
        Assert.Contains("NIST CURVE: P-256", root, StringComparison.Ordinal);

        var text = await Openssl("x509", "-in", files.Device, "-noout", "-text", "-nameopt", "utf8");
        Assert.Contains("CN=受付の端末", text, StringComparison.Ordinal);
        Assert.Contains("TLS Web Client Authentication, E-mail Protection", text, StringComparison.Ordinal);
        Assert.Contains($"URI:urn:sekisho:development:{clinic.Id}:", text, StringComparison.Ordinal);
        Assert.Contains("URI:http://sekisho.example/identity/crl", text, StringComparison.Ordinal);
        Assert.Contains("Authority Key Identifier", text, StringComparison.Ordinal);
        Assert.True(device.NotAfter <= device.NotBefore.AddYears(2).AddDays(1));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task RevocationList_AfterARevocation_NamesTheDevice(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        using var device = await site.Device(await site.Organisation(OrganisationKind.MedicalInstitution));
        var files = await Files(site, device);
        Assert.Contains("device.pem: OK", await Openssl("verify", "-crl_check", "-CRLfile", await List(site), "-CAfile", files.Ca, files.Device), StringComparison.Ordinal);

        var id = (await site.Devices.DeviceOf(device.SerialNumber, Ct)).Value;
        Assert.True((await site.Devices.Revoke(id, "紛失", Ct)).Succeeded(out _, out _));
        Assert.True((await site.Devices.Revoke(id, "再度", Ct)).Succeeded(out _, out _));
        var list = await List(site);
        var text = await Openssl("crl", "-in", list, "-noout", "-text", "-CAfile", files.Ca);
        Assert.Contains(device.SerialNumber, text, StringComparison.Ordinal);
        Assert.Contains("verify OK", text, StringComparison.Ordinal);
        Assert.Contains("X509v3 CRL Number", text, StringComparison.Ordinal);
        Assert.Contains("certificate revoked", await Openssl("verify", "-crl_check", "-CRLfile", list, "-CAfile", files.Ca, files.Device), StringComparison.Ordinal);
        Assert.Single(await site.Audited(Contracts.AuditKind.CertificateRevoked));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Centre_Signs_AndOpensslVerifies(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var signed = await Task.Run(() => Enumerable.Range(0, 50).AsParallel().Select(i => site.Certificates.SignAsCentre([(byte)i])).ToList(), Ct);
        foreach (var (cms, i) in signed.Select((s, i) => (s, i)))
        {
            var verified = Cms.Verify(cms, site.Certificates.Trust, TimeProvider.System.GetUtcNow()).Value;
            Assert.Equal((await site.Centre()).Id.Value, verified.Identity.Organisation);
            Assert.Equal([(byte)i], verified.Content);
        }

        Assert.Equal([(await site.Centre()).Id.Value], site.Certificates.Trust.Operators);
        var file = Path.Combine(site.DataFolder, "signed.p7s");
        await File.WriteAllBytesAsync(file, signed[0], Ct);
        Assert.Contains(
            "successful",
            await Openssl("cms", "-verify", "-inform", "DER", "-in", file, "-CAfile", (await Files(site, null)).Ca, "-out", "/dev/null"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_AtRest_AreEncryptedAndPrivate()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var keys = System.IO.Directory.GetFiles(Path.Combine(site.DataFolder, "keys"));
        Assert.Equal(3, keys.Length);
        foreach (var key in keys)
        {
            Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", await File.ReadAllTextAsync(key, Ct), StringComparison.Ordinal);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(key));
        }

        var passphrase = "file:" + Path.Combine(site.DataFolder, "ca.pass");
        Assert.Contains("Private-Key", await Openssl("pkey", "-in", keys[0], "-passin", passphrase, "-noout", "-text"), StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("pass word")]
    public async Task Pfx_OfADevice_IsReadByOpensslWithItsOwnCertificateMarked(string password)
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var issued = (await site.Devices.Issue(clinic.Id, "端末", password, Ct)).Value;
        var file = Path.Combine(site.DataFolder, "device.pfx");
        await File.WriteAllBytesAsync(file, issued.Pfx, Ct);
        var own = await Openssl("pkcs12", "-in", file, "-passin", "pass:" + password, "-clcerts", "-nokeys");
        using var certificate = X509Certificate2.CreateFromPem(own);
        Assert.Equal(issued.Serial, certificate.SerialNumber, ignoreCase: true);
        Assert.Contains("BEGIN PRIVATE KEY", await Openssl("pkcs12", "-in", file, "-passin", "pass:" + password, "-nodes", "-nocerts"), StringComparison.Ordinal);
        using var loaded = X509CertificateLoader.LoadPkcs12(issued.Pfx, password);
        Assert.Equal(certificate.RawData, loaded.RawData);
        Assert.True(loaded.HasPrivateKey);
    }

    private static async Task<(string Ca, string Device)> Files(TestSite site, X509Certificate2? device)
    {
        var ca = Path.Combine(site.DataFolder, "ca.pem");
        var file = Path.Combine(site.DataFolder, "device.pem");
        await File.WriteAllTextAsync(ca, site.Authority.ExportCertificatePem(), Ct);
        await File.WriteAllTextAsync(file, device?.ExportCertificatePem() ?? "", Ct);
        return (ca, file);
    }

    private static async Task<string> List(TestSite site)
    {
        using var browser = site.Browser();
        var file = Path.Combine(site.DataFolder, Guid.NewGuid().ToString("N") + ".crl");
        await File.WriteAllBytesAsync(file, await browser.GetByteArrayAsync(new Uri("/identity/crl", UriKind.Relative), Ct), Ct);
        return file;
    }

    private static async Task<string> Openssl(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var error = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return await output + await error;
    }
}
