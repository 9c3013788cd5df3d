using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>An authority that issues cards for tests: obviously not the real one.</summary>
internal sealed class CardAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly X509Certificate2 _certificate;
    private readonly CertificateRevocationListBuilder _list = new();
    private byte _next = 1;
    private int _number = 1;

    public CardAuthority(DateTimeOffset now, string name = "CN=試験用利用者証明認証局, O=架空")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(now.AddYears(-6), now.AddYears(10));
    }

    public string Id => Convert.ToHexStringLower(SHA256.HashData(_certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>Puts certificate and list where a site looks for them.</summary>
    public void Publish(string folder, DateTimeOffset now, TimeSpan? lasts = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Id[..8] + ".pem"), _certificate.ExportCertificatePem());
        var list = _list.Build(_certificate, ++_number, now + (lasts ?? TimeSpan.FromDays(2)), HashAlgorithmName.SHA384, thisUpdate: now.AddDays(-3));
        File.WriteAllBytes(Path.Combine(folder, Id[..8] + ".crl"), list);
    }

    public void Revoke(SoftCard card) => _list.AddEntry(card.Certificate);

    /// <summary>A card; elliptic ones are of the next generation.</summary>
    public SoftCard Issue(DateTimeOffset now, TimeSpan? lasts = null, bool elliptic = false, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature)
    {
        AsymmetricAlgorithm key = elliptic ? ECDsa.Create(ECCurve.NamedCurves.nistP384) : RSA.Create(2048);
        var name = new X500DistinguishedName("CN=TEST0001, O=架空");
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        var end = now + (lasts ?? TimeSpan.FromDays(1500));
        var issued = request.Create(_certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), end.AddYears(-5), end, [0x00, 0xA1, _next++]);
        return new SoftCard(issued, key);
    }

    public void Dispose()
    {
        _key.Dispose();
        _certificate.Dispose();
    }
}

/// <summary>A card in memory: knows nothing but how to sign.</summary>
internal sealed class SoftCard(X509Certificate2 certificate, AsymmetricAlgorithm key) : IDisposable
{
    public X509Certificate2 Certificate => certificate;

    public string Serial => certificate.SerialNumber;

    /// <summary>As docs/protocol/cards.md says.</summary>
    public byte[] Sign(CardChallenge challenge)
    {
        var text = Encoding.UTF8.GetBytes(
            $"sekisho-card-v1\n{challenge.Environment}\n{challenge.Purpose}\n{challenge.Id:D}\n{Convert.ToBase64String(challenge.Nonce)}\n{challenge.Institution}");
        return key is RSA rsa
            ? rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).SignData(text, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Fills in what shows the card.</summary>
    public T Show<T>(T asked, CardChallenge? challenge, PersonProof method = PersonProof.Pin)
        where T : CardShown => asked with
        {
            Challenge = challenge?.Id,
            Certificate = certificate.RawData,
            Signature = challenge is null ? [] : Sign(challenge),
            Method = method,
            Statement = method == PersonProof.Face ? "試験用リーダー 1.0: 一致" : "",
        };

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }
}
