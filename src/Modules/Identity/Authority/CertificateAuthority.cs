using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>An entry of the revocation list: for ever, or on hold while a device is carried out.</summary>
internal sealed record ListedCertificate(string Serial, DateTimeOffset At, X509RevocationReason? Reason)
{
    /// <summary>RFC 5280 wants no entry extension for "unspecified".</summary>
    public static X509RevocationReason? Code(RevocationReason reason) => reason switch
    {
        RevocationReason.KeyCompromise => X509RevocationReason.KeyCompromise,
        RevocationReason.AffiliationChanged => X509RevocationReason.AffiliationChanged,
        RevocationReason.Superseded => X509RevocationReason.Superseded,
        RevocationReason.CessationOfOperation => X509RevocationReason.CessationOfOperation,
        _ => null,
    };
}

/// <summary>The platform CA: the only place that signs certificates and revocation lists, with whatever holds its key.</summary>
internal sealed class CertificateAuthority(ICaSigner signer, SiteOptions site, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _listLifetime = TimeSpan.FromDays(7);
    private readonly Lock _lock = new();
    private X509Certificate2? _root;

    /// <summary>The root certificate, without its key.</summary>
    public X509Certificate2 Root => _root ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>Makes a new root, with its key where the site keeps it; the caller stores the certificate.</summary>
    public byte[] Create(Guid centre)
    {
        using var key = signer.NewKey();
        using var root = CertificateForms.Root(key.Generator, site.CentreName, site.Environment, centre, time.GetUtcNow());
        key.Keep(CertificateForms.Thumbprint(root));
        return root.RawData;
    }

    /// <summary>Takes the stored root into use; refuses one of another environment.</summary>
    public void Use(byte[] certificate)
    {
        var root = X509CertificateLoader.LoadCertificate(certificate);
        if (CertificateIdentity.Of(root).Value.Environment != site.Environment)
        {
            throw new InvalidOperationException(
                $"このデータのCA「{root.Subject}」は設定 Environment={site.Environment} と異なる環境のものです。環境ごとに別のデータフォルダとデータベースを使ってください。");
        }

        _root = root;
    }

    public X509Certificate2 Device(PublicKey key, CertificateIdentity identity, string organisation, string name)
    {
        lock (_lock)
        {
            return CertificateForms.Device(Root, signer.Of(Root), key, identity, organisation, name, site.RevocationListUrl, time.GetUtcNow());
        }
    }

    public X509Certificate2 Server(PublicKey key)
    {
        lock (_lock)
        {
            return CertificateForms.Server(Root, signer.Of(Root), key, site.Hosts, site.RevocationListUrl, time.GetUtcNow());
        }
    }

    /// <summary>A revocation list holding every certificate that must not be used.</summary>
    public RevocationListRow RevocationList(long number, IEnumerable<ListedCertificate> listed)
    {
        var now = time.GetUtcNow();
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in listed)
        {
            list.AddEntry(Convert.FromHexString(certificate.Serial), certificate.At, certificate.Reason);
        }

        lock (_lock)
        {
            var der = list.Build(
                Root.SubjectName,
                signer.Of(Root),
                number,
                now + _listLifetime,
                HashAlgorithmName.SHA256,
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, includeKeyIdentifier: true, includeIssuerAndSerial: false),
                now - CertificateForms.Backdating);
            return new RevocationListRow { Number = number, List = der, ThisUpdate = now, NextUpdate = now + _listLifetime };
        }
    }

    public void Dispose() => _root?.Dispose();
}
