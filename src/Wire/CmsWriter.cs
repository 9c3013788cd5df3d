using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>Writes the shape that <see cref="CmsProfile"/> reads.</summary>
internal static class CmsWriter
{
    private const byte ImplicitZero = 0xA0;

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);

    /// <summary>The one message of this shape over <paramref name="content"/>, its certificate named by issuer and serial (CAdES-BES).</summary>
    public static byte[] Write(ReadOnlySpan<byte> content, X509Certificate2 signer, ECDsa key)
    {
        var attributes = SignedAttributes(content, signer);
        var signature = key.SignData(attributes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var writer = new AsnWriter(AsnEncodingRules.DER, content.Length + 2048);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CmsProfile.SignedData);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    Algorithm(writer, CmsProfile.Sha256);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(CmsProfile.Data);
                    using (writer.PushSequence(Zero))
                    {
                        writer.WriteOctetString(content);
                    }
                }

                using (writer.PushSetOf(Zero))
                {
                    writer.WriteEncodedValue(signer.RawDataMemory.Span);
                }

                using (writer.PushSetOf())
                {
                    SignerInfo(writer, signer, attributes, signature);
                }
            }
        }

        return writer.Encode();
    }

    private static void SignerInfo(AsnWriter writer, X509Certificate2 signer, byte[] attributes, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(signer.IssuerName.RawData);
                writer.WriteInteger(signer.SerialNumberBytes.Span);
            }

            Algorithm(writer, CmsProfile.Sha256);
            var implicitly = (byte[])attributes.Clone();
            implicitly[0] = ImplicitZero;
            writer.WriteEncodedValue(implicitly);
            Algorithm(writer, CmsProfile.EcdsaWithSha256);
            writer.WriteOctetString(signature);
        }
    }

    private static byte[] SignedAttributes(ReadOnlySpan<byte> content, X509Certificate2 signer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 256);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsProfile.ContentType);
                using (writer.PushSetOf())
                {
                    writer.WriteObjectIdentifier(CmsProfile.Data);
                }
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsProfile.MessageDigest);
                using (writer.PushSetOf())
                {
                    writer.WriteOctetString(SHA256.HashData(content));
                }
            }

            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(CmsProfile.SigningCertificateV2);
                using (writer.PushSetOf())
                using (writer.PushSequence())
                using (writer.PushSequence())
                using (writer.PushSequence())
                {
                    writer.WriteOctetString(SHA256.HashData(signer.RawDataMemory.Span));
                }
            }
        }

        return writer.Encode();
    }

    private static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }
}
