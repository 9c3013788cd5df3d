using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.People;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests;

/// <summary>Who takes part in a test: organisations, their devices, people, and clients that speak for them.</summary>
internal sealed partial class TestSite
{
    public const string Password = "hiyoko-7-tests-kagami";

    public IDirectory Directory => Services.GetRequiredService<IDirectory>();

    public ICertificates Certificates => Services.GetRequiredService<ICertificates>();

    public ISignIn SignIn => Services.GetRequiredService<ISignIn>();

    public Memberships Members => Services.GetRequiredService<Memberships>();

    public IDeviceAdministration Devices => Services.GetRequiredService<IDeviceAdministration>();

    public IPeopleAdministration PeopleAdministration => Services.GetRequiredService<IPeopleAdministration>();

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
        var issued = (await Devices.Issue(organisation.Id, name, "", TestContext.Current.CancellationToken)).Value;
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
    public Task<(PersonId Id, string Login)> Person(Organisation organisation, BusinessRole role) => Person(new NewPerson(organisation.Id, "", "試験 花子", role));

    /// <summary>A person appointed to governance roles, without a business role.</summary>
    public Task<(PersonId Id, string Login)> Person(Organisation organisation, params GovernanceRole[] appointments) =>
        Person(new NewPerson(organisation.Id, "", "管理 太郎") { Appointments = appointments });

    public async Task<(PersonId Id, string Login)> Person(NewPerson person)
    {
        var login = "u" + Guid.NewGuid().ToString("N");
        var id = (await PeopleAdministration.AddPerson(person with { Login = login }, Password, TestContext.Current.CancellationToken)).Value;
        await Services.GetRequiredService<ISignInAdministration>().TakeAsOwn(id, TestContext.Current.CancellationToken);
        return (id, login);
    }

    /// <summary>Ends a person's account.</summary>
    public async Task End(PersonId person)
    {
        await using var session = new DbSession(Services.GetRequiredService<Database>());
        await session.Write(TestContext.Current.CancellationToken);
        await session.Execute($"UPDATE {session.Prefix("identity")}person SET ended = @now WHERE id = @id", TestContext.Current.CancellationToken, ("now", DateTimeOffset.UnixEpoch), ("id", person.Value));
        await session.Commit(TestContext.Current.CancellationToken);
    }

    /// <summary>A client of the people port, signed in as the person (or as nobody). Does not follow redirects.</summary>
    public HttpClient Browser(PersonId? person = null)
    {
        var cookies = new CookieContainer();
        if (person is { } id)
        {
            cookies.SetCookies(People, CookieOf(id));
        }

        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = People };
        client.DefaultRequestHeaders.Add("Sekisho-Request", "tests");
        return client;
    }

    /// <summary>The cookie of a session of the person, as the sign-in page would set it.</summary>
    public string CookieOf(PersonId person) => CookieOf(person, SignInStage.Complete, Proved.Password);

    public string CookieOf(PersonId person, SignInStage stage, Proved proved)
    {
        var value = SessionRow.NewValue();
        var now = Services.GetRequiredService<TimeProvider>().Now();
        var session = new SessionRow(
            Guid.CreateVersion7(), SessionRow.DigestOf(value), person.Value, null, null, "127.0.0.1", proved, stage, null, now, now, null, "");
        Open(session).GetAwaiter().GetResult();
        return "sekisho=" + value;
    }

    private async Task Open(SessionRow session)
    {
        await using var unit = await Services.GetRequiredService<Store>().Write(TestContext.Current.CancellationToken);
        await session.Insert(unit, TestContext.Current.CancellationToken);
        await unit.Commit(TestContext.Current.CancellationToken);
    }

    /// <summary>A certificate signed by this site's CA that this site never registered, naming any environment.</summary>
    public X509Certificate2 Foreign(Organisation organisation, SiteEnvironment environment)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var identity = new CertificateIdentity(environment, organisation.Id.Value, Guid.CreateVersion7());
        using var certificate = Services.GetRequiredService<CertificateAuthority>().Device(Issue.PublicKeyOf(key), identity, organisation.Name, "未登録の端末");
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
