using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.Wire;

/// <summary>One CRL (RFC 5280 §5) whose signature a known issuer's key has confirmed.</summary>
/// <param name="Issuer">Whose.</param>
/// <param name="NextUpdate">Until when it is current; null when it does not say.</param>
/// <param name="Revoked">Serial numbers, and since when.</param>
/// <param name="Scope">For which of the issuer's certificates it speaks; null: for all of them.</param>
public sealed record RevocationList(
    X509Certificate2 Issuer, DateTimeOffset? NextUpdate, IReadOnlyList<(BigInteger Serial, DateTimeOffset Since)> Revoked, RevocationScope? Scope)
{
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    /// <summary>
    /// The list, or null when none of <paramref name="issuers"/> signed it or it cannot be read. One that speaks for a part of the issuer's certificates only
    /// (RFC 5280 §5.2.5) says so in <see cref="Scope"/>: who is not listed there is not revoked only if <see cref="Covers"/> the certificate.
    /// </summary>
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

    /// <summary>True when a certificate of this issuer that is not listed here is not revoked, as of this list.</summary>
    public bool Covers(X509Certificate2 certificate) => Scope is null || Scope.Covers(certificate);

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
        var (revoked, isPlain) = list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence) ? Entries(list.ReadSequence()) : ([], true);
        var scope = list.HasData ? RevocationScope.Of(list.ReadSequence(Extensions).ReadSequence()) : null;
        var issuer = issuers.FirstOrDefault(i => i.SubjectName.RawData.AsSpan().SequenceEqual(name.Span) && verifies(i));
        return issuer is null ? null
            : new RevocationList(issuer, nextUpdate, revoked, isPlain || scope?.Unsupported.Length > 0 ? scope : new RevocationScope([], false, "critical entry extension"));
    }

    /// <summary>Serial numbers and times; false when an entry says something critical about itself (whose certificate it is, above all).</summary>
    private static (List<(BigInteger, DateTimeOffset)> Revoked, bool IsPlain) Entries(AsnReader entries)
    {
        var (revoked, isPlain) = (new List<(BigInteger, DateTimeOffset)>(), true);
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            revoked.Add((entry.ReadInteger(), ReadTime(entry)));
            isPlain = isPlain && !(entry.HasData && HasCritical(entry.ReadSequence()));
        }
        return (revoked, isPlain);
    }

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
