using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The platform CA and its key: the only place that signs certificates and revocation lists.</summary>
internal sealed class CaSigner(KeyFiles keys, SiteOptions site, TimeProvider time) : IDisposable
{
    private const string KeyName = "ca";
    private static readonly TimeSpan _listLifetime = TimeSpan.FromDays(7);
    private readonly Lock _lock = new();
    private X509Certificate2? _root;
    private ECDsa? _key;

    /// <summary>The root certificate, without its key.</summary>
    public X509Certificate2 Root => _root ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>Makes a new root and keeps its key; the caller stores the certificate.</summary>
    public byte[] Create(Guid centre)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = CertificateForms.Root(key, site.CentreName, site.Environment, centre, time.GetUtcNow());
        keys.Save(KeyName, CertificateForms.Thumbprint(root), key);
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
            return CertificateForms.Device(Root, Key(), key, identity, organisation, name, site.RevocationListUrl, time.GetUtcNow());
        }
    }

    public X509Certificate2 Server(PublicKey key)
    {
        lock (_lock)
        {
            return CertificateForms.Server(Root, Key(), key, site.Hosts, site.RevocationListUrl, time.GetUtcNow());
        }
    }

    /// <summary>A revocation list holding every revoked device.</summary>
    public RevocationListRow RevocationList(long number, IEnumerable<DeviceRow> revoked)
    {
        var now = time.GetUtcNow();
        var list = new CertificateRevocationListBuilder();
        foreach (var device in revoked)
        {
            list.AddEntry(Convert.FromHexString(device.Serial), device.RevokedAt);
        }

        lock (_lock)
        {
            var der = list.Build(
                Root.SubjectName,
                X509SignatureGenerator.CreateForECDsa(Key()),
                number,
                now + _listLifetime,
                HashAlgorithmName.SHA256,
                X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, includeKeyIdentifier: true, includeIssuerAndSerial: false),
                now - CertificateForms.Backdating);
            return new RevocationListRow { Number = number, List = der, ThisUpdate = now, NextUpdate = now + _listLifetime };
        }
    }

    public void Dispose()
    {
        _key?.Dispose();
        _root?.Dispose();
    }

    private ECDsa Key() => _key ??= keys.Load(KeyName, CertificateForms.Thumbprint(Root));
}
