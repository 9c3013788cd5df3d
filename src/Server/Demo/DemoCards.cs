using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Platform;

namespace Sekisho.Server.Demo;

/// <summary>
/// An authority that issues cards for the demo world only, its revocation list, and one card in a file (<c>card.pfx</c>, no password) for a reader made of
/// software. The authority's key is not kept: it never issues another.
/// </summary>
internal static class DemoCards
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static void Write(DataFolder data, string folder, DateTimeOffset now)
    {
        var card = Path.Combine(folder, "card.pfx");
        if (File.Exists(card))
        {
            return;
        }

        var authorities = data.Sub("card-authorities");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var authority = Authority(key, now);
        using var holder = RSA.Create(2048);
        using var certificate = Card(holder, authority, key, now).CopyWithPrivateKey(holder);
        var list = new CertificateRevocationListBuilder().Build(authority, 1, now.AddYears(5), HashAlgorithmName.SHA384, thisUpdate: now.AddDays(-1));
        File.WriteAllText(Path.Combine(authorities, "demo.pem"), authority.ExportCertificatePem() + "\n");
        File.WriteAllBytes(Path.Combine(authorities, "demo.crl"), list);

        // Last: with it the rest is there.
        PrivateFile.Write(card, certificate.Export(X509ContentType.Pkcs12));
    }

    private static X509Certificate2 Authority(ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=デモ用利用者証明認証局, O=架空", key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
    }

    private static X509Certificate2 Card(RSA key, X509Certificate2 authority, ECDsa issuer, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=DEMO0001, O=架空", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], false));
        return request.Create(authority.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer), now.AddDays(-1), now.AddYears(5), RandomNumberGenerator.GetBytes(8));
    }
}
