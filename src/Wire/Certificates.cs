using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>
/// Whom a certificate speaks for, read from its URI subject alternative name
/// <c>urn:sekisho:{development|test|production}:{organisation}:{device}</c>.
/// </summary>
/// <param name="Environment">The site's environment.</param>
/// <param name="Organisation">The one organisation.</param>
/// <param name="Device">The one device.</param>
public sealed record CertificateIdentity(SiteEnvironment Environment, Guid Organisation, Guid Device)
{
    /// <summary>The URI form for the certificate.</summary>
    public Uri ToUri() => throw new NotImplementedException();

    /// <summary>Reads the identity; WI-0201 when the certificate is not one of ours.</summary>
    public static Outcome<CertificateIdentity> Of(X509Certificate2 certificate) => throw new NotImplementedException();
}

/// <summary>What a verifier believes without asking anybody: roots, their environment, and optionally revocation lists.</summary>
public sealed class Trust
{
    /// <param name="roots">CA certificates.</param>
    /// <param name="environment">The environment whose messages are accepted; null accepts the one named by the certificates.</param>
    /// <param name="revocationLists">DER or PEM CRLs issued by the roots; an unknown or stale list is ignored with a note, a listed serial is refused.</param>
    public Trust(IEnumerable<X509Certificate2> roots, SiteEnvironment? environment = null, IEnumerable<byte[]>? revocationLists = null) =>
        throw new NotImplementedException();

    /// <summary>Chain, validity at <paramref name="at"/>, key usage, environment and revocation; never goes online. WI-02xx.</summary>
    public Outcome<CertificateIdentity> Check(X509Certificate2 certificate, DateTimeOffset at) => throw new NotImplementedException();
}
