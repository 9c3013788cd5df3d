using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Wire;

/// <summary>
/// Whom a certificate speaks for, read from its URI subject alternative name
/// <c>urn:sekisho:{development|test|production}:{organisation}:{device}</c>.
/// </summary>
/// <param name="Environment">The site's environment.</param>
/// <param name="Organisation">The one organisation.</param>
/// <param name="Device">The one device; all zeros in a CA certificate, which names the centre that runs the site.</param>
public sealed record CertificateIdentity(SiteEnvironment Environment, Guid Organisation, Guid Device)
{
    private const string Prefix = "urn:sekisho:";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>GeneralName ::= CHOICE { …, uniformResourceIdentifier [6] IA5String, … }.</summary>
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);

    /// <summary>The URI form for the certificate.</summary>
    public Uri ToUri() => new($"{Prefix}{Tokens.Of(Environment)}:{Organisation:D}:{Device:D}");

    /// <summary>Reads the identity; WI-0201 when the certificate is not one of ours.</summary>
    public static Outcome<CertificateIdentity> Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        try
        {
            var uris = certificate.Extensions.Where(e => e.Oid?.Value == SubjectAlternativeName).SelectMany(e => Uris(e.RawData));
            return uris.Where(u => u.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? Parse(only) : Refusals.NotOurs;
        }
        catch (AsnContentException)
        {
            return Refusals.NotOurs;
        }
    }

    private static List<string> Uris(byte[] extension)
    {
        var uris = new List<string>();
        var reader = new AsnReader(extension, AsnEncodingRules.DER);
        var names = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        while (names.HasData)
        {
            if (names.PeekTag().HasSameClassAndValue(UniformResourceIdentifier))
            {
                uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return uris;
    }

    private static Outcome<CertificateIdentity> Parse(string uri)
    {
        if (uri.Split(':') is not ["urn", "sekisho", var environment, var organisation, var device]
            || Tokens.Environment(environment) is not { } known
            || !Guid.TryParseExact(organisation, "D", out var organisationId)
            || !Guid.TryParseExact(device, "D", out var deviceId))
        {
            return Refusals.NotOurs;
        }

        var identity = new CertificateIdentity(known, organisationId, deviceId);
        return identity.ToUri().OriginalString == uri ? identity : Refusals.NotOurs;
    }
}

/// <summary>What a certificate is used for.</summary>
public enum CertificatePurpose
{
    /// <summary>Signing messages: extended key usage emailProtection, which <c>openssl cms -verify</c> also demands.</summary>
    Signature,

    /// <summary>Opening a connection as a device: extended key usage clientAuth.</summary>
    Device,
}
