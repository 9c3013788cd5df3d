using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>
/// The one shape of SignedData (RFC 5652) that is accepted: DER, one digest algorithm, content inside, exactly the signer's certificate, one signer with
/// signed attributes, nothing unsigned. A library would tolerate more; every byte outside this profile could change without breaking the signature.
/// </summary>
internal sealed record CmsProfile(byte[] Content, byte[] Certificate)
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string SubjectKeyIdentifier = "2.5.29.14";

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag KeyIdentifier = new(TagClass.ContextSpecific, 0);

    /// <summary>The message's parts, or null when it is not of this shape. Throws <see cref="AsnContentException"/> on bytes that are not DER.</summary>
    public static Outcome<CmsProfile> Read(ReadOnlyMemory<byte> cms)
    {
        var outer = new AsnReader(cms, AsnEncodingRules.DER);
        var contentInfo = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (contentInfo.ReadObjectIdentifier() != SignedData)
        {
            return Refusals.CmsMalformed;
        }

        var explicitContent = contentInfo.ReadSequence(Zero);
        contentInfo.ThrowIfNotEmpty();
        var signedData = explicitContent.ReadSequence();
        explicitContent.ThrowIfNotEmpty();

        var version = signedData.ReadInteger();
        var digests = signedData.ReadSetOf();
        var digest = Algorithm(digests.ReadSequence());
        digests.ThrowIfNotEmpty();
        var content = Attached(signedData.ReadSequence());
        var certificates = signedData.ReadSetOf(Zero);
        var certificate = certificates.ReadEncodedValue().ToArray();
        certificates.ThrowIfNotEmpty();
        var signers = signedData.ReadSetOf();
        signedData.ThrowIfNotEmpty();
        var signer = signers.ReadSequence();
        signers.ThrowIfNotEmpty();

        if (content is null)
        {
            return Refusals.CmsMalformed;
        }

        if (digest != Sha256)
        {
            return Refusals.CmsAlgorithm;
        }

        return Signer(signer, certificate, signedDataVersion: version == 1 ? 1 : version == 3 ? 3 : 0) is { } refusal
            ? refusal
            : new CmsProfile(content, certificate);
    }

    private static byte[]? Attached(AsnReader encapsulated)
    {
        if (encapsulated.ReadObjectIdentifier() != Data || !encapsulated.HasData)
        {
            return null;
        }

        var wrapped = encapsulated.ReadSequence(Zero);
        encapsulated.ThrowIfNotEmpty();
        var content = wrapped.ReadOctetString();
        wrapped.ThrowIfNotEmpty();
        return content;
    }

    /// <summary>The versions follow from how the signer is named (RFC 5652 §5.1, §5.3): 1 by issuer and serial, 3 by key identifier.</summary>
    private static Refusal? Signer(AsnReader signer, byte[] certificate, int signedDataVersion)
    {
        using var named = X509CertificateLoader.LoadCertificate(certificate);
        var version = signer.ReadInteger();
        var byKey = signer.PeekTag().HasSameClassAndValue(KeyIdentifier);
        var expected = byKey ? 3 : 1;
        if (version != expected || signedDataVersion != expected || !(byKey ? IsKeyOf(signer, named) : IsIssuedAs(signer, named)))
        {
            return Refusals.CmsMalformed;
        }

        if (Algorithm(signer.ReadSequence()) != Sha256)
        {
            return Refusals.CmsAlgorithm;
        }

        if (!signer.PeekTag().HasSameClassAndValue(Zero))
        {
            return Refusals.CmsMalformed;
        }

        var attributes = signer.ReadSetOf(Zero);
        if (Algorithm(signer.ReadSequence()) != EcdsaWithSha256)
        {
            return Refusals.CmsAlgorithm;
        }

        signer.ReadOctetString();
        signer.ThrowIfNotEmpty();
        return NamesOther(attributes, certificate) ? Refusals.Signature : null;
    }

    private static bool IsIssuedAs(AsnReader signer, X509Certificate2 certificate)
    {
        var issuerAndSerial = signer.ReadSequence();
        var issuer = issuerAndSerial.ReadEncodedValue();
        var serial = issuerAndSerial.ReadIntegerBytes();
        issuerAndSerial.ThrowIfNotEmpty();
        return issuer.Span.SequenceEqual(certificate.IssuerName.RawData) && serial.Span.SequenceEqual(certificate.SerialNumberBytes.Span);
    }

    private static bool IsKeyOf(AsnReader signer, X509Certificate2 certificate)
    {
        var identifier = signer.ReadOctetString(KeyIdentifier);
        return certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault(e => e.Oid?.Value == SubjectKeyIdentifier) is { } extension
            && extension.SubjectKeyIdentifierBytes.Span.SequenceEqual(identifier);
    }

    /// <summary>Parameters are absent or NULL; anything else would be bytes nobody looks at.</summary>
    private static string Algorithm(AsnReader algorithm)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        algorithm.ThrowIfNotEmpty();
        return oid;
    }

    /// <summary>RFC 5035: when the signer said which certificate it used, it must be the one in the message (a key may have several).</summary>
    private static bool NamesOther(AsnReader attributes, byte[] certificate)
    {
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            if (attribute.ReadObjectIdentifier() != SigningCertificateV2)
            {
                continue;
            }

            var first = attribute.ReadSetOf().ReadSequence().ReadSequence().ReadSequence();
            if (first.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) && Algorithm(first.ReadSequence()) != Sha256)
            {
                return true;
            }

            return !first.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(certificate));
        }
        return false;
    }

    /// <summary>The attribute that <see cref="NamesOther"/> reads; also what makes the signature CAdES-BES.</summary>
    public static AsnEncodedData NamingAttribute(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return new AsnEncodedData(new Oid(SigningCertificateV2), writer.Encode());
    }
}
