using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>
/// TLS of the two ports. A machine must show a certificate of our CA and our environment, or there is no connection. People are asked for one and may
/// show none; what they can reach then is decided by the request. Whether a certificate still stands is asked at every request, so that a revocation
/// also ends connections that are open.
/// </summary>
internal sealed class MachineTls(CertificateAuthority ca, ServerKey server, TlsOptions options, SiteOptions site)
{
    public SslServerAuthenticationOptions Machines() => Options(server.Context, required: true);

    public SslServerAuthenticationOptions People() => Options(server.People, required: false);

    private SslServerAuthenticationOptions Options(SslStreamCertificateContext own, bool required) => new()
    {
        ServerCertificateContext = own,
        EnabledSslProtocols = options.Protocols,
        CipherSuitesPolicy = options.Suites,
        AllowRenegotiation = false,
        ClientCertificateRequired = true,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Policy(),
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null ? !required : Accept(certificate, errors),
    };

    private bool Accept(X509Certificate certificate, SslPolicyErrors errors) =>
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
