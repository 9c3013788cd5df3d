using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>A verified CMS message.</summary>
/// <param name="Content">What was signed.</param>
/// <param name="Signer">The certificate that signed.</param>
/// <param name="Identity">Whom it speaks for.</param>
public sealed record Signed(byte[] Content, X509Certificate2 Signer, CertificateIdentity Identity);

/// <summary>
/// CMS SignedData (RFC 5652) with the content inside, one signer, ECDSA P-256 with SHA-256, signer certificate included.
/// <c>openssl cms -verify -inform DER -CAfile ca.pem</c> accepts what <see cref="Sign"/> makes.
/// </summary>
public static class Cms
{
    /// <summary>Signs <paramref name="content"/>; the certificate must carry its private key.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> content, X509Certificate2 signer) => throw new NotImplementedException();

    /// <summary>Verifies signature, chain and identity as of <paramref name="at"/>. Never throws on hostile bytes; refuses with WI-03xx or WI-02xx.</summary>
    public static Outcome<Signed> Verify(ReadOnlySpan<byte> cms, Trust trust, DateTimeOffset at) => throw new NotImplementedException();
}
