using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
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
    private const int MaxBytes = 256 * 1024;
    private const string EllipticCurveKey = "1.2.840.10045.2.1";

    /// <summary>DER of the object identifier prime256v1: how a P-256 key names its curve.</summary>
    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    /// <summary>Signs <paramref name="content"/>; the certificate must carry its private key.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> content, X509Certificate2 signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        if (!signer.HasPrivateKey || !IsP256(signer))
        {
            throw new ArgumentException("Signing needs a certificate with a P-256 private key", nameof(signer));
        }

        var message = new SignedCms(new ContentInfo(content.ToArray()), detached: false);
        var by = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, signer)
        {
            DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"),
            IncludeOption = X509IncludeOption.EndCertOnly,
        };
        by.SignedAttributes.Add(CmsProfile.NamingAttribute(signer));
        message.ComputeSignature(by, silent: true);
        return message.Encode();
    }

    /// <summary>Verifies signature, chain and identity as of <paramref name="at"/>. Never throws on hostile bytes; refuses with WI-03xx or WI-02xx.</summary>
    public static Outcome<Signed> Verify(ReadOnlySpan<byte> cms, Trust trust, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (cms.Length > MaxBytes)
        {
            return Refusals.CmsTooLarge;
        }

        var bytes = cms.ToArray();
        try
        {
            if (CmsProfile.Read(bytes).Refused(out var refusal, out var profile))
            {
                return refusal;
            }

            return Verify(bytes, profile, trust, at);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return Refusals.CmsMalformed;
        }
    }

    private static Outcome<Signed> Verify(byte[] cms, CmsProfile profile, Trust trust, DateTimeOffset at)
    {
        var signer = X509CertificateLoader.LoadCertificate(profile.Certificate);
        if (!IsP256(signer))
        {
            return Refusals.CmsAlgorithm;
        }

        if (!SignatureHolds(cms))
        {
            return Refusals.Signature;
        }

        return trust.Check(signer, at).Refused(out var refusal, out var identity) ? refusal : new Signed(profile.Content, signer, identity);
    }

    private static bool SignatureHolds(byte[] cms)
    {
        try
        {
            var message = new SignedCms();
            message.Decode(cms);
            message.CheckSignature(verifySignatureOnly: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsP256(X509Certificate2 certificate) =>
        certificate.PublicKey.Oid.Value == EllipticCurveKey && certificate.PublicKey.EncodedParameters is { } curve && curve.RawData.AsSpan().SequenceEqual(P256);
}
