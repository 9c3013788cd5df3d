using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>A small certificate authority for tests; the real one is Identity's.</summary>
internal sealed class TestCa : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 4, 8, 0, 55, 0, TimeSpan.Zero);
    public static readonly Guid Centre = new("01900000-0000-7000-8000-00000000c0de");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly CertificateRequest _request;

    public TestCa(string name = "Sekisho Test CA", CertificateIdentity? names = null)
    {
        _request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        _request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        _request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(_request.PublicKey, false));
        if (names is not null)
        {
            _request.CertificateExtensions.Add(Names(names.ToUri()));
        }

        Root = _request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(9));
    }

    public X509Certificate2 Root { get; }

    public Trust Trust(SiteEnvironment? environment = null, params byte[][] lists) => new([Root], environment, lists);

    public static CertificateIdentity Someone(SiteEnvironment environment = SiteEnvironment.Development) =>
        new(environment, new Guid("01900000-0000-7000-8000-000000000001"), new Guid("01900000-0000-7000-8000-0000000000d1"));

    public static CertificateIdentity TheCentre => new(SiteEnvironment.Development, Centre, new Guid("01900000-0000-7000-8000-0000000000d0"));

    public X509Certificate2 Issue(CertificateIdentity? identity = null, Action<Order>? change = null)
    {
        var order = new Order();
        order.Uris.Add((identity ?? Someone()).ToUri());
        change?.Invoke(order);
        using var key = ECDsa.Create(order.Curve);
        var request = new CertificateRequest("CN=device,O=架空医院", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(order.IsAuthority, false, 0, true));
        if (order.KeyUsages is { } usages)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usages, true));
        }

        if (order.Purposes.Count > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. order.Purposes.Select(p => new Oid(p))], false));
        }

        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Root, true, false));
        if (order.Uris.Count > 0)
        {
            request.CertificateExtensions.Add(Names([.. order.Uris]));
        }

        using var certificate = request.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), order.From, order.Until, order.Serial);
        return certificate.CopyWithPrivateKey(key);
    }

    public byte[] RevocationList(DateTimeOffset nextUpdate, params (X509Certificate2 Certificate, DateTimeOffset Since)[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var (certificate, since) in revoked)
        {
            builder.AddEntry(certificate, since, X509RevocationReason.KeyCompromise);
        }

        using var signing = Root.HasPrivateKey ? null : Root.CopyWithPrivateKey(_key);
        return builder.Build(signing ?? Root, 7, nextUpdate, HashAlgorithmName.SHA256, thisUpdate: Now.AddDays(-30));
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }

    private static X509Extension Names(params Uri[] uris)
    {
        var builder = new SubjectAlternativeNameBuilder();
        builder.AddDnsName("device.example");
        foreach (var uri in uris)
        {
            builder.AddUri(uri);
        }

        return builder.Build();
    }

    /// <summary>What a certificate shall look like; tests spoil one thing at a time.</summary>
    public sealed class Order
    {
        public List<Uri> Uris { get; } = [];

        public List<string> Purposes { get; } = ["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"];

        public X509KeyUsageFlags? KeyUsages { get; set; } = X509KeyUsageFlags.DigitalSignature;

        public ECCurve Curve { get; set; } = ECCurve.NamedCurves.nistP256;

        public bool IsAuthority { get; set; }

        public DateTimeOffset From { get; set; } = Now.AddDays(-60);

        public DateTimeOffset Until { get; set; } = Now.AddDays(300);

        public byte[] Serial { get; } = RandomNumberGenerator.GetBytes(16);
    }
}
