using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The server's TLS key: made at each start, kept in memory only, renewed while running.</summary>
internal sealed class ServerKey(CaSigner ca, TimeProvider time)
{
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);
    private SslStreamCertificateContext? _context;

    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException("Identity is not prepared");

    public void Renew()
    {
        if (_context is { } current && current.TargetCertificate.NotAfter.ToUniversalTime() - time.GetUtcNow() > _renewBefore)
        {
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = ca.Server(Issue.PublicKeyOf(key));
        Volatile.Write(ref _context, SslStreamCertificateContext.Create(certificate.CopyWithPrivateKey(key), additionalCertificates: null, offline: true));
    }
}
