using System.Net;
using System.Net.Security;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests;

/// <summary>Who takes part in a test: organisations, their devices, people, and clients that speak for them.</summary>
internal sealed partial class TestSite
{
    public const string Password = "tests-only-password";

    public IDirectory Directory => Services.GetRequiredService<IDirectory>();

    public ICertificates Certificates => Services.GetRequiredService<ICertificates>();

    public ISignIn SignIn => Services.GetRequiredService<ISignIn>();

    public IIdentityAdministration Identity => Services.GetRequiredService<IIdentityAdministration>();

    /// <summary>The site's root certificate.</summary>
    public X509Certificate2 Authority { get; private set; } = null!;

    /// <summary>Registers an organisation of a kind holding these codes.</summary>
    public Task<Organisation> Organisation(OrganisationKind kind, params OrganisationCode[] codes) => Organisation($"{kind} {Guid.NewGuid():N}", kind, codes);

    public async Task<Organisation> Organisation(string name, OrganisationKind kind, params OrganisationCode[] codes) =>
        (await Directory.Register(
            new Organisation(new OrganisationId(Guid.CreateVersion7()), name, new HashSet<OrganisationKind> { kind }, codes), TestContext.Current.CancellationToken)).Value;

    public async Task<Organisation> Centre() => await Directory.Centre(TestContext.Current.CancellationToken);

    /// <summary>Issues a device certificate with its private key.</summary>
    public async Task<X509Certificate2> Device(Organisation organisation, string name = "端末")
    {
        var issued = (await Identity.Issue(organisation.Id, name, "", TestContext.Current.CancellationToken)).Value;
        return X509CertificateLoader.LoadPkcs12(issued.Pfx, "", X509KeyStorageFlags.Exportable);
    }

    /// <summary>A client of the machine port with this certificate (or none); trusts this site's CA only.</summary>
    public HttpClient Client(X509Certificate2? certificate) => new(Handler(certificate)) { BaseAddress = Machines };

    /// <summary>Organisation's first device and its client at once.</summary>
    public async Task<HttpClient> Client(Organisation organisation) => Client(await Device(organisation));

    public SocketsHttpHandler Handler(X509Certificate2? certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(Authority);
        var ssl = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (certificate is not null)
        {
            ssl.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        }

        return new SocketsHttpHandler { SslOptions = ssl, AllowAutoRedirect = false, UseProxy = false };
    }

    /// <summary>A person with an account; the password is <see cref="Password"/>, the login the returned one.</summary>
    public async Task<(PersonId Id, string Login)> Person(Organisation organisation, BusinessRole role)
    {
        var login = "u" + Guid.NewGuid().ToString("N");
        var id = (await Identity.AddPerson(new NewPerson(organisation.Id, login, "試験 花子", role), Password, TestContext.Current.CancellationToken)).Value;
        return (id, login);
    }

    /// <summary>A client of the people port, signed in as the person (or as nobody). Does not follow redirects.</summary>
    public HttpClient Browser(PersonId? person = null)
    {
        var cookies = new CookieContainer();
        if (person is { } id)
        {
            cookies.SetCookies(People, CookieOf(id));
        }

        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = People };
    }

    /// <summary>What the sign-in page would set for the person.</summary>
    public string CookieOf(PersonId person)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var ticket = new AuthenticationTicket(
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddMinutes(30) },
            CookieAuthenticationDefaults.AuthenticationScheme);
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>A certificate signed by this site's CA that this site never registered, naming any environment.</summary>
    public X509Certificate2 Foreign(Organisation organisation, SiteEnvironment environment)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var identity = new CertificateIdentity(environment, organisation.Id.Value, Guid.CreateVersion7());
        using var certificate = Services.GetRequiredService<CaSigner>().Device(Issue.PublicKeyOf(key), identity, organisation.Name, "未登録の端末");
        return certificate.CopyWithPrivateKey(key);
    }

    /// <summary>Audit events of a kind as "subject: result", in their order.</summary>
    public async Task<IReadOnlyList<string>> Audited(AuditKind kind)
    {
        await using var session = new DbSession(Services.GetRequiredService<Database>());
        await session.Read(TestContext.Current.CancellationToken);
        return await session.Query(
            $"SELECT subject, result FROM {session.Prefix("platform")}audit WHERE kind = @kind ORDER BY at, id",
            r => $"{r.GetString(0)}: {r.GetString(1)}",
            TestContext.Current.CancellationToken,
            ("kind", kind));
    }

    /// <summary>Makes business time be <paramref name="moment"/> now; null returns to real time.</summary>
    public async Task SimulateTime(DateTimeOffset? moment)
    {
        await using var scope = Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetRequiredService<BusinessTime>().Simulate(session, moment, TestContext.Current.CancellationToken);
        await session.Commit(TestContext.Current.CancellationToken);
    }
}
