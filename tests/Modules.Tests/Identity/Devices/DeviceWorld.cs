using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Formats;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity.Devices;

/// <summary>A clinic's administrator and the centre's people, and what they do with devices.</summary>
internal static class DeviceWorld
{
    public static DateOnly Today => TimeProvider.System.GetUtcNow().DayInJapan();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static IDeviceRegister Register(this TestSite site) => site.Services.GetRequiredService<IDeviceRegister>();

    public static ICertificateOffice Office(this TestSite site) => site.Services.GetRequiredService<ICertificateOffice>();

    public static IConnections Connections(this TestSite site) => site.Services.GetRequiredService<IConnections>();

    public static ITerms Terms(this TestSite site) => site.Services.GetRequiredService<ITerms>();

    /// <summary>Somebody of the organisation who may do everything that concerns devices.</summary>
    public static Actor Administrator(this Organisation organisation) => new(
        organisation.Id,
        organisation.Name,
        null,
        new PersonId(Guid.CreateVersion7()),
        "管理 花子",
        new HashSet<Permission>
        {
            Permission.ManageDevices,
            Permission.ManageConnections,
            Permission.AcceptTerms,
            Permission.ApproveCertificates,
            Permission.ApproveConnections,
            Permission.PublishTerms,
        });

    public static DeviceFacts Facts(string name = "受付1") => new(
        name, DevicePurpose.SendAndReceive, true, "受付", "Windows 11 Pro", "25H2", "架空対策", Today, Today, "", "管理 花子", Classification.StrictlyConfidential);

    /// <summary>Registers a device and brings it its first certificate by a CSR.</summary>
    public static async Task<(DeviceId Id, X509Certificate2 Certificate)> Certified(this TestSite site, Actor administrator, string name = "受付1")
    {
        var device = (await site.Register().Register(administrator, Facts(name), Ct)).Value;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var applied = (await site.Office().Apply(administrator, device, Csr(key), Ct)).Value;
        await site.Approve(applied.Id);
        var issued = (await site.Office().Certificate(administrator, applied.Id, Ct)).Value;
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);
        return (device, Usable(certificate, key));
    }

    /// <summary>Another person, of the centre, approves.</summary>
    public static async Task<CertificateApplication> Approve(this TestSite site, Guid application) =>
        (await site.Office().Approve((await site.Centre()).Administrator(), application, Ct)).Value;

    public static byte[] Csr(ECDsa key, string subject = "CN=somebody else, O=not the clinic") =>
        new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequest();

    public static X509Certificate2 Usable(X509Certificate2 certificate, ECDsa key)
    {
        using var both = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }

    public static async Task<(int Exit, string Output)> Openssl(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var error = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>The published list as PEM beside the CA, for openssl.</summary>
    public static async Task<(string Ca, string List)> Published(this TestSite site)
    {
        var ca = Path.Combine(site.DataFolder, "ca.pem");
        var list = Path.Combine(site.DataFolder, $"{Guid.NewGuid():N}.crl");
        await File.WriteAllTextAsync(ca, site.Authority.ExportCertificatePem(), Ct);
        using var anybody = site.Browser();
        var der = await anybody.GetByteArrayAsync(new Uri("/identity/crl", UriKind.Relative), Ct);
        await File.WriteAllTextAsync(list, PemEncoding.WriteString("X509 CRL", der), Ct);
        return (ca, list);
    }
}
