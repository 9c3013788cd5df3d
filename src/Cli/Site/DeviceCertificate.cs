using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Cli.Site;

/// <summary>The device's certificate with its key, whom it speaks for, and the authority it names.</summary>
internal sealed record DeviceCertificate(X509Certificate2 Certificate, CertificateIdentity Identity, X509Certificate2 Authority)
{
    /// <summary>Reads a PFX. The password never stands on the command line: environment variable, file, or a question.</summary>
    public static Outcome<DeviceCertificate> Load(string pfx, string? passwordFile, string? authorityFile, Func<string, string?> ask)
    {
        if (!File.Exists(pfx))
        {
            return Refusals.CertificateUnreadable with { Text = $"証明書ファイル {pfx} がありません。" };
        }

        if (Open(pfx, passwordFile, ask) is not { } certificates)
        {
            return Refusals.CertificateUnreadable;
        }

        if (certificates.FirstOrDefault(c => c.HasPrivateKey) is not { } own)
        {
            return Refusals.CertificateWithoutKey;
        }

        if (CertificateIdentity.Of(own).Refused(out var refusal, out var identity))
        {
            return refusal;
        }

        var authority = authorityFile is not null
            ? ReadAuthority(authorityFile)
            : certificates.FirstOrDefault(c => !c.HasPrivateKey && c.SubjectName.RawData.AsSpan().SequenceEqual(own.IssuerName.RawData));
        return authority is null ? Refusals.AuthorityMissing : new DeviceCertificate(own, identity, authority);
    }

    /// <summary>The first certificate of a PEM or DER file; null when there is none.</summary>
    public static X509Certificate2? ReadAuthority(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static X509Certificate2Collection? Open(string pfx, string? passwordFile, Func<string, string?> ask)
    {
        var stated = passwordFile is not null
            ? File.Exists(passwordFile) ? File.ReadAllText(passwordFile).TrimEnd('\r', '\n') : ""
            : Environment.GetEnvironmentVariable("SEKISHO_CERT_PASSWORD");
        if (TryOpen(pfx, stated) is { } opened)
        {
            return opened;
        }

        return stated is null && ask($"{Path.GetFileName(pfx)} のパスワード:") is { } answer ? TryOpen(pfx, answer) : null;
    }

    private static X509Certificate2Collection? TryOpen(string pfx, string? password)
    {
        try
        {
            var keys = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;
            return X509CertificateLoader.LoadPkcs12CollectionFromFile(pfx, password, keys);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
