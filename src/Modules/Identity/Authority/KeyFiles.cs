using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Sekisho.Platform;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// Private keys at rest: PKCS#8 encrypted with PBES2 (AES-256), named after the certificate they belong to so that none is ever overwritten. The
/// passphrase comes from a credential file (<c>Ca:PassphraseFile</c>, or <c>ca.pass</c> in the data folder), never from the command line.
/// </summary>
internal sealed class KeyFiles(DataFolder folder, IConfiguration configuration)
{
    private static readonly PbeParameters _encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    /// <summary>Keeps a key; <paramref name="beside"/> (a certificate, PEM) follows it in the file.</summary>
    public void Save(string name, string thumbprint, ECDsa key, string beside = "")
    {
        var pem = key.ExportEncryptedPkcs8PrivateKeyPem(Passphrase(create: true), _encryption) + "\n" + beside;
        WritePrivate(FileOf(name, thumbprint), Encoding.ASCII.GetBytes(pem));
    }

    /// <summary>Every file of keys with this name.</summary>
    public IReadOnlyList<string> All(string name) => Directory.GetFiles(folder.Sub("keys"), name + "-*.p8");

    public bool Has(string name, string thumbprint) => File.Exists(FileOf(name, thumbprint));

    public ECDsa Load(string name, string thumbprint)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromEncryptedPem(File.ReadAllText(FileOf(name, thumbprint)), Passphrase(create: false));
            return key;
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new InvalidOperationException(
                $"鍵 {FileOf(name, thumbprint)} を読めません。データフォルダを丸ごと復元し、パスフレーズ（{PassphraseFile}）を確認してください。", e);
        }
    }

    /// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
    public static void WritePrivate(string path, ReadOnlySpan<byte> bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = path + "." + Guid.NewGuid().ToString("N");
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private string PassphraseFile => configuration["Ca:PassphraseFile"] is { Length: > 0 } file ? file : folder.File("ca.pass");

    private string FileOf(string name, string thumbprint) => Path.Combine(folder.Sub("keys"), $"{name}-{thumbprint[..16]}.p8");

    private string Passphrase(bool create)
    {
        if (create && configuration["Ca:PassphraseFile"] is null or "" && !File.Exists(PassphraseFile))
        {
            WritePrivate(PassphraseFile, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
        }

        var text = File.ReadAllText(PassphraseFile).Trim();
        return text.Length > 0 ? text : throw new InvalidOperationException($"パスフレーズのファイル {PassphraseFile} が空です。");
    }
}
