using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// TLS of the two ports: 1.3 only. A machine must show a certificate of our CA and our environment, or there is no connection; whether the certificate
/// still stands is asked at every request, so that a revocation also ends connections that are open.
/// </summary>
internal sealed class MachineTls(CaSigner ca, ServerKey server, SiteOptions site)
{
    public SslServerAuthenticationOptions Machines() => new()
    {
        ServerCertificateContext = server.Context,
        EnabledSslProtocols = SslProtocols.Tls13,
        ClientCertificateRequired = true,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => Accept(certificate, errors),
    };

    public SslServerAuthenticationOptions People() => new() { ServerCertificateContext = server.Context, EnabledSslProtocols = SslProtocols.Tls13 };

    private bool Accept(X509Certificate? certificate, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        && certificate is X509Certificate2 shown
        && CertificateIdentity.Of(shown).Succeeded(out var identity, out _)
        && identity.Environment == site.Environment;

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(ca.Root);
        policy.ApplicationPolicy.Add(new Oid(CertificateForms.ClientAuthentication));
        return policy;
    }
}
