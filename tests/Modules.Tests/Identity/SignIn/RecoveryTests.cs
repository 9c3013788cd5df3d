using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>Recovery with four eyes.</summary>
public sealed partial class RecoveryTests
{
    private const string Chosen = "umi-8-tsukue-yozora";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Recovery_ApprovedByTwo_SetsANewPasswordOnce(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (id, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password);
        using var first = await Administrator(site, clinic);
        using var second = await Administrator(site, clinic);
        using var centre = await Administrator(site, await site.Centre());

        using var lost = new Forms(site);
        var known = await Ask(lost, login);
        Assert.Equal(known, await Ask(lost, "nobody-at-all"));
        var request = Request(await first.Get("/sign-ins"));
        Assert.DoesNotContain(login, (await centre.Get("/sign-ins")).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0530", (await Approve(centre, request)).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/sign-ins"), await Approve(first, request));
        Assert.Contains("ID-0530", (await Approve(first, request)).Text, StringComparison.Ordinal);
        var code = RecoveryCode().Match((await Approve(second, request)).Text).Groups[1].Value;
        Assert.NotEmpty(code);

        Assert.Contains("ID-0531", (await Use(lost, login, "aaaa-bbbb-cccc-dddd")).Text, StringComparison.Ordinal);
        Assert.True(await person.IsSignedIn());
        Assert.Equal((HttpStatusCode.Redirect, "/me/password"), await Use(lost, login, code));
        Assert.False(await person.IsSignedIn());
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await lost.ChangePassword("", Chosen));
        Assert.Contains("認証を回復しました", (await lost.Get("/me/credentials")).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0531", (await Use(lost, login, code)).Text, StringComparison.Ordinal);
        using var later = new Forms(site);
        await later.SignsIn(login, Chosen);
        Assert.Equal(
            [$"{id}: requested", "-: requested", $"{id}: approved by the first", $"{id}: approved by the second, code issued", $"{id}: used"],
            await site.Audited(AuditKind.SignInRecovery));
    }

    [Fact]
    public async Task Recovery_WhereTheOrganisationLacksAdministrators_IsFilledInByTheCentre()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (_, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var own = await Administrator(site, clinic);
        using var centre = await Administrator(site, await site.Centre());
        using var another = await Administrator(site, await site.Centre());
        using var stranger = await Administrator(site, await site.Organisation(OrganisationKind.Insurer));
        using var lost = new Forms(site);
        await Ask(lost, login);
        var request = Request(await centre.Get("/sign-ins"));
        Assert.Equal(HttpStatusCode.NotFound, (await Approve(stranger, request)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Approve(centre, request)).Status);
        Assert.Contains("ID-0530", (await Approve(another, request)).Text, StringComparison.Ordinal);
        Assert.Matches(RecoveryCode(), (await Approve(own, request)).Text);
    }

    [Fact]
    public async Task Recovery_ByCommand_IsRecordedAndShortLived()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, login) = await site.Person(await site.Centre(), GovernanceRole.SystemAdministrator);
        var code = (await site.SignInAdministration.Reset(login, "全員の電話が故障", Ct)).Value;
        Assert.Equal("ID-0523", (await site.SignInAdministration.Reset("nobody", "試験", Ct)).Refusal.Code);
        await site.Execute("UPDATE {0}recovery SET expires = @now", ("now", TimeProvider.System.GetUtcNow()));
        using var person = new Forms(site);
        Assert.Contains("ID-0531", (await Use(person, login, code)).Text, StringComparison.Ordinal);
        var again = (await site.SignInAdministration.Reset(login, "期限切れ", Ct)).Value;
        Assert.Contains("ID-0531", (await Use(person, login, code)).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/me/password"), await Use(person, login, again));
        Assert.Contains($"{id}: code issued by command: 全員の電話が故障", await site.Audited(AuditKind.SignInRecovery));
    }

    private static async Task<Forms> Administrator(TestSite site, Organisation organisation)
    {
        var (_, login) = await site.Person(organisation, GovernanceRole.SystemAdministrator);
        var forms = new Forms(site);
        await forms.SignsIn(login, TestSite.Password);
        return forms;
    }

    private static Task<(HttpStatusCode Status, string Text)> Ask(Forms person, string login) => person.Post("/sign-in/recover", "/sign-in/recover?handler=Ask", ("Login", login));

    private static Task<(HttpStatusCode Status, string Text)> Use(Forms person, string login, string code) =>
        person.Post("/sign-in/recover", "/sign-in/recover?handler=Use", ("Login", login), ("Code", code));

    private static Task<(HttpStatusCode Status, string Text)> Approve(Forms administrator, string request) =>
        administrator.Post("/sign-ins", "/sign-ins?handler=Approve", ("Id", request));

    private static string Request((HttpStatusCode Status, string Text) page) => Waiting().Match(page.Text).Groups[1].Value;

    [GeneratedRegex("handler=Approve\">.*?name=\"Id\" value=\"([0-9a-f-]{36})\"", RegexOptions.Singleline)]
    private static partial Regex Waiting();

    [GeneratedRegex("id=\"recovery-code\">([a-z2-9-]{19})<")]
    private static partial Regex RecoveryCode();
}
