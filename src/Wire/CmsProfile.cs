using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>
/// The one shape of SignedData (RFC 5652) that is accepted: DER, one digest algorithm, content inside, exactly the signer's certificate, one signer with
/// signed attributes, nothing unsigned. A library would tolerate more; every byte outside this profile could change without breaking the signature.
/// </summary>
/// <param name="Content">What was signed.</param>
/// <param name="Signer">The certificate in the message; the caller's to dispose of.</param>
/// <param name="Attributes">The signed attributes as they were signed: DER of a SET OF.</param>
/// <param name="Signature">ECDSA signature over <paramref name="Attributes"/>, DER.</param>
internal sealed record CmsProfile(byte[] Content, X509Certificate2 Signer, byte[] Attributes, byte[] Signature)
{
    internal const string SignedData = "1.2.840.113549.1.7.2";
    internal const string Data = "1.2.840.113549.1.7.1";
    internal const string Sha256 = "2.16.840.1.101.3.4.2.1";
    internal const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    internal const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    internal const string ContentType = "1.2.840.113549.1.9.3";
    internal const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const byte SetOfTag = 0x31;

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

        var named = X509CertificateLoader.LoadCertificate(certificate);
        var read = Signed(signer, named, certificate, content, signedDataVersion: version == 1 ? 1 : version == 3 ? 3 : 0);
        if (read.Refused(out _, out _))
        {
            named.Dispose();
        }

        return read;
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
    private static Outcome<CmsProfile> Signed(AsnReader signer, X509Certificate2 named, byte[] certificate, byte[] content, int signedDataVersion)
    {
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

        var signed = signer.PeekEncodedValue().ToArray();
        var attributes = signer.ReadSetOf(Zero);
        if (Algorithm(signer.ReadSequence()) != EcdsaWithSha256)
        {
            return Refusals.CmsAlgorithm;
        }

        var signature = signer.ReadOctetString();
        signer.ThrowIfNotEmpty();
        // What was signed is the attributes under their own tag, not under the implicit one of the message (RFC 5652 §5.4).
        signed[0] = SetOfTag;
        return Fault(attributes, certificate, content) is { } refusal ? refusal : new CmsProfile(content, named, signed, signature);
    }

    /// <summary>Content type and message digest stand exactly once, with one value, and are those of the content (RFC 5652 §5.6, §11); the rest may be anything.</summary>
    private static Refusal? Fault(AsnReader attributes, byte[] certificate, byte[] content)
    {
        var (types, digests, othersNamed) = (0, 0, false);
        var refusal = default(Refusal);
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var kind = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf();
            attribute.ThrowIfNotEmpty();
            switch (kind)
            {
                case ContentType:
                    types++;
                    refusal ??= values.ReadObjectIdentifier() != Data || values.HasData ? Refusals.CmsMalformed : null;
                    break;
                case MessageDigest:
                    digests++;
                    refusal ??= !values.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(content)) || values.HasData ? Refusals.Signature : null;
                    break;
                case SigningCertificateV2:
                    othersNamed |= NamesOther(values, certificate);
                    break;
                default:
                    break;
            }
        }

        return types != 1 || digests != 1 ? Refusals.CmsMalformed : refusal ?? (othersNamed ? Refusals.Signature : null);
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
    private static bool NamesOther(AsnReader values, byte[] certificate)
    {
        var first = values.ReadSequence().ReadSequence().ReadSequence();
        if (first.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) && Algorithm(first.ReadSequence()) != Sha256)
        {
            return true;
        }

        return !first.ReadOctetString().AsSpan().SequenceEqual(SHA256.HashData(certificate));
    }
}
