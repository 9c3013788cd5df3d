using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>Who gets through the machine port.</summary>
public sealed class ConnectionTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Device_WithItsCertificate_IsItsOrganisation(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1311234567"));
        using var client = await site.Client(clinic);
        var me = await client.GetFromJsonAsync<JsonElement>(_me, Ct);
        Assert.Equal(clinic.Id.Value, me.GetProperty("organisation").GetGuid());
        Assert.Equal(clinic.Name, me.GetProperty("organisationName").GetString());
        Assert.Equal(JsonValueKind.Null, me.GetProperty("person").ValueKind);
        Assert.Equal(
            ["SendTransmissions", "ReceiveTransmissions", "ReadReceptions", "ConfirmClaims", "InquireEligibility", "ViewMedicines", "ViewDiagnoses", "ViewCheckups"],
            me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!));
    }

    [Fact]
    [Trait("Clause", "G-5-4")]
    public async Task G_5_4_Connection_WithoutCertificate_FailsInTheHandshake()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var client = site.Client(certificate: null);
        await IsRefused(client);
    }

    [Fact]
    public async Task Connection_WithOlderTls_FailsInTheHandshake()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var certificate = await site.Device(await site.Centre());
        var handler = site.Handler(certificate);
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12;
        using var client = new HttpClient(handler) { BaseAddress = site.Machines };
        await IsRefused(client);
    }

    [Fact]
    [Trait("Clause", "G-5-4")]
    public async Task G_5_4_Connection_WithACertificateOfAnotherAuthority_FailsInTheHandshake()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await using var other = await TestSite.Start(DatabaseProvider.Sqlite);
        using var foreign = await other.Device(await other.Centre());
        using var client = site.Client(foreign);
        await IsRefused(client);
    }

    [Fact]
    [Trait("Clause", "G-6-3"), Trait("Clause", "G-5-4")]
    public async Task G_6_3_Connection_WithACertificateOfAnotherEnvironment_FailsInTheHandshake()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var certificate = site.Foreign(clinic, Wire.SiteEnvironment.Production);
        using var client = site.Client(certificate);
        await IsRefused(client);
    }

    [Fact]
    public async Task Connection_WithACertificateOfOursThatIsNotRegistered_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var certificate = site.Foreign(clinic, Wire.SiteEnvironment.Development);
        using var client = site.Client(certificate);
        using var answer = await client.GetAsync(_me, Ct);
        Assert.Equal("ID-0301", await Code(answer, HttpStatusCode.Unauthorized));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-4")]
    public async Task G_5_4_Revocation_OnAnOpenConnection_RefusesTheNextRequest(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        using var certificate = await site.Device(await site.Organisation(OrganisationKind.MedicalInstitution));
        var connections = 0;
        var handler = site.Handler(certificate);
        handler.MaxConnectionsPerServer = 1;
        handler.ConnectCallback = async (context, ct) =>
        {
            connections++;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(handler) { BaseAddress = site.Machines };
        using var before = await client.GetAsync(_me, Ct);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        var device = await before.Content.ReadFromJsonAsync<JsonElement>(Ct);
        var id = new Contracts.DeviceId(device.GetProperty("device").GetGuid());
        Assert.True(site.Certificates.IsInForce(id));
        Assert.True((await site.Devices.Revoke(id, "試験", Ct)).Succeeded(out _, out _));

        using var after = await client.GetAsync(_me, Ct);
        Assert.Equal("ID-0301", await Code(after, HttpStatusCode.Unauthorized));
        Assert.Equal(1, connections);
        Assert.False(site.Certificates.IsInForce(id));
        Assert.Equal("WI-0206", site.Certificates.Trust.Check(certificate, TimeProvider.System.GetUtcNow()).Refusal.Code);
    }

    [Fact]
    public async Task Ports_EachTakeOnlyTheirOwnTrust()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (person, _) = await site.Person(clinic, BusinessRole.ClaimsClerk);

        using var nobody = site.Browser();
        using var refused = await nobody.GetAsync(_me, Ct);
        Assert.Equal("PL-0101", await Code(refused, HttpStatusCode.Unauthorized));

        using var browser = site.Browser(person);
        var me = await browser.GetFromJsonAsync<JsonElement>(_me, Ct);
        Assert.Equal(person.Value, me.GetProperty("person").GetGuid());
        Assert.Equal(JsonValueKind.Null, me.GetProperty("device").ValueKind);

        // The cookie of another organisation's person changes nothing on a machine's connection.
        var insurer = await site.Organisation(OrganisationKind.Insurer);
        using var machine = await site.Client(insurer);
        using var request = new HttpRequestMessage(HttpMethod.Get, _me);
        request.Headers.Add("Cookie", site.CookieOf(person));
        using var answer = await machine.SendAsync(request, Ct);
        Assert.Equal(insurer.Id.Value, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("organisation").GetGuid());
    }

    [Fact]
    public async Task Answers_CarrySecurityHeadersAndAClassification()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var client = await site.Client(await site.Centre());
        using var me = await client.GetAsync(_me, Ct);
        Assert.Equal(["strictly-confidential"], me.Headers.GetValues("Sekisho-Classification"));
        Assert.Equal(["nosniff"], me.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-store"], me.Headers.GetValues("Cache-Control"));
        Assert.DoesNotContain("unsafe", me.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var authority = await client.GetAsync(new Uri("/identity/ca.pem", UriKind.Relative), Ct);
        Assert.Equal(["public"], authority.Headers.GetValues("Sekisho-Classification"));
    }

    [Fact]
    public async Task MachinePort_SpeaksHttp2()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        using var client = await site.Client(await site.Centre());
        using var request = new HttpRequestMessage(HttpMethod.Get, _me) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string?> Code(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString();
    }

    /// <summary>By whichever end of the line notices first.</summary>
    private static async Task IsRefused(HttpClient client)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(_me, Ct));
        Assert.True(fault is HttpRequestException or SocketException, fault.ToString());
    }
}
