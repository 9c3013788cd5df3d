using System.Globalization;
using System.Net;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Tests.Identity.SignIn;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>People who work here like nobody else: their names, logins and passwords on every page that takes them, and then: is any of it where it must not be?</summary>
public sealed class StaffLeakTests
{
    private const string Password = "rokenshi-8-Kagami-zutsu";

    /// <summary>Names and logins stand in the register of people (Identity's own tables) and nowhere else; passwords stand nowhere.</summary>
    private static readonly string[] _personal = ["露見　守子", "露見", "新参　紹介子", "紹介子", "roken-moriko", "shinzan.shokai", "まちがえた-9-Kotoba", Password, "管理　責任子"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Clause", "OQ-6-7"), Trait("Clause", "G-5-6")]
    public async Task G_5_6_NamesAndLoginsOfStaff_StandInTheRegisterOnly()
    {
        using var ear = new Eavesdropper();
        var began = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite, "Logging:LogLevel:Default=Trace", "Logging:Console:LogLevel:Default=None");
        await Work(site);
        Assert.Contains(ear.Heard, h => h.StartsWith("log: ", StringComparison.Ordinal));
        Assert.Contains(ear.Heard, h => h.StartsWith("trace: ", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', ear.Heard.Where(h => _personal.Any(p => h.Contains(p, StringComparison.Ordinal))).Take(5)));
        var files = Directory.EnumerateFiles(site.DataFolder, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith("sekisho.db", StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', LeakTests.Holding(files, _personal)));
        Assert.Equal("", string.Join('\n', LeakTests.Holding(LeakTests.Temporary(began), _personal)));

        var tables = await Tables(site);
        Assert.Contains(tables, t => t.Table == "identity_person" && t.Text.Contains("露見　守子", StringComparison.Ordinal));
        Assert.Contains(tables, t => t.Table == "platform_audit" && t.Text.Length > 1000);
        Assert.Equal("", string.Join('\n', tables.SelectMany(t => Found(t.Table, t.Text))));
    }

    // The register knows names, logins and who answers for a device; a password it knows as little as anybody.
    private static IEnumerable<string> Found(string table, string text) => _personal
        .Where(p => text.Contains(p, StringComparison.Ordinal) && (!table.StartsWith("identity_", StringComparison.Ordinal) || p == Password || p.Contains("Kotoba", StringComparison.Ordinal)))
        .Select(p => $"{table}: {p}");

    private static async Task Work(TestSite site)
    {
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var keeper = (await site.PeopleAdministration.AddPerson(
            new NewPerson(clinic.Id, "roken-moriko", "露見　守子", BusinessRole.ClaimsClerk) { Appointments = [GovernanceRole.SystemAdministrator, GovernanceRole.User], Posts = ["医院長"] }, Password, Ct)).Value;
        await SignIn();
        await site.SignInAdministration.TakeAsOwn(keeper, Ct);
        using var browser = site.Browser(keeper);
        (string, string)[] colleague = [("Login", "shinzan.shokai"), ("Name", "新参　紹介子"), ("Roles", "Nurse"), ("Role", "User")];
        var (added, _, page) = await PageForms.Post(browser, "/people/new", "/people/new", colleague);
        Assert.True(added == HttpStatusCode.OK && page.Contains("紹介子", StringComparison.Ordinal), page);
        (string, string)[] device =
        [
            ("Form.Name", "受付"), ("Form.Purpose", "SendAndReceive"), ("Form.Place", "1階"), ("Form.OperatingSystem", "架空OS"), ("Form.Responsible", "管理　責任子"),
            ("Form.Classification", "StrictlyConfidential"),
        ];
        Assert.Equal(HttpStatusCode.Redirect, (await PageForms.Post(browser, "/devices/new", "/devices/new", device)).Status);
        foreach (var path in new[] { "/people", "/people/appoint", "/devices", "/sign-ins", "/me/credentials", "/audit", "/connections", "/terms" })
        {
            Assert.Contains((await PageForms.Get(browser, path)).Status, new[] { HttpStatusCode.OK, HttpStatusCode.Forbidden });
        }

        using var auditor = site.Browser((await site.Person(clinic, GovernanceRole.Auditor)).Id);
        Assert.Equal(HttpStatusCode.OK, (await PageForms.Post(auditor, "/audit", "/audit", ("Form.Name", "露見　守子"), ("Form.Birth", "1960-01-01"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await PageForms.Post(auditor, "/audit", "/audit?handler=export", ("Form.Reason", "定期監査のため"))).Status);

        // Signs in wrongly, rightly, and cannot remember.
        async Task SignIn()
        {
            using var person = new Forms(site);
            await person.SignIn("roken-moriko", "まちがえた-9-Kotoba");
            await person.SignIn("roken-moriko", Password);
            await person.ChangePassword(Password, Password);
            await person.Post("/sign-in/recover", "/sign-in/recover", ("Login", "roken-moriko"));
        }
    }

    /// <summary>All text of every table, as one string per table.</summary>
    private static async Task<IReadOnlyList<(string Table, string Text)>> Tables(TestSite site)
    {
        await using var session = new DbSession((Database)site.Services.GetService(typeof(Database))!);
        await session.Read(Ct);
        var all = new List<(string, string)>();
        foreach (var table in await session.Query("SELECT name FROM sqlite_master WHERE type = 'table'", r => r.GetString(0), Ct))
        {
            var rows = await session.Query($"SELECT * FROM \"{table}\"", r => string.Join('\t', Enumerable.Range(0, r.FieldCount).Select(i => Text(r.GetValue(i)))), Ct);
            all.Add((table, string.Join('\n', rows)));
        }

        return all;
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
