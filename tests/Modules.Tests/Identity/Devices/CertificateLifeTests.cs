using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>Apply, approve, issue, collect, renew, revoke; judged by the stock openssl where it can judge.</summary>
public sealed class CertificateLifeTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);
    private static readonly Uri _certificates = new("/identity/certificates", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql), Trait("Clause", "G-5-4")]
    public async Task G_5_4_CsrOfOpenssl_IsApprovedByAnother_AndNamesWhatTheRegisterSays(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation("関所内科（試験）", OrganisationKind.MedicalInstitution);
        var administrator = clinic.Administrator();
        var device = (await site.Register().Register(administrator, DeviceWorld.Facts("受付の端末"), Ct)).Value;
        string key = Path.Combine(site.DataFolder, "k.pem"), csr = Path.Combine(site.DataFolder, "k.csr"), own = Path.Combine(site.DataFolder, "own.pem");
        Assert.Equal(0, (await DeviceWorld.Openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", csr, "-subj", "/CN=President/O=Other")).Exit);

        var applied = (await site.Office().Apply(administrator, device, await File.ReadAllBytesAsync(csr, Ct), Ct)).Value;
        Assert.Equal("ID-0606", (await site.Office().Apply(administrator, device, null, Ct)).Refusal.Code);
        Assert.Equal("ID-0609", (await site.Office().Approve(administrator, applied.Id, Ct)).Refusal.Code);
        Assert.Equal("ID-0611", (await site.Office().Certificate(administrator, applied.Id, Ct)).Refusal.Code);
        Assert.Equal(applied.Id, Assert.Single(await site.Office().Waiting((await site.Centre()).Administrator(), Ct)).Id);
        Assert.Equal(ApplicationState.Issued, (await site.Approve(applied.Id)).State);

        var issued = (await site.Office().Certificate(administrator, applied.Id, Ct)).Value;
        await File.WriteAllTextAsync(own, issued.Pem, Ct);
        var (ca, list) = await site.Published();
        Assert.Contains(": OK", (await DeviceWorld.Openssl("verify", "-x509_strict", "-crl_check", "-CRLfile", list, "-CAfile", ca, "-purpose", "sslclient", own)).Output, StringComparison.Ordinal);
        var text = (await DeviceWorld.Openssl("x509", "-in", own, "-noout", "-text", "-nameopt", "utf8")).Output;
        Assert.Contains("CN=受付の端末", text, StringComparison.Ordinal);
        Assert.Contains($"URI:urn:sekisho:development:{clinic.Id}:{device}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("President", text, StringComparison.Ordinal);

        using var paired = X509Certificate2.CreateFromPemFile(own, key);
        using var usable = X509CertificateLoader.LoadPkcs12(paired.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
        using var client = site.Client(usable);
        Assert.Equal(device.Value, (await client.GetFromJsonAsync<JsonElement>(_me, Ct)).GetProperty("device").GetGuid());
        Assert.Equal("ID-0608", (await site.Office().Apply(administrator, (await site.Register().Register(administrator, DeviceWorld.Facts("別"), Ct)).Value, await File.ReadAllBytesAsync(csr, Ct), Ct)).Refusal.Code);
    }

    [Fact]
    public async Task Csr_OfAnUnfitKey_OrWithoutProof_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var device = (await site.Register().Register(administrator, DeviceWorld.Facts(), Ct)).Value;
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var tampered = DeviceWorld.Csr(p256);
        tampered[^5] ^= 1;
        foreach (var (csr, code) in new (byte[], string)[]
        {
            (DeviceWorld.Csr(p384), "ID-0615"),
            (new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest(), "ID-0615"),
            (tampered, "ID-0607"),
            ([], "ID-0607"),
            ("-----BEGIN NONSENSE"u8.ToArray(), "ID-0607"),
            (new byte[20_000], "ID-0607"),
        })
        {
            Assert.Equal(code, (await site.Office().Apply(administrator, device, csr, Ct)).Refusal.Code);
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Pkcs12_HasItsPasswordOnce_AndIsDownloadedOnce(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var stranger = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var device = (await site.Register().Register(administrator, DeviceWorld.Facts(), Ct)).Value;
        var applied = (await site.Office().Apply(administrator, device, null, Ct)).Value;
        Assert.Equal("ID-0611", (await site.Office().Collect(administrator, applied.Id, Ct)).Refusal.Code);
        Assert.Equal(ApplicationState.Approved, (await site.Approve(applied.Id)).State);
        Assert.False(site.Certificates.IsInForce(device));

        Assert.Equal("ID-0605", (await site.Office().Collect(stranger, applied.Id, Ct)).Refusal.Code);
        var password = (await site.Office().Collect(administrator, applied.Id, Ct)).Value;
        Assert.Equal("ID-0611", (await site.Office().Collect(administrator, applied.Id, Ct)).Refusal.Code);
        Assert.Equal("ID-0605", (await site.Office().Download(stranger, applied.Id, Ct)).Refusal.Code);
        var bundle = (await site.Office().Download(administrator, applied.Id, Ct)).Value;
        Assert.Equal("ID-0612", (await site.Office().Download(administrator, applied.Id, Ct)).Refusal.Code);
        Assert.ThrowsAny<CryptographicException>(() => X509CertificateLoader.LoadPkcs12(bundle, "wrong"));

        using var certificate = X509CertificateLoader.LoadPkcs12(bundle, password, X509KeyStorageFlags.Exportable);
        using var client = site.Client(certificate);
        using var served = await client.GetAsync(_me, Ct);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal(["applied", "approved", "collected", "downloaded"], (await site.Audited(AuditKind.CertificateRequested)).Select(e => e[(e.LastIndexOf(' ') + 1)..]));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Renewal_ByTheMachine_OverlapsThirtyDays_AndIsTheSameWhenAskedAgain(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var (device, old) = await site.Certified(administrator);
        using var client = site.Client(old);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = DeviceWorld.Csr(key);

        using var own = await client.PostAsync(_certificates, new ByteArrayContent(DeviceWorld.Csr(old.GetECDsaPrivateKey()!)), Ct);
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        var first = await Renew(client, csr);
        var again = await Renew(client, csr);
        Assert.Equal(first.GetProperty("serial").GetString(), again.GetProperty("serial").GetString());

        using var certificate = X509Certificate2.CreateFromPem(first.GetProperty("certificate").GetString()!);
        using var usable = DeviceWorld.Usable(certificate, key);
        using var renewed = site.Client(usable);
        Assert.Equal(device.Value, (await renewed.GetFromJsonAsync<JsonElement>(_me, Ct)).GetProperty("device").GetGuid());
        using var stillServed = await client.GetAsync(_me, Ct);
        Assert.Equal(HttpStatusCode.OK, stillServed.StatusCode);
        var both = (await site.Register().Find(administrator, device, Ct)).Value.Certificates;
        Assert.Equal(2, both.Count);
        Assert.InRange(both.Single(c => c.Serial != first.GetProperty("serial").GetString()).Until, TimeProvider.System.GetUtcNow().AddDays(29), TimeProvider.System.GetUtcNow().AddDays(31));

        // Another key before the first was ever used: the new one is replaced, the presented one still counts.
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Renew(client, DeviceWorld.Csr(other));
        using var replaced = await renewed.GetAsync(_me, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, replaced.StatusCode);
        Assert.Equal("WI-0206", site.Certificates.Trust.Check(certificate, TimeProvider.System.GetUtcNow()).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Application_ByAMachine_WaitsForTheCentre_AndNobodyElseSeesIt(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var client = await site.Client(clinic);
        using var stranger = await site.Client(await site.Organisation(OrganisationKind.MedicalInstitution));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var answer = await client.PostAsync(new Uri("/identity/certificates/applications?name=" + Uri.EscapeDataString("受付2"), UriKind.Relative), new ByteArrayContent(DeviceWorld.Csr(key)), Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetGuid();
        var address = new Uri("/identity/certificates/applications/" + id, UriKind.Relative);
        Assert.Equal("Waiting", (await client.GetFromJsonAsync<JsonElement>(address, Ct)).GetProperty("state").GetString());
        using var hidden = await stranger.GetAsync(address, Ct);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        await site.Approve(id);
        var issued = await client.GetFromJsonAsync<JsonElement>(address, Ct);
        using var certificate = X509Certificate2.CreateFromPem(issued.GetProperty("certificate").GetString()!);
        Assert.Equal(clinic.Id.Value, CertificateIdentity.Of(certificate).Value.Organisation);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Revocation_WithAReason_IsOnTheList_AndTheDeviceMayApplyAgain(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var administrator = (await site.Organisation(OrganisationKind.MedicalInstitution)).Administrator();
        var (device, certificate) = await site.Certified(administrator);
        Assert.True((await site.Office().Revoke(administrator, device, RevocationReason.KeyCompromise, "盗難", Ct)).Succeeded(out _, out _));
        Assert.Equal("ID-0619", (await site.Office().Revoke(administrator, device, RevocationReason.KeyCompromise, "盗難", Ct)).Refusal.Code);
        var (ca, list) = await site.Published();
        Assert.Contains("Key Compromise", (await DeviceWorld.Openssl("crl", "-in", list, "-noout", "-text")).Output, StringComparison.Ordinal);
        var own = Path.Combine(site.DataFolder, "own.pem");
        await File.WriteAllTextAsync(own, certificate.ExportCertificatePem(), Ct);
        Assert.Contains("certificate revoked", (await DeviceWorld.Openssl("verify", "-crl_check", "-CRLfile", list, "-CAfile", ca, own)).Output, StringComparison.Ordinal);
        Assert.True((await site.Office().Apply(administrator, device, null, Ct)).Succeeded(out _, out _));
    }

    [Fact]
    public async Task Machine_IsToldOfItsEnd_OnlyFrom90DaysBefore()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var fresh = await site.Client(clinic);
        using var early = await fresh.GetAsync(_me, Ct);
        Assert.False(early.Headers.Contains("Sekisho-Certificate-Expires"));

        using var ending = await Ending(site, clinic, TimeSpan.FromDays(60));
        using var client = site.Client(ending);
        using var late = await client.GetAsync(_me, Ct);
        Assert.Equal(
            [ending.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)], late.Headers.GetValues("Sekisho-Certificate-Expires"));
    }

    /// <summary>A certificate in force whose end is this near, as if it had been issued long ago.</summary>
    private static async Task<X509Certificate2> Ending(TestSite site, Organisation organisation, TimeSpan left)
    {
        var device = (await site.Register().Register(organisation.Administrator(), DeviceWorld.Facts(), Ct)).Value;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = site.Services.GetRequiredService<ICaSigner>().Of(site.Authority);
        using var certificate = CertificateForms.Device(
            site.Authority,
            signer,
            Issue.PublicKeyOf(key),
            new CertificateIdentity(SiteEnvironment.Development, organisation.Id.Value, device.Value),
            organisation.Name,
            "古い端末",
            new Uri("http://localhost/identity/crl"),
            TimeProvider.System.GetUtcNow().AddYears(-2) + left);
        await using var unit = await site.Services.GetRequiredService<Store>().Write(Ct);
        unit.Context.Certificates.Add(new CertificateRow
        {
            Serial = CertificateForms.Serial(certificate),
            Device = device.Value,
            Thumbprint = CertificateForms.Thumbprint(certificate),
            Certificate = certificate.RawData,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            Until = certificate.NotAfter.ToUniversalTime(),
            Changed = await unit.NextVersion(Ct),
        });
        await unit.Commit(Ct);
        return DeviceWorld.Usable(certificate, key);
    }

    private static async Task<JsonElement> Renew(HttpClient client, byte[] csr)
    {
        using var answer = await client.PostAsync(_certificates, new ByteArrayContent(csr), Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
