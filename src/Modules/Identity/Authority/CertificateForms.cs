using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The forms of certificate this authority issues: ECDSA P-256 with SHA-256, nothing more than each needs.</summary>
internal static class CertificateForms
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";

    /// <summary>Clocks differ a little.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromMinutes(5);

    /// <summary>The root names the centre that runs the site: only that organisation may acknowledge.</summary>
    public static X509Certificate2 Root(X509SignatureGenerator key, string siteName, SiteEnvironment environment, Guid centre, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName($"Sekisho CA ({NameOf(environment)})");
        subject.AddOrganizationalUnitName(environment.ToString().ToLowerInvariant());
        subject.AddOrganizationName(Shortened(siteName));
        var name = subject.Build();
        var request = new CertificateRequest(name, key.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new CertificateIdentity(environment, centre, Guid.Empty).ToUri());
        request.CertificateExtensions.Add(names.Build());
        return request.Create(name, key, now - TimeSpan.FromHours(1), now.AddYears(10), NewSerial());
    }

    /// <summary>A device: proves itself on the line and signs what it sends.</summary>
    public static X509Certificate2 Device(
        X509Certificate2 root, X509SignatureGenerator rootKey, PublicKey key, CertificateIdentity identity, string organisation, string name, Uri revocationList, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(Shortened(name));
        subject.AddOrganizationName(Shortened(organisation));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(identity.ToUri());
        return Issue(root, rootKey, subject, key, names, [ClientAuthentication, EmailProtection], revocationList, now, now.AddYears(2));
    }

    /// <summary>The server's own certificate.</summary>
    public static X509Certificate2 Server(
        X509Certificate2 root, X509SignatureGenerator rootKey, PublicKey key, IReadOnlyCollection<string> hosts, Uri revocationList, DateTimeOffset now)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName("Sekisho server");
        return Issue(root, rootKey, subject, key, ServerNames(hosts), [ServerAuthentication], revocationList, now, now.AddDays(180));
    }

    /// <summary>True for a server certificate of this root that names these hosts and this list.</summary>
    public static bool IsServer(X509Certificate2 certificate, X509Certificate2 root, IReadOnlyCollection<string> hosts, Uri revocationList) =>
        certificate.IssuerName.RawData.AsSpan().SequenceEqual(root.SubjectName.RawData)
        && Holds(certificate, X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false))
        && Holds(certificate, ServerNames(hosts).Build())
        && Holds(certificate, CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList.AbsoluteUri]));

    private static bool Holds(X509Certificate2 certificate, X509Extension extension) =>
        certificate.Extensions.Any(e => e.Oid?.Value == extension.Oid?.Value && e.RawData.AsSpan().SequenceEqual(extension.RawData));

    private static SubjectAlternativeNameBuilder ServerNames(IReadOnlyCollection<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names;
    }

    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    public static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>The same form that <c>openssl x509 -serial</c> prints, in lower case.</summary>
    public static string Serial(X509Certificate2 certificate) => certificate.SerialNumber.ToLowerInvariant();

    private static X509Certificate2 Issue(
        X509Certificate2 root,
        X509SignatureGenerator rootKey,
        X500DistinguishedNameBuilder subject,
        PublicKey key,
        SubjectAlternativeNameBuilder names,
        string[] usages,
        Uri revocationList,
        DateTimeOffset now,
        DateTimeOffset notAfter)
    {
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        extensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        extensions.Add(new X509EnhancedKeyUsageExtension([.. usages.Select(u => new Oid(u))], critical: false));
        extensions.Add(names.Build());
        extensions.Add(new X509SubjectKeyIdentifierExtension(key, X509SubjectKeyIdentifierHashAlgorithm.ShortSha256, critical: false));
        extensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        extensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([revocationList.AbsoluteUri]));
        var ends = notAfter < root.NotAfter ? notAfter : root.NotAfter;
        return request.Create(root.SubjectName, rootKey, now - Backdating, ends, NewSerial());
    }

    /// <summary>128 random bits, positive.</summary>
    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    /// <summary>X.520 allows 64 characters in these names.</summary>
    private static string Shortened(string name) => name.Length <= 64 ? name : name[..64];

    private static string NameOf(SiteEnvironment environment) => environment switch
    {
        SiteEnvironment.Production => "本番",
        SiteEnvironment.Test => "試験",
        SiteEnvironment.Development => "開発",
        _ => throw new ArgumentOutOfRangeException(nameof(environment)),
    };
}
