using System.Net;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>The steps of a sign-in, by its pages.</summary>
public sealed partial class StepsTests
{
    private const string Given = "kawa-3-hashi-tsumiki";
    private const string Chosen = "umi-8-tsukue-yozora";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-6-8")]
    public async Task OQ_6_8_Password_ThatSomebodyElseSet_MustBeReplacedFirst(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        await site.PeopleAdministration.AddPerson(new NewPerson(clinic.Id, "hanako", "試験 花子", BusinessRole.ClaimsClerk), Given, Ct);
        using var person = new Forms(site);
        await person.SignsIn("hanako", Given, "/me/password");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?returnUrl=%2F"), await person.Get("/"));

        Assert.Contains("ID-0508", (await person.ChangePassword("chigau-1-pasuwa", Chosen)).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0506", (await person.ChangePassword(Given, "kawa-4-hashi-tsumiki")).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0105", (await person.ChangePassword(Given, "mw-7-k")).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/"), await person.ChangePassword(Given, Chosen));
        Assert.True(await person.IsSignedIn());

        // The past ones are remembered, as digests.
        Assert.Contains("ID-0507", (await person.ChangePassword(Chosen, Given)).Text, StringComparison.Ordinal);
        using var later = new Forms(site);
        Assert.Equal(HttpStatusCode.Unauthorized, (await later.SignIn("hanako", Given)).Status);
        await later.SignsIn("hanako", Chosen);
        Assert.Contains(await site.Audited(AuditKind.PasswordChanged), a => a.EndsWith(": changed", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Clause", "KH-5-7")]
    [Trait("Clause", "MI-5-7")]
    [Trait("Clause", "JA-第5条7")]
    [Trait("Clause", "HK-5-7")]
    public async Task KH_5_7_Password_WeakLeakedOrUsedBefore_IsRefused()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.HealthInsuranceSociety), BusinessRole.BenefitsClerk);
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password);
        Assert.Contains("ID-0502", (await person.ChangePassword(TestSite.Password, "onlyletterslikethis")).Text, StringComparison.Ordinal);
        Assert.Contains("ID-0504", (await person.ChangePassword(TestSite.Password, "Password-123456789")).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await person.ChangePassword(TestSite.Password, Chosen));
        Assert.Contains("ID-0507", (await person.ChangePassword(Chosen, TestSite.Password)).Text, StringComparison.Ordinal);
        Assert.Equal([$"{id}: changed"], (await site.Audited(AuditKind.PasswordChanged)).Where(a => a.EndsWith("changed", StringComparison.Ordinal)));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "OQ-6-9")]
    public async Task OQ_6_9_PasswordAlone_AfterTwoMonths_MustBeReplaced(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        await site.Adopt(clinic, PasswordPolicy.TwoMonths8);
        var (id, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var person = new Forms(site);
        await site.Age(id, TimeSpan.FromDays(56));
        await person.SignsIn(login, TestSite.Password, "/me/credentials");
        Assert.Contains("から使えなくなります", (await person.Get("/me/credentials")).Text, StringComparison.Ordinal);

        await site.Age(id, TimeSpan.FromDays(63));
        using var late = new Forms(site);
        await late.SignsIn(login, TestSite.Password, "/me/password");
        Assert.False(await late.IsSignedIn());
        Assert.Equal((HttpStatusCode.Redirect, "/"), await late.ChangePassword(TestSite.Password, "uM!8tsukYo"));
        Assert.True(await late.IsSignedIn());
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_OneTimeCode_OnceRegistered_IsAskedForAndCountsOnce(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var (id, login) = await site.Person(await site.Organisation(OrganisationKind.MedicalInstitution), BusinessRole.ClaimsClerk);
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password);
        var (key, codes, used) = await Enrol(person);
        Assert.Equal(10, codes.Count);

        // The step of the registration is used up: the next one counts.
        using var next = new Forms(site);
        await next.SignsIn(login, TestSite.Password, "/sign-in/code");
        Assert.False(await next.IsSignedIn());
        Assert.Contains("ID-0520", (await Code(next, used)).Text, StringComparison.Ordinal);
        var ahead = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()) + 1);
        Assert.Equal((HttpStatusCode.Redirect, "/"), await Code(next, ahead));
        Assert.True(await next.IsSignedIn());
        Assert.False(await person.IsSignedIn());

        using var lost = new Forms(site);
        await lost.SignsIn(login, TestSite.Password, "/sign-in/code");
        Assert.Contains("ID-0520", (await Code(lost, ahead)).Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/me/credentials"), await Code(lost, codes[0].ToUpperInvariant()));
        using var again = new Forms(site);
        await again.SignsIn(login, TestSite.Password, "/sign-in/code");
        Assert.Contains("ID-0520", (await Code(again, codes[0])).Text, StringComparison.Ordinal);
        for (var i = 0; i < 4; i++)
        {
            await Code(again, "000000");
        }

        Assert.Contains("ID-0202", (await Code(again, codes[1])).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await site.Audited(AuditKind.SignIn), a => a.Contains(codes[0], StringComparison.Ordinal));
        Assert.Equal($"{id}: one-time codes registered", (await site.Audited(AuditKind.FactorChanged))[0]);
    }

    [Fact]
    public async Task Regulation_AskingForTwoFactors_LetsNobodyInWithoutTheSecond()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        await site.Adopt(clinic, PasswordPolicy.TwoFactor8);
        var (_, login) = await site.Person(clinic, BusinessRole.ClaimsClerk);
        using var person = new Forms(site);
        await person.SignsIn(login, TestSite.Password, "/me/credentials");
        Assert.Equal(HttpStatusCode.Redirect, (await person.Get("/claims/receptions")).Status);
        await Enrol(person);
        Assert.Equal((HttpStatusCode.Redirect, "/"), await person.Post("/me/credentials", "/me/credentials?handler=Continue"));
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/claims/receptions")).Status);
        Assert.Contains("ID-0521", (await person.Post("/me/credentials", "/me/credentials?handler=RemoveTotp")).Text, StringComparison.Ordinal);
    }

    private static Task<(HttpStatusCode Status, string Text)> Code(Forms person, string code) => person.Post("/sign-in/code", "/sign-in/code", ("Code", code));

    private static async Task<(byte[] Key, List<string> Codes, string Used)> Enrol(Forms person)
    {
        var (_, page) = await person.Get("/me/totp");
        Assert.Matches("<svg[^>]+id=\"totp-qr\"[^>]+viewBox=\"0 0 (\\d+) \\1\"[^>]+role=\"img\"[^>]+aria-label=[\\s\\S]+<path fill=\"#000\" d=\"M4 4h1v1h-1z", page);
        var key = Base32(Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));
        Assert.Contains("ID-0520", (await person.Post("/me/totp", "/me/totp", ("Code", "12345"))).Text, StringComparison.Ordinal);
        var used = Totp.Code(key, Totp.StepAt(TimeProvider.System.GetUtcNow()));
        var (status, sheet) = await person.Post("/me/totp", "/me/totp", ("Code", used));
        Assert.Equal(HttpStatusCode.OK, status);
        return (key, [.. RecoveryCode().Matches(sheet).Select(m => m.Groups[1].Value)], used);
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex("id=\"totp-key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();

    [GeneratedRegex("<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</li>")]
    private static partial Regex RecoveryCode();
}
