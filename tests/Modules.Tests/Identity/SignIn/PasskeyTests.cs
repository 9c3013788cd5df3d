using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>Passkeys by the pages' forms, with an authenticator in memory.</summary>
public sealed partial class PasskeyTests
{
    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Passkey_AnswersOnceForItsPerson_AndIsRefusedWhenRemoved(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var key = new SoftKey(site.People.GetLeftPart(UriPartial.Authority));
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password);
        key.Verified = false;
        Assert.Contains("ID-0522", (await Register(person, key)).Text, StringComparison.Ordinal);
        key.Verified = true;
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await Register(person, key));
        Assert.Contains("ID-0522", (await Register(person, key)).Text, StringComparison.Ordinal);

        using var visitor = new Forms(site);
        var (options, state) = await Asked(visitor, "/sign-in");
        var answer = key.Get(options);
        Assert.Equal((HttpStatusCode.Redirect, "/"), await Present(visitor, answer, state));
        Assert.True(await visitor.IsSignedIn());
        Assert.False(await person.IsSignedIn());

        // The same answer again, one without the person's verification, one for another question: alike.
        using var thief = new Forms(site);
        var again = await Present(thief, answer, state);
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        Assert.Contains("ID-0526", again.Text, StringComparison.Ordinal);
        (options, state) = await Asked(thief, "/sign-in");
        key.Verified = false;
        Assert.Contains("ID-0526", (await Present(thief, key.Get(options), state)).Text, StringComparison.Ordinal);
        key.Verified = true;
        Assert.Contains("ID-0526", (await Present(thief, key.Get(options), (await Asked(thief, "/sign-in")).State)).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0526", (await Present(thief, "nonsense", "nonsense")).Text, StringComparison.Ordinal);

        var passkey = PasskeyId().Match((await visitor.Get("/me/credentials")).Text).Groups[1].Value;
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await visitor.Post("/me/credentials", "/me/credentials?handler=Remove", ("Id", passkey)));
        (options, state) = await Asked(thief, "/sign-in");
        Assert.Contains("ID-0526", (await Present(thief, key.Get(options), state)).Text, StringComparison.Ordinal);
        Assert.Equal([$"{id}: passkey registered", $"{id}: passkey removed"], await site.Audited(AuditKind.FactorChanged));
    }

    [Fact]
    public async Task Passkey_WhereTheRegulationAsksForTwoFactors_IsBothAndTheLastOneStays()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        await site.Adopt(clinic, PasswordPolicy.TwoFactor8);
        var (_, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var key = new SoftKey(site.People.GetLeftPart(UriPartial.Authority));
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password, "/me/credentials");
        Assert.Equal((HttpStatusCode.Redirect, "/"), await Register(person, key));
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/claims/receptions")).Status);
        var passkey = PasskeyId().Match((await person.Get("/me/credentials")).Text).Groups[1].Value;
        Assert.Contains("ID-0521", (await person.Post("/me/credentials", "/me/credentials?handler=Remove", ("Id", passkey))).Text, StringComparison.Ordinal);

        // The password alone no longer leads in.
        using var later = new Forms(site);
        await later.SignsIn(login, TestSite.Password, "/sign-in/code");
        var (options, state) = await Asked(later, "/sign-in");
        Assert.Equal((HttpStatusCode.Redirect, "/"), await Present(later, key.Get(options), state));
        Assert.True(await later.IsSignedIn());
    }

    private static async Task<(HttpStatusCode Status, string Text)> Register(Forms person, SoftKey key)
    {
        var (options, state) = await Asked(person, "/me/credentials");
        return await person.Post("/me/credentials", "/me/credentials?handler=Passkey", ("Name", "受付のパソコン"), ("Credential", key.Create(options)), ("State", state));
    }

    private static Task<(HttpStatusCode Status, string Text)> Present(Forms visitor, string answer, string state) =>
        visitor.Post("/sign-in", "/sign-in?handler=Passkey", ("Credential", answer), ("State", state));

    private static async Task<(string Options, string State)> Asked(Forms visitor, string page)
    {
        var (_, html) = await visitor.Get(page);
        return (WebUtility.HtmlDecode(Options().Match(html).Groups[1].Value), State().Match(html).Groups[1].Value);
    }

    [GeneratedRegex("data-options=\"([^\"]+)\"")]
    private static partial Regex Options();

    [GeneratedRegex("name=\"State\" value=\"([^\"]+)\"")]
    private static partial Regex State();

    [GeneratedRegex("handler=Remove\">.*?name=\"Id\" value=\"([0-9a-f-]{36})\"", RegexOptions.Singleline)]
    private static partial Regex PasskeyId();
}
