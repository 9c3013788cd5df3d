using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>Sessions: how they end, who ends them, where they count.</summary>
public sealed class SessionTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Session_UnusedOrTooOld_Ends(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var (id, _) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var idle = site.Browser(id);
        Assert.Equal(HttpStatusCode.OK, await Status(idle));
        await site.Shift("last_used", TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, await Status(idle));
        await site.Shift("last_used", TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(idle));

        using var old = site.Browser(id);
        await site.Shift("created", TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(old));
        Assert.Equal(["操作がなかった", "最長の時間が過ぎた"], (await site.Audited(AuditKind.SessionEnded)).Select(a => a[(a.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public async Task Session_AskedByThePageItself_IsNotKeptAlive()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, _) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var browser = site.Browser(id);
        browser.DefaultRequestHeaders.Add(SessionDoor.Automatic, "1");
        for (var i = 0; i < 2; i++)
        {
            await site.Shift("last_used", TimeSpan.FromMinutes(8));
            Assert.Equal(i == 0 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await Status(browser));
        }
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Session_WhoseMembershipEnds_EndsWithTheNextRequest(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var (id, _) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var browser = site.Browser(id);
        Assert.Equal(HttpStatusCode.OK, await Status(browser));
        await site.Execute("UPDATE {0}membership SET until = @now WHERE person = @person", ("now", TimeProvider.System.GetUtcNow()), ("person", id.Value));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(browser));
        await site.Execute("UPDATE {0}membership SET until = NULL WHERE person = @person", ("person", id.Value));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(browser));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Sessions_OfOnePerson_AreOneAndEndByThemOrTheAdministrator(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (_, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        var (_, chief) = await site.Person(clinic, GovernanceRole.SystemAdministrator);
        using var here = new Forms(site);
        await here.SignsIn(login, TestSite.Password);
        using var again = new Forms(site);
        await again.SignsIn(login, TestSite.Password);
        Assert.False(await here.IsSignedIn());

        // From another address it is asked first.
        await site.Execute("UPDATE {0}session SET address = '192.0.2.7'");
        using var elsewhere = new Forms(site);
        await elsewhere.SignsIn(login, TestSite.Password, "/sign-in/elsewhere");
        Assert.True(await again.IsSignedIn());
        Assert.Contains("192.0.2.7", (await elsewhere.Get("/sign-in/elsewhere")).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/"), await elsewhere.Post("/sign-in/elsewhere", "/sign-in/elsewhere"));
        Assert.False(await again.IsSignedIn());
        Assert.True(await elsewhere.IsSignedIn());

        using var administrator = new Forms(site);
        await administrator.SignsIn(chief, TestSite.Password);
        var (_, page) = await administrator.Get("/sign-ins");
        var session = System.Text.RegularExpressions.Regex.Match(page, "name=\"Id\" value=\"([0-9a-f-]{36})\"").Groups[1].Value;
        Assert.Equal((HttpStatusCode.Redirect, "/sign-ins"), await administrator.Post("/sign-ins", "/sign-ins?handler=End", ("Id", session)));
        Assert.False(await elsewhere.IsSignedIn());

        // Those of another organisation are not there.
        var (_, stranger) = await site.Person(await site.Organisation(OrganisationKind.Insurer), GovernanceRole.SystemAdministrator);
        using var outsider = new Forms(site);
        await outsider.SignsIn(stranger, TestSite.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.Post("/sign-ins", "/sign-ins?handler=End", ("Id", session))).Status);
    }

    [Fact]
    public async Task PasswordChange_EndsWhatElseWasOpen()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var here = new Forms(site);
        await here.SignsIn(login, TestSite.Password);
        using var other = site.Browser(id);
        Assert.Equal(HttpStatusCode.OK, await Status(other));
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await here.ChangePassword(TestSite.Password, "umi-8-tsukue-yozora"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(other));
        Assert.True(await here.IsSignedIn());
        await here.Post("/me/credentials", "/sign-out");
        Assert.False(await here.IsSignedIn());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Origin", "https://example.com", false)]
    [InlineData("Accept", "*/*", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sekisho-Request", "1", true)]
    public async Task Request_WithACookieFromAnotherSite_ChangesNothing(string header, string value, bool reaches)
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, _) = await site.Person(await site.Centre(), GovernanceRole.SystemAdministrator);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = site.People };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/development/business-time", UriKind.Relative))
        {
            Content = new StringContent("{\"moment\":\"2021-11-08T10:00:00+09:00\"}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Cookie", site.CookieOf(id));
        request.Headers.Add(header, value);
        using var answer = await http.SendAsync(request, Ct);
        Assert.Equal(reaches ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(reaches, site.Services.GetRequiredService<IBusinessTime>().IsSimulated);
        if (!reaches)
        {
            Assert.Contains("ID-0513", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Clause", "OQ-A1")]
    public async Task OQ_A1_Site_AskingForADevice_AnswersOnlyItsPublicPagesWithout()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "SignIn:RequireDevice=true");
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var person = new Forms(site);
        Assert.Contains("証明書が確認できません", (await person.Get("/sign-in")).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0510", (await person.SignIn(login, TestSite.Password)).Text, StringComparison.Ordinal);
        using var browser = site.Browser(id);
        Assert.Equal(HttpStatusCode.Forbidden, await Status(browser));
        using var authority = await browser.GetAsync(new Uri("/identity/ca.pem", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, authority.StatusCode);
    }

    [Fact]
    public async Task Person_OnADeviceOfTheirOrganisation_ActsThroughIt()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "SignIn:RequireDevice=true");
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (id, _) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var own = await site.Device(clinic);
        using var foreign = await site.Device(await site.Organisation(OrganisationKind.Insurer));
        Assert.NotNull((await Recognised(site, id, own)).Features.Get<Actor>()?.Device);
        Assert.Equal(403, (await Recognised(site, id, foreign)).Response.StatusCode);
        Assert.Equal(403, (await Recognised(site, id, null)).Response.StatusCode);
    }

    /// <summary>A request on the people port over a connection with this certificate.</summary>
    private static async Task<HttpContext> Recognised(TestSite site, PersonId person, X509Certificate2? certificate)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Response.Body = new MemoryStream();
        context.Features.Set(new PeoplePort());
        context.Connection.ClientCertificate = certificate;
        context.Request.Headers.Cookie = site.CookieOf(person);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new OpenToMembersAttribute("test")), "test"));
        var middleware = ActivatorUtilities.CreateInstance<ActorMiddleware>(site.Services, (RequestDelegate)(_ => Task.CompletedTask));
        await middleware.Invoke(context);
        return context;
    }

    private static async Task<HttpStatusCode> Status(HttpClient browser)
    {
        using var answer = await browser.GetAsync(_me, Ct);
        return answer.StatusCode;
    }
}
