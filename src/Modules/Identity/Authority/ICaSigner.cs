using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Who holds the CA's private key: an encrypted file (<see cref="FileCaSigner"/>) or a PKCS#11 token (<see cref="TokenCaSigner"/>).</summary>
internal interface ICaSigner
{
    /// <summary>The key for a new root: freshly made, or the one waiting in the token.</summary>
    NewCaKey NewKey();

    /// <summary>Signs with the key of this root. Not for two threads at once.</summary>
    X509SignatureGenerator Of(X509Certificate2 root);
}

/// <summary>A key for a root that is about to be made.</summary>
internal sealed class NewCaKey(ECDsa key, PublicKey publicKey, Action<string> keep) : IDisposable
{
    public X509SignatureGenerator Generator { get; } = new EcdsaGenerator(key, publicKey);

    /// <summary>Binds the key to the root's thumbprint.</summary>
    public void Keep(string thumbprint) => keep(thumbprint);

    public void Dispose() => key.Dispose();
}

/// <summary>ECDSA with SHA-256 by a key that may be unable to show even its public half: that comes from elsewhere.</summary>
internal sealed class EcdsaGenerator(ECDsa key, PublicKey publicKey) : X509SignatureGenerator
{
    /// <summary>AlgorithmIdentifier { ecdsa-with-SHA256 }.</summary>
    private static readonly byte[] _algorithm = [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        hashAlgorithm == HashAlgorithmName.SHA256 ? [.. _algorithm] : throw new ArgumentOutOfRangeException(nameof(hashAlgorithm));

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, hashAlgorithm, DSASignatureFormat.Rfc3279DerSequence);

    protected override PublicKey BuildPublicKey() => publicKey;
}
