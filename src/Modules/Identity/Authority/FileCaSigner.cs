using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The CA's key in an encrypted file of the data folder.</summary>
internal sealed class FileCaSigner(KeyFiles keys) : ICaSigner, IDisposable
{
    private const string KeyName = "ca";
    private ECDsa? _key;

    public NewCaKey NewKey()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new NewCaKey(key, Issue.PublicKeyOf(key), thumbprint => keys.Save(KeyName, thumbprint, key));
    }

    public X509SignatureGenerator Of(X509Certificate2 root) =>
        new EcdsaGenerator(_key ??= keys.Load(KeyName, CertificateForms.Thumbprint(root)), root.PublicKey);

    public void Dispose() => _key?.Dispose();
}
