using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Edge;

/// <summary>What the edge says to everybody, how fast it lets them ask, and what it notices.</summary>
public sealed partial class EdgeTests
{
    [Fact]
    [Trait("Clause", "G-5-9")]
    public async Task G_5_9_Answers_OfBothPorts_CarryTheProtectingHeaders()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);
        using var nobody = world.Site.Browser();
        foreach (var (client, path) in new[] { (nobody, "/sign-in"), (nobody, "/"), (nobody, "/no-such-page"), (world.Clinic.Http, "/identity/me"), (world.Clinic.Http, "/none") })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            var headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
            Assert.Contains("script-src 'self'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(
                ["nosniff", "DENY", "same-origin", "same-origin", "same-origin"],
                new[] { "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy" }.Select(h => headers[h]));
            Assert.Contains("camera=()", headers["Permissions-Policy"], StringComparison.Ordinal);
            Assert.False(headers.ContainsKey("Server") || headers.ContainsKey("X-Powered-By"));
        }
    }

    [Fact]
    public async Task Production_EveryAnswerAndCookie_IsForHttpsOnly()
    {
        await using var site = await TestSite.StartProduction("Scanner:Mode=None", "Clock:Mode=None");
        using var browser = site.HttpsBrowser();
        using var page = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.NotEmpty(page.Headers.GetValues("Set-Cookie"));
        AreKept(page);
    }

    [Fact]
    public async Task MachinePort_SetsNoSessionAndHonoursNone()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);
        foreach (var path in new[] { "/identity/me", "/exchange/deliveries", "/sign-in" })
        {
            using var answer = await world.Clinic.Get(path);
            AreKept(answer);
            Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], c => c.StartsWith("sekisho=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Pages_Rendered_CarryNoInlineScriptOrStyle()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);
        var centre = await world.Site.Centre();
        var (administrator, _) = await world.Site.Person(centre, GovernanceRole.SystemAdministrator);
        var (clerk, _) = await world.Site.Person(world.Clinic.Organisation, BusinessRole.ClaimsClerk);
        var seen = 0;
        foreach (var person in new PersonId?[] { null, administrator, clerk })
        {
            using var browser = world.Site.Browser(person);
            foreach (var path in Paths(world))
            {
                using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Ct);
                if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                {
                    var html = await answer.Content.ReadAsStringAsync(Ct);
                    Assert.False(Inline().IsMatch(html), $"{path}: {Inline().Match(html).Value}");
                    seen++;
                }
            }
        }

        Assert.True(seen > 10, $"only {seen} pages were seen");
    }

    [Fact]
    [Trait("Clause", "G-5-6")]
    public async Task G_5_6_Requests_FasterThanAgreed_AreToldToWaitAndAcknowledgementsAreNot()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite, "Limits:Reads=24", "Limits:Anonymous=24", "Limits:SignInByLogin=3");
        using var other = await Sender.Of(world.Site, OrganisationKind.MedicalInstitution, Sender.Institution);
        var (id, acknowledgement) = await world.Clinic.Send(world.Payer, [1]);

        Assert.True(await Until429(() => world.Clinic.Get("/identity/me"), 60) > 10);
        Assert.Equal(acknowledgement, await world.Clinic.Acknowledgement(id));
        await world.Clinic.Send(world.Payer, [2]);
        using (var me = await other.Get("/identity/me"))
        {
            Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        }

        using var nobody = world.Site.Browser();
        Assert.InRange(await Until429(() => nobody.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent([new("Login", "somebody"), new("Password", "x")]), Ct), 10), 3, 9);
        Assert.True(await Until429(() => nobody.GetAsync(new Uri("/identity/crl", UriKind.Relative), Ct), 60) > 5);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-8-2")]
    [Trait("Clause", "HK-8-2"), Trait("Clause", "MI-8-2"), Trait("Clause", "OQ-5-4"), Trait("Clause", "JA-第8条2")]
    public async Task KH_8_2_Misuse_BeyondTheThreshold_AsksForCauseAndMeasureAndRemindsAfterADay(DatabaseProvider provider)
    {
        var clock = new MovedClock();
        await using var world = await World.StartOn(services => services.AddSingleton<TimeProvider>(clock), provider, "Limits:MisuseSignatures=3", "Limits:MisuseDenials=3");
        using var stranger = await Sender.Of(world.Site, OrganisationKind.MedicalInstitution, Sender.Institution);
        for (byte i = 0; i < 3; i++)
        {
            // Another's envelope, and a place that is not theirs.
            using var opened = await stranger.Open(world.Clinic.Signed(world.Clinic.Envelope(world.Payer, [i])));
            Assert.Equal(HttpStatusCode.Forbidden, opened.StatusCode);
            using var denied = await world.PayerDevice.Open([1, 2, 3]);
            Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        }

        await Eventually(async () => (await List(world)).Count(n => n.Kind.StartsWith("misuse-", StringComparison.Ordinal)) == 2);
        var notices = await List(world);
        var notice = notices.Single(n => n.Kind == "misuse-signature");
        Assert.StartsWith(stranger.Organisation.Id.ToString(), notice.Subject, StringComparison.Ordinal);
        Assert.Contains(await world.Site.Audited(AuditKind.NoticeRaised), e => e.EndsWith(": misuse-signature", StringComparison.Ordinal));

        // Nobody answers for a day: reminded, once a day.
        await Remind(world);
        Assert.Empty(await world.Site.Audited(AuditKind.NoticeReminded));
        clock.Move(TimeSpan.FromHours(24.1));
        await Remind(world);
        await Remind(world);
        Assert.Equal(notices.Count, (await world.Site.Audited(AuditKind.NoticeReminded)).Count);
        var by = World.Person(await world.Site.Centre());
        Assert.Equal("EX-0608", (await Use(world, n => n.Answer(notice.Id, by, "誤った設定の端末", " ", Ct))).Refusal.Code);
        Assert.NotNull((await Use(world, n => n.Answer(notice.Id, by, "誤った設定の端末", "設定を直した", Ct))).Value.AnsweredAt);
        Assert.Equal("EX-0607", (await Use(world, n => n.Answer(notice.Id, by, "誤った設定の端末", "もう一度", Ct))).Refusal.Code);
        clock.Move(TimeSpan.FromHours(25));
        await Remind(world);
        Assert.DoesNotContain((await List(world)).Where(n => n.Id == notice.Id), n => n.Reminders > 1);
    }

    [Fact]
    public async Task OperatorPages_AreForOperators()
    {
        await using var world = await World.Start(DatabaseProvider.Sqlite);
        var (administrator, _) = await world.Site.Person(await world.Site.Centre(), GovernanceRole.SystemAdministrator);
        var (clerk, _) = await world.Site.Person(world.Clinic.Organisation, BusinessRole.ClaimsClerk);
        using var operatorBrowser = world.Site.Browser(administrator);
        using var clerkBrowser = world.Site.Browser(clerk);
        foreach (var (path, word) in new[] { ("/operations/quarantine", "検査機構と時刻"), ("/operations/notices", "運用の通知") })
        {
            Assert.Contains(word, await operatorBrowser.GetStringAsync(new Uri(path, UriKind.Relative), Ct), StringComparison.Ordinal);
        }

        using var mine = await clerkBrowser.GetAsync(new Uri("/operations/quarantine", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.DoesNotContain("検査機構と時刻", await mine.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var notices = await clerkBrowser.GetAsync(new Uri("/operations/notices", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, notices.StatusCode);
    }

    [Fact]
    public void Pages_Written_CarryNoInlineScriptOrStyle()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sekisho.slnx")))
        {
            folder = folder.Parent;
        }

        var pages = System.IO.Directory.GetFiles(Path.Combine(folder!.FullName, "src/Web/Pages"), "*.cshtml", SearchOption.AllDirectories);
        Assert.True(pages.Length > 20);
        Assert.Empty(pages.Where(p => Inline().IsMatch(File.ReadAllText(p))).Select(Path.GetFileName));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static IEnumerable<string> Paths(World world) => ((IEndpointRouteBuilder)world.Site.App).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.Parameters.Count == 0 && (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true))
        .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/')).Distinct();

    /// <summary>Cookies that scripts do not see, that other sites do not send, that go over TLS only.</summary>
    private static void AreKept(HttpResponseMessage answer)
    {
        Assert.All(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c =>
        {
            Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("; samesite=(strict|lax)", c.ToLowerInvariant());
            Assert.Contains("; secure", c, StringComparison.OrdinalIgnoreCase);
        });
    }

    private static async Task<int> Until429(Func<Task<HttpResponseMessage>> ask, int most)
    {
        for (var i = 0; i < most; i++)
        {
            using var answer = await ask();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(answer.Headers.RetryAfter?.Delta);
                return i;
            }
        }

        Assert.Fail($"asked {most} times");
        return most;
    }

    private static async Task<T> Use<T>(World world, Func<INotices, ValueTask<T>> use)
    {
        await using var scope = world.Site.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<INotices>());
    }

    private static Task<IReadOnlyList<OperatorNotice>> List(World world) => Use(world, n => n.List(Ct));

    private static Task Remind(World world) => world.Site.Services.GetRequiredService<SiteWatch>().Remind(Ct);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 2000 && !await holds(); i++)
        {
            await Task.Delay(50, Ct);
        }

        Assert.True(await holds());
    }

    [GeneratedRegex("<style|<script(?![^>]*\\bsrc=)|<[^>]*\\s(style|on[a-z]+)\\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
