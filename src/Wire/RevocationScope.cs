using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sekisho.Wire;

/// <summary>
/// For which of an authority's certificates a CRL speaks (RFC 5280 §5.2.5). Authorities with many certificates cut their list into partitions: a certificate
/// names its own (CRL distribution points), and only that one can say that it is not revoked.
/// </summary>
/// <param name="Names">Distribution points, each as the DER of its GeneralName; empty: the list is not bound to one.</param>
/// <param name="OnlyUsers">True when it does not speak of authorities.</param>
/// <param name="Unsupported">What this list is that is not supported (indirectCRL, onlySomeReasons, delta …); such a list covers nothing. Empty otherwise.</param>
public sealed record RevocationScope(IReadOnlyList<ReadOnlyMemory<byte>> Names, bool OnlyUsers, string Unsupported)
{
    private const string DistributionPoint = "2.5.29.28";
    private const string Delta = "2.5.29.27";
    private const string DistributionPoints = "2.5.29.31";
    private const int DirectoryName = 4;
    private const int Uri = 6;

    /// <summary>True when the list speaks for the certificate, which its issuer must be known to have signed.</summary>
    public bool Covers(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Unsupported.Length == 0
            && !(OnlyUsers && certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority))
            && (Names.Count == 0 || PointsOf(certificate).Any(p => Names.Any(n => n.Span.SequenceEqual(p.Span))));
    }

    /// <summary>The names as people read them, for the person who looks after the lists.</summary>
    public string Describe() => string.Join(", ", Names.Select(Text));

    /// <summary>What the extensions of a list say; null when it speaks for everything.</summary>
    internal static RevocationScope? Of(AsnReader extensions)
    {
        RevocationScope? scope = null;
        var unsupported = "";
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var id = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            if (id == DistributionPoint)
            {
                scope = Read(new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER).ReadSequence());
            }
            else if (isCritical || id == Delta)
            {
                unsupported = id == Delta ? "deltaCRL" : id;
            }
        }

        return unsupported.Length > 0 ? new RevocationScope([], false, unsupported) : scope;
    }

    private static RevocationScope Read(AsnReader point)
    {
        var (names, onlyUsers, unsupported) = (new List<ReadOnlyMemory<byte>>(), false, "");
        while (point.HasData)
        {
            switch (point.PeekTag().TagValue)
            {
                case 0:
                    names = NamesOf(point.ReadSequence(Context(0))) ?? [];
                    unsupported = names.Count == 0 ? "nameRelativeToCRLIssuer" : unsupported;
                    break;
                case 1:
                    onlyUsers = point.ReadBoolean(Context(1));
                    break;
                case 2:
                    unsupported = point.ReadBoolean(Context(2)) ? "onlyContainsCACerts" : unsupported;
                    break;
                case 3:
                    point.ReadEncodedValue();
                    unsupported = "onlySomeReasons";
                    break;
                case 4:
                    unsupported = point.ReadBoolean(Context(4)) ? "indirectCRL" : unsupported;
                    break;
                case 5:
                    unsupported = point.ReadBoolean(Context(5)) ? "onlyContainsAttributeCerts" : unsupported;
                    break;
                default:
                    throw new AsnContentException("Unknown field of issuingDistributionPoint");
            }
        }

        return new RevocationScope(names, onlyUsers, unsupported);
    }

    /// <summary>Where the certificate says its issuer lists it. A point for some reasons only, or of another issuer, is none.</summary>
    private static List<ReadOnlyMemory<byte>> PointsOf(X509Certificate2 certificate)
    {
        var points = new List<ReadOnlyMemory<byte>>();
        try
        {
            foreach (var extension in certificate.Extensions.Where(e => e.Oid?.Value == DistributionPoints))
            {
                for (var all = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence(); all.HasData;)
                {
                    var one = all.ReadSequence();
                    var names = one.HasData && one.PeekTag().HasSameClassAndValue(Context(0)) ? NamesOf(one.ReadSequence(Context(0))) : null;
                    points.AddRange(one.HasData ? [] : names ?? []);
                }
            }
        }
        catch (AsnContentException)
        {
            return [];
        }

        return points;
    }

    /// <summary>fullName of a DistributionPointName; null for a name relative to the issuer, which RFC 5280 advises against.</summary>
    private static List<ReadOnlyMemory<byte>>? NamesOf(AsnReader name)
    {
        if (!name.PeekTag().HasSameClassAndValue(Context(0)))
        {
            return null;
        }

        var names = new List<ReadOnlyMemory<byte>>();
        for (var all = name.ReadSequence(Context(0)); all.HasData;)
        {
            names.Add(all.ReadEncodedValue());
        }

        return names;
    }

    private static string Text(ReadOnlyMemory<byte> name)
    {
        var reader = new AsnReader(name, AsnEncodingRules.DER);
        return reader.PeekTag().TagValue switch
        {
            Uri => Encoding.ASCII.GetString(reader.PeekContentBytes().Span),
            DirectoryName => new X500DistinguishedName(reader.PeekContentBytes().Span).Name,
            _ => Convert.ToHexStringLower(name.Span),
        };
    }

    private static Asn1Tag Context(int value) => new(TagClass.ContextSpecific, value);
}
