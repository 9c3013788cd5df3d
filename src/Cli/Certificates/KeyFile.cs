using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Cli.Certificates;

/// <summary>A key with the request for its certificate.</summary>
internal sealed record MadeRequest(ECDsa Key, byte[] Csr, string Digest) : IDisposable
{
    public void Dispose() => Key.Dispose();
}

/// <summary>Key and certificate together in a file.</summary>
internal sealed record JoinedCertificate(string File, Guid Device, string Serial, DateTimeOffset NotAfter);

/// <summary>
/// The files of one certificate: <c>OUT.key</c> (PKCS#8, owner only, encrypted with the passphrase), <c>OUT.csr</c>, and at last <c>OUT</c> (PKCS#12). A key
/// that is there already is used again, so that the command can be repeated after a cut line; once the PKCS#12 stands, key and request are removed.
/// </summary>
internal sealed class KeyFile(string pfx, string? passphraseFile)
{
    private static readonly PbeParameters _encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    public string Key => pfx + ".key";

    public string Csr => pfx + ".csr";

    /// <summary>The number of an application that was made, while it waits.</summary>
    public string Application => pfx + ".application";

    public Outcome<MadeRequest> Prepare(string name)
    {
        if (File.Exists(pfx))
        {
            return Refusals.OutputThere with { Text = $"{pfx} は、すでにあります。" };
        }

        if (passphraseFile is not null && !File.Exists(passphraseFile))
        {
            return Refusals.FileMissing with { Text = $"パスフレーズのファイル {passphraseFile} を読めません。" };
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        try
        {
            if (File.Exists(Key))
            {
                Load(key);
            }
            else
            {
                Write(Key, Passphrase() is { } secret ? key.ExportEncryptedPkcs8PrivateKeyPem(secret, _encryption) : key.ExportPkcs8PrivateKeyPem());
            }

            var subject = new X500DistinguishedNameBuilder();
            subject.AddCommonName(name.Length <= 64 ? name : name[..64]);
            var csr = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
            Write(Csr, PemEncoding.WriteString("CERTIFICATE REQUEST", csr));
            return new MadeRequest(key, csr, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            key.Dispose();
            return Refusals.KeyUnusable with { Text = $"鍵 {Key} を作れないか、開けません。" };
        }
    }

    public Outcome<JoinedCertificate> Join(MadeRequest request, string pemFile) => File.Exists(pemFile)
        ? JoinText(request, File.ReadAllText(pemFile))
        : Refusals.FileMissing with { Text = $"証明書 {pemFile} を読めません。" };

    /// <summary>Puts certificate, authority and key into one file that only its owner can read.</summary>
    public Outcome<JoinedCertificate> JoinText(MadeRequest request, string pem)
    {
        try
        {
            var issued = new X509Certificate2Collection();
            issued.ImportFromPem(pem);
            var own = issued.FirstOrDefault(c => c.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(request.Key.ExportSubjectPublicKeyInfo()));
            if (own is null || CertificateIdentity.Of(own).Refused(out _, out var identity))
            {
                return Refusals.OtherKey;
            }

            using var both = own.CopyWithPrivateKey(request.Key);
            var bundle = new X509Certificate2Collection { both };
            bundle.AddRange(new X509Certificate2Collection(issued.Where(c => c != own).ToArray()));
            var bytes = bundle.Export(X509ContentType.Pkcs12, Passphrase()) ?? throw new CryptographicException();
            using (var stream = Files.Create(pfx, FileMode.CreateNew))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            foreach (var file in new[] { Key, Csr, Application })
            {
                File.Delete(file);
            }

            return new JoinedCertificate(pfx, identity.Device, own.SerialNumber.ToLowerInvariant(), own.NotAfter.ToUniversalTime());
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return Refusals.CertificateUnreadable with { Text = "証明書を読めないか、PFX を書けません。", Remedy = "ダウンロードした PEM と、--out のフォルダーを確認してください。" };
        }
    }

    private string? Passphrase() => passphraseFile is null ? null : File.ReadAllText(passphraseFile).TrimEnd('\r', '\n');

    private void Load(ECDsa key)
    {
        var pem = File.ReadAllText(Key);
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            key.ImportFromEncryptedPem(pem, Passphrase() ?? "");
        }
        else
        {
            key.ImportFromPem(pem);
        }
    }

    private static void Write(string path, string text)
    {
        using var stream = Files.Create(path, FileMode.Create);
        stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
        stream.Flush(flushToDisk: true);
    }
}
