using System.Formats.Asn1;
using System.Security.Cryptography;
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

        using var key = signer.GetECDsaPrivateKey() ?? throw new ArgumentException("Signing needs a certificate with a P-256 private key", nameof(signer));
        return CmsWriter.Write(content, signer, key);
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

            var outcome = Verify(profile, trust, at);
            if (outcome.Refused(out _, out _))
            {
                profile.Signer.Dispose();
            }

            return outcome;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return Refusals.CmsMalformed;
        }
    }

    /// <summary>What a message says it is signed over, without verifying anything; WI-03xx.</summary>
    internal static Outcome<byte[]> Content(ReadOnlySpan<byte> cms)
    {
        if (cms.Length > MaxBytes)
        {
            return Refusals.CmsTooLarge;
        }

        try
        {
            if (CmsProfile.Read(cms.ToArray()).Refused(out var refusal, out var profile))
            {
                return refusal;
            }

            profile.Signer.Dispose();
            return profile.Content;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return Refusals.CmsMalformed;
        }
    }

    private static Outcome<Signed> Verify(CmsProfile profile, Trust trust, DateTimeOffset at)
    {
        var signer = profile.Signer;
        if (!IsP256(signer))
        {
            return Refusals.CmsAlgorithm;
        }

        if (!SignatureHolds(profile))
        {
            return Refusals.Signature;
        }

        return trust.Check(signer, at).Refused(out var refusal, out var identity) ? refusal : new Signed(profile.Content, signer, identity);
    }

    private static bool SignatureHolds(CmsProfile profile)
    {
        try
        {
            using var key = profile.Signer.GetECDsaPublicKey();
            return key is not null && key.VerifyData(profile.Attributes, profile.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsP256(X509Certificate2 certificate) =>
        certificate.PublicKey.Oid.Value == EllipticCurveKey && certificate.PublicKey.EncodedParameters is { } curve && curve.RawData.AsSpan().SequenceEqual(P256);
}
