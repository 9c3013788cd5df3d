using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity;

/// <summary>The admin commands as real processes, beside a running site on the same folder and database.</summary>
public sealed class AdminTests
{
    private static readonly Uri _me = new("/identity/me", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Device_IssuedAndRevokedByCommand_IsServedAndThenRefused(DatabaseProvider provider)
    {
        await using var site = await TestSite.Start(provider);
        var registered = await Admin(site, "register-organisation", "--name", "関所内科（試験）", "--kind", "medicalinstitution", "--code", "Institution:1319000012");
        Assert.Equal((0, ""), (registered.Exit, registered.Error));

        var password = Path.Combine(site.DataFolder, "password.txt");
        await File.WriteAllTextAsync(password, "secret of a file\n", Ct);
        var pfx = Path.Combine(site.DataFolder, "device.pfx");
        var issued = await Admin(site, "issue-cert", "--code", "Institution:1319000012", "--name", "受付", "--out", pfx, "--password-file", password);
        Assert.Equal((0, ""), (issued.Exit, issued.Error));
        using var certificate = X509CertificateLoader.LoadPkcs12(await File.ReadAllBytesAsync(pfx, Ct), "secret of a file");

        using var client = site.Client(certificate);
        using var served = await client.GetAsync(_me, Ct);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Contains("関所内科（試験）", await served.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        var revoked = await Admin(site, "revoke", "--serial", certificate.SerialNumber, "--reason", "紛失");
        Assert.Equal((0, ""), (revoked.Exit, revoked.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWithin(client, TimeSpan.FromMinutes(2), HttpStatusCode.Unauthorized));
        Assert.Single(await site.Audited(Contracts.AuditKind.CertificateRevoked));
    }

    [Fact]
    public async Task Commands_RefusedOrNotUnderstood_SayWhyAndChangeNothing()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await AssertSays(2, "使い方", Admin(site, "nonsense"));
        await AssertSays(2, "--reason を指定してください", Admin(site, "revoke", "--serial", "00"));
        await AssertSays(2, "--colour", Admin(site, "health", "--colour"));
        await AssertSays(1, "ID-0302", Admin(site, "revoke", "--serial", "00", "--reason", "紛失"));
        var pfx = Path.Combine(site.DataFolder, "nobody.pfx");
        await AssertSays(1, "ID-0102", Admin(site, "issue-cert", "--code", "Payer:1", "--name", "x", "--out", pfx));
        Assert.False(File.Exists(pfx));
        var nowhere = Path.Combine(site.DataFolder, "nowhere");
        await AssertSays(2, "初期化されていません", Run(["admin", "health", $"--DataFolder={nowhere}"]));
        Assert.False(System.IO.Directory.Exists(nowhere));
    }

    [Fact]
    public async Task Person_AddedByCommand_SignsIn()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var password = Path.Combine(site.DataFolder, "password.txt");
        await File.WriteAllTextAsync(password, TestSite.Password + "\n", Ct);
        string[] command = ["add-person", "--organisation", (await site.Centre()).Id.ToString(), "--login", "kanri", "--name", "管理 四郎", "--appointment", "SystemAdministrator", "--password-file", password];
        await AssertSays(0, "利用者を登録しました", Admin(site, command));
        await AssertSays(1, "ID-0104", Admin(site, command));
        // Somebody else set the password: the first thing asked for is one of their own.
        Assert.Equal(SignInStage.ChangePassword, (await site.SignIn.Password("kanri", TestSite.Password, Ct)).Value.Stage);
    }

    [Fact]
    public async Task Registry_LoadedByCommand_IsTakenWholeOrNotAtAll()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        await site.Organisation(OrganisationKind.MedicalInstitution, new OrganisationCode(CodeSystem.Institution, "1319000012"));
        await site.Organisation(OrganisationKind.Payer, new OrganisationCode(CodeSystem.Payer, "1"));
        var file = Path.Combine(site.DataFolder, "registry.csv");
        const string Head = "医療機関コード,名称,所在地,組織,審査支払機関,開始年月,終了年月,事務代行者,代行開始年月,代行終了年月\n";
        await File.WriteAllTextAsync(file, Head + "1319000012,関所内科,東京都,,1,202001,,,,\n", Ct);
        await AssertSays(0, "1件", Admin(site, "load-registry", file));
        await File.WriteAllTextAsync(file, Head + "1319000012,関所内科,東京都,,1,202013,,,,\n", Ct);
        await AssertSays(1, "2行目", Admin(site, "load-registry", file));
    }

    [Fact]
    public async Task Health_OfAWellSite_NamesEachPartAndEndsWithZero()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var health = await Admin(site, "health");
        Assert.True(health.Exit == 0, health.Output + health.Error);
        Assert.All(["データベース", "CA証明書", "失効リスト", "空き容量", "台帳"], part => Assert.Contains(part, health.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("異常", health.Output, StringComparison.Ordinal);
    }

    private static async Task AssertSays(int exit, string text, Task<(int Exit, string Output, string Error)> command)
    {
        var (code, output, error) = await command;
        Assert.Equal(exit, code);
        Assert.Contains(text, output + error, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusWithin(HttpClient client, TimeSpan patience, HttpStatusCode wanted)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var answer = await client.GetAsync(_me, Ct);
            if (answer.StatusCode == wanted || clock.Elapsed > patience)
            {
                return answer.StatusCode;
            }

            await Task.Delay(100, Ct);
        }
    }

    private static Task<(int Exit, string Output, string Error)> Admin(TestSite site, params string[] command) => Run(["admin", .. command, .. site.Settings]);

    private static async Task<(int Exit, string Output, string Error)> Run(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Server.Site).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var error = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await error);
    }
}
