using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.Wire;

/// <summary>One CRL (RFC 5280 §5) whose signature a known issuer's key has confirmed.</summary>
internal sealed record RevocationList(X509Certificate2 Issuer, DateTimeOffset? NextUpdate, IReadOnlyList<(BigInteger Serial, DateTimeOffset Since)> Revoked)
{
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    /// <summary>The list, or null when none of <paramref name="issuers"/> signed it or it cannot be understood completely.</summary>
    public static RevocationList? Read(byte[] list, IEnumerable<X509Certificate2> issuers)
    {
        try
        {
            var outer = new AsnReader(Der(list), AsnEncodingRules.DER);
            var certificateList = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var signed = certificateList.ReadEncodedValue();
            var algorithm = certificateList.ReadEncodedValue();
            var signature = certificateList.ReadBitString(out var unusedBits);
            certificateList.ThrowIfNotEmpty();
            return unusedBits == 0 ? Contents(signed, issuers, algorithm, i => Verifies(i, algorithm, signed.Span, signature)) : null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Der(byte[] list)
    {
        if (list is [0x30, ..])
        {
            return list;
        }

        var text = Encoding.Latin1.GetString(list);
        return PemEncoding.TryFind(text, out var fields) ? Convert.FromBase64String(text[fields.Base64Data]) : list;
    }

    private static RevocationList? Contents(
        ReadOnlyMemory<byte> signed, IEnumerable<X509Certificate2> issuers, ReadOnlyMemory<byte> algorithm, Func<X509Certificate2, bool> verifies)
    {
        var list = new AsnReader(signed, AsnEncodingRules.DER).ReadSequence();
        if (list.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
        {
            list.ReadInteger();
        }

        if (!list.ReadEncodedValue().Span.SequenceEqual(algorithm.Span))
        {
            return null;
        }

        var name = list.ReadEncodedValue();
        ReadTime(list);
        var nextUpdate = IsTime(list) ? ReadTime(list) : (DateTimeOffset?)null;
        var revoked = list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? Entries(list.ReadSequence()) : [];
        if (list.HasData && HasCritical(list.ReadSequence(Extensions).ReadSequence()))
        {
            return null;
        }

        var issuer = issuers.FirstOrDefault(i => i.SubjectName.RawData.AsSpan().SequenceEqual(name.Span) && verifies(i));
        return issuer is null ? null : new RevocationList(issuer, nextUpdate, revoked);
    }

    private static List<(BigInteger, DateTimeOffset)> Entries(AsnReader entries)
    {
        var revoked = new List<(BigInteger, DateTimeOffset)>();
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            revoked.Add((entry.ReadInteger(), ReadTime(entry)));
        }
        return revoked;
    }

    /// <summary>A critical extension (delta list, indirect list, partial scope) changes what an entry means: such a list is not ours to read.</summary>
    private static bool HasCritical(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean())
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsTime(AsnReader reader) =>
        reader.HasData && (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) || reader.PeekTag().HasSameClassAndValue(Asn1Tag.GeneralizedTime));

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static bool Verifies(X509Certificate2 issuer, ReadOnlyMemory<byte> algorithm, ReadOnlySpan<byte> signed, byte[] signature)
    {
        var (elliptic, hash) = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() switch
        {
            "1.2.840.10045.4.3.2" => (true, HashAlgorithmName.SHA256),
            "1.2.840.10045.4.3.3" => (true, HashAlgorithmName.SHA384),
            "1.2.840.10045.4.3.4" => (true, HashAlgorithmName.SHA512),
            "1.2.840.113549.1.1.11" => (false, HashAlgorithmName.SHA256),
            "1.2.840.113549.1.1.12" => (false, HashAlgorithmName.SHA384),
            "1.2.840.113549.1.1.13" => (false, HashAlgorithmName.SHA512),
            _ => throw new CryptographicException("Unknown signature algorithm"),
        };
        using var ecdsa = elliptic ? issuer.GetECDsaPublicKey() : null;
        using var rsa = elliptic ? null : issuer.GetRSAPublicKey();
        return ecdsa?.VerifyData(signed, signature, hash, DSASignatureFormat.Rfc3279DerSequence)
            ?? rsa?.VerifyData(signed, signature, hash, RSASignaturePadding.Pkcs1)
            ?? false;
    }
}
