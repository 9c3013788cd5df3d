using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>For whom somebody acts, on which device, and what of their sessions stays.</summary>
public sealed class StandingPlaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-6-7")]
    public async Task OQ_6_7_PersonOfTwoOrganisations_ActsForOneAtATime_AndTheTrailSaysWhich(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation("関所診療所", OrganisationKind.MedicalInstitution);
        var insurer = await site.Organisation("架空健保", OrganisationKind.Insurer);
        var stranger = await site.Organisation("無関係", OrganisationKind.MedicalInstitution);
        var (id, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        Assert.True((await site.PeopleAdministration.Join(new NewPerson(insurer.Id, login, "", BusinessRole.BenefitsClerk), Ct)).Succeeded(out _, out _));
        using var browser = site.Browser(id);
        var first = await Me(browser);
        Assert.Equal((clinic.Id.Value, true), (first.Organisation, first.Permissions.Contains("SendTransmissions")));
        Assert.Equal(HttpStatusCode.OK, (await PageForms.Get(browser, "/claims/receptions")).Status);

        Assert.Equal(HttpStatusCode.Redirect, (await Switch(browser, insurer)).Status);
        var second = await Me(browser);
        Assert.Equal((insurer.Id.Value, false), (second.Organisation, second.Permissions.Contains("SendTransmissions")));
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(browser, "/claims/receptions")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PageForms.Get(browser, "/inbox")).Status);
        Assert.NotEqual(HttpStatusCode.Redirect, (await Switch(browser, stranger)).Status);
        Assert.Equal(insurer.Id.Value, (await Me(browser)).Organisation);

        Assert.Equal([$"{insurer.Id}: from {clinic.Id}"], await site.Audited(AuditKind.OrganisationSwitched));
        Assert.Equal(
            [$"{clinic.Id} ReceptionRead", $"{insurer.Id} OrganisationSwitched", $"{insurer.Id} AccessDenied", $"{insurer.Id} DeliveryRead"],
            await Trail(site, id, "'ReceptionRead', 'OrganisationSwitched', 'AccessDenied', 'DeliveryRead'"));
    }

    [Fact]
    [Trait("Clause", "OQ-A1"), Trait("Clause", "G-5-4")]
    public async Task OQ_A1_PeoplePort_OverTls_TakesAPersonOnADeviceOfTheirOrganisationOnly()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Listen:People=https://127.0.0.1:0", "SignIn:RequireDevice=true");
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (_, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var own = await site.Device(clinic);
        using var foreign = await site.Device(await site.Organisation(OrganisationKind.Insurer));
        var cookies = new CookieContainer();
        using var person = Browser(site, own, cookies);
        Assert.Equal(HttpStatusCode.Redirect, (await PageForms.Post(person, "/sign-in", "/sign-in", ("Login", login), ("Password", TestSite.Password))).Status);
        var cookie = Assert.Single(cookies.GetAllCookies(), c => c.Name == "__Host-sekisho");
        Assert.True(cookie is { Secure: true, HttpOnly: true });
        var me = await Me(person);
        Assert.Equal((clinic.Id.Value, true, true), (me.Organisation, me.Person is not null, me.Device is not null));

        // The same cookie elsewhere: another organisation's device, or none.
        using (var thief = Browser(site, foreign, cookies))
        {
            Assert.Contains((await PageForms.Get(thief, "/identity/me")).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
        }

        using (var bare = Browser(site, null, cookies))
        {
            Assert.Contains((await PageForms.Get(bare, "/identity/me")).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Redirect });
            Assert.Equal(HttpStatusCode.OK, (await PageForms.Get(bare, "/help/checks")).Status);
        }

        Assert.True((await site.Devices.Revoke(new DeviceId(me.Device!.Value), "紛失", Ct)).Succeeded(out _, out _));
        using var after = await person.GetAsync(new Uri("/identity/me", UriKind.Relative), Ct);
        Assert.False(after.IsSuccessStatusCode);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Session_LongOver_IsDeleted_AndOneThatLivesStays(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var site = await TestSite.StartOn(services => services.AddSingleton<TimeProvider>(clock), provider, "Logging:LogLevel:Default=None");
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        using var old = site.Browser((await site.Person(clinic, BusinessRole.ClaimsClerk)).Id);
        Assert.Equal(clinic.Id.Value, (await Me(old)).Organisation);
        clock.Move(TimeSpan.FromDays(89));
        using var young = site.Browser((await site.Person(clinic, BusinessRole.ClaimsClerk)).Id);
        Assert.Equal(clinic.Id.Value, (await Me(young)).Organisation);
        await Task.Delay(1500, Ct);
        Assert.Equal(2, await Sessions(site));
        clock.Move(TimeSpan.FromDays(2));
        for (var i = 0; i < 1000 && await Sessions(site) > 1; i++)
        {
            await Task.Delay(100, Ct);
        }

        Assert.Equal(1, await Sessions(site));
    }

    private static Task<(HttpStatusCode Status, string Name, string Text)> Switch(HttpClient browser, Organisation to) =>
        PageForms.Post(browser, "/me/credentials", "/me/credentials?handler=Organisation", ("Id", to.Id.ToString()));

    private static HttpClient Browser(TestSite site, X509Certificate2? certificate, CookieContainer cookies)
    {
        var handler = site.Handler(certificate);
        (handler.CookieContainer, handler.UseCookies) = (cookies, true);
        return new HttpClient(handler) { BaseAddress = new Uri(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Last()) };
    }

    private static async Task<(Guid Organisation, Guid? Person, Guid? Device, IReadOnlyList<string?> Permissions)> Me(HttpClient http)
    {
        using var json = JsonDocument.Parse(await http.GetStringAsync(new Uri("/identity/me", UriKind.Relative), Ct));
        var me = json.RootElement;
        return (me.GetProperty("organisation").GetGuid(), Id(me.GetProperty("person")), Id(me.GetProperty("device")), [.. me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString())]);
    }

    private static Guid? Id(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetGuid();

    private static async Task<List<string>> Trail(TestSite site, PersonId person, string kinds)
    {
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return await session.Query(
            $"SELECT organisation, kind FROM {session.Prefix("platform")}audit WHERE person = @person AND kind IN ({kinds}) ORDER BY at, id", r => $"{r.GetGuid(0)} {r.GetString(1)}", Ct, ("person", person.Value));
    }

    private static async Task<long> Sessions(TestSite site)
    {
        await using var session = new DbSession(site.Services.GetRequiredService<Database>());
        await session.Read(Ct);
        return Convert.ToInt64(await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("identity")}session", Ct), CultureInfo.InvariantCulture);
    }
}
