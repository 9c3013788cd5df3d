using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// The server's TLS keys. Its own, by this CA, is kept encrypted across restarts and renewed in time; for the people port a site may bring a certificate
/// that browsers know (<c>Tls:People:Certificate</c>), which is read again when its file changes.
/// </summary>
internal sealed partial class ServerKey(CertificateAuthority ca, KeyFiles keys, SiteOptions site, TlsOptions options, TimeProvider time, ILogger<ServerKey> logger)
{
    private const string KeyName = "server";
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);
    private SslStreamCertificateContext? _context;
    private SslStreamCertificateContext? _people;
    private DateTime _peopleFile;

    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException("Identity is not prepared");

    public SslStreamCertificateContext People => Volatile.Read(ref _people) ?? Context;

    /// <summary>The certificate with which the people port answers.</summary>
    public X509Certificate2 PeopleCertificate => People.TargetCertificate;

    public void Renew()
    {
        if (_context is null || Left(_context.TargetCertificate) <= _renewBefore)
        {
            Volatile.Write(ref _context, SslStreamCertificateContext.Create(Kept() ?? Make(), additionalCertificates: null, offline: true));
        }

        ReadPeople();
    }

    private TimeSpan Left(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() - time.GetUtcNow();

    /// <summary>The kept key whose certificate still says what the settings say and lasts longest.</summary>
    private X509Certificate2? Kept()
    {
        X509Certificate2? best = null;
        foreach (var file in keys.All(KeyName))
        {
            using var certificate = Read(file);
            if (certificate is null || Left(certificate) <= TimeSpan.Zero)
            {
                File.Delete(file);
            }
            else if (Left(certificate) > _renewBefore
                && CertificateForms.IsServer(certificate, ca.Root, site.Hosts, site.RevocationListUrl)
                && (best is null || best.NotAfter < certificate.NotAfter))
            {
                using var key = keys.Load(KeyName, CertificateForms.Thumbprint(certificate));
                best = certificate.CopyWithPrivateKey(key);
            }
        }

        return best;
    }

    private static X509Certificate2? Read(string file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(file));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = ca.Server(Issue.PublicKeyOf(key));
        keys.Save(KeyName, CertificateForms.Thumbprint(certificate), key, certificate.ExportCertificatePem() + "\n");
        return certificate.CopyWithPrivateKey(key);
    }

    private void ReadPeople()
    {
        if (options.PeopleCertificate is not { } file || File.GetLastWriteTimeUtc(file) == _peopleFile)
        {
            return;
        }

        try
        {
            _peopleFile = File.GetLastWriteTimeUtc(file);
            Volatile.Write(ref _people, options.ReadPeople());
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException && _people is not null)
        {
            // Half-written, perhaps: the one before is still served, and the next change is read.
            LogUnreadable(e);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"画面の証明書 {file} または鍵を読めません。設定 Tls:People を確認してください。", e);
        }
    }

    [LoggerMessage(2003, LogLevel.Error, "The certificate of the people port cannot be read; the one before is still served")]
    private partial void LogUnreadable(Exception e);
}
