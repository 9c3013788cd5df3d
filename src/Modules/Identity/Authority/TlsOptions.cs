using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// TLS as the site allows it. 1.3; with <c>Tls:Allow12</c> also 1.2, and then only forward secrecy with AEAD (高セキュリティ型).
/// <c>Tls:People:Certificate</c>, <c>Key</c> and <c>PassphraseFile</c>: a certificate of the site's own for the people port.
/// </summary>
internal sealed class TlsOptions(IConfiguration configuration)
{
    /// <summary>The three of 1.3, as OpenSSL has them by default, and what 1.2 may use.</summary>
    private static readonly TlsCipherSuite[] _suites12 =
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    private readonly bool _allow12 = configuration.GetValue<bool>("Tls:Allow12");

    public SslProtocols Protocols => _allow12 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls13;

    /// <summary>
    /// Null where the system's own suites are meant: with 1.3 alone they are the three it defines, and only then does the runtime take up sessions again
    /// (it gives each connection with a policy a context of its own, which knows no earlier session). Null on Windows, too, which decides alone.
    /// </summary>
    public CipherSuitesPolicy? Suites { get; } = OperatingSystem.IsLinux() && configuration.GetValue<bool>("Tls:Allow12") ? new CipherSuitesPolicy(_suites12) : null;

    public string? PeopleCertificate { get; } = configuration["Tls:People:Certificate"] is { Length: > 0 } file ? Path.GetFullPath(file) : null;

    /// <summary>The site's own certificate with its chain and key.</summary>
    public SslStreamCertificateContext ReadPeople()
    {
        var file = PeopleCertificate ?? throw new InvalidOperationException("Tls:People:Certificate");
        var key = configuration["Tls:People:Key"] is { Length: > 0 } own ? Path.GetFullPath(own) : file;
        var passphrase = configuration["Tls:People:PassphraseFile"] is { Length: > 0 } secret ? File.ReadAllText(secret).Trim() : null;
        var certificate = passphrase is null
            ? X509Certificate2.CreateFromPemFile(file, key)
            : X509Certificate2.CreateFromEncryptedPemFile(file, passphrase, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
