using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Contracts.Papers;
using Sekisho.Generators.Checkups;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.CheckupWorld;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>/eligibility/checkups as a doctor uses it, and /eligibility/checkups/packages as an insurer does.</summary>
public sealed class CheckupPageTests
{
    private const string Page = "/eligibility/checkups";
    private const string Packages = "/eligibility/checkups/packages";

    private static readonly (string, string)[] _whom =
    [
        ("Form.Insurer", Person(1).InsurerNumber), ("Form.Symbol", Person(1).Symbol), ("Form.Number", Person(1).Number), ("Form.Branch", Person(1).Branch), ("Form.Care", "Outpatient"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Doctor_SeesFiveVisitsWithChartsAndMarks_OnlyWithTheRolesAndTheConsent(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package([.. Enumerable.Range(2021, 5).Select(y => Visit(1, y)).Where(v => v.Day >= EligibilityWorld.Day.AddYears(-5))]));
        using var doctor = await Colleague(world, world.ClinicOrganisation, BusinessRole.Physician, BusinessRole.MedicalViewer);
        using var nurse = await Colleague(world, world.ClinicOrganisation, BusinessRole.Nurse, BusinessRole.MedicalViewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(nurse, Page)).Status);

        var (status, _, text) = await PageForms.Post(doctor, Page, Page, _whom);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("EL-0612", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Person(1).Name, WebUtility.HtmlDecode(text), StringComparison.Ordinal);

        await world.Agrees(1);
        (status, _, text) = await PageForms.Post(doctor, Page, Page, _whom);
        Assert.Equal(HttpStatusCode.OK, status);
        var plain = WebUtility.HtmlDecode(text);
        Assert.Contains(Person(1).Name, plain, StringComparison.Ordinal);
        Assert.Contains("<title id=\"chart-bmi-title\">BMI の推移</title>", plain, StringComparison.Ordinal);
        Assert.Matches("<desc id=\"chart-bmi-desc\">[^<]*2025年[^<]*kg/m2", plain);
        Assert.Matches("[▲◆](注意|異常)", plain);
        Assert.Matches("<th scope=\"col\" class=\"range\">基準範囲", plain);
        Assert.Matches("<td class=\"range\">[0-9.]+～[0-9.]+</td>", plain);
        Assert.Matches("<details class=\"disclosure\">\\s*<summary>質問票", plain);
        Assert.DoesNotMatch("(href|action)=\"[^\"]*(06139999|%)", text);
        Assert.DoesNotMatch("style=\"|<script>", text);
    }

    [Fact]
    public async Task Pdf_IsSavedForAReason_UnderANameThatSaysItIsStrictlyConfidential()
    {
        await using var world = await Start(DatabaseProvider.Sqlite);
        Assert.SkipWhen(world.Site.Services.GetRequiredService<IPapers>().Printer is null, "chromium がありません。");
        await CheckupWorld.Has(world, 1);
        await world.Send("p1", Package(Visit(1, 2025)));
        await world.Agrees(1);
        using var doctor = await Colleague(world, world.ClinicOrganisation, BusinessRole.Physician, BusinessRole.MedicalViewer);

        var refused = await PageForms.Post(doctor, Page, Page + "?handler=pdf", _whom);
        var saved = await PageForms.Post(doctor, Page, Page + "?handler=pdf", [.. _whom, ("reason", "紹介状に添えるため")]);

        Assert.NotEqual(HttpStatusCode.OK, refused.Status);
        Assert.Equal((HttpStatusCode.OK, "【厳秘】特定健診情報.pdf"), (saved.Status, saved.Name));
        Assert.StartsWith("%PDF-", saved.Text, StringComparison.Ordinal);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Insurer_UploadsAPackage_AndReadsWhatWasNotRegistered(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        await CheckupWorld.Has(world, 1);
        using var clerk = await Colleague(world, world.First, BusinessRole.EligibilityClerk);
        using var doctor = await Colleague(world, world.ClinicOrganisation, BusinessRole.Physician, BusinessRole.MedicalViewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(doctor, Packages)).Status);

        var first = await Upload(clerk, Package(Visit(1, 2025), Visit(2, 2025)));
        var again = await Upload(clerk, Package(Visit(1, 2025), Visit(2, 2025)));

        Assert.Contains("2 件のうち 1 件を登録できませんでした。", first, StringComparison.Ordinal);
        Assert.Contains("EL-0632", first, StringComparison.Ordinal);
        Assert.Contains("2 件のうち 1 件を登録できませんでした。", again, StringComparison.Ordinal);
        Assert.Contains("WE-0911", await Upload(clerk, []), StringComparison.Ordinal);
        await PageLook.Take(clerk, first, "checkup-packages", 1200);
    }

    private static async Task<string> Upload(HttpClient http, byte[] zip)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await PageForms.Token(http, Packages)), "form-token" },
            { new ByteArrayContent(zip), "package", CheckupPeople.Parcel(2025, claims: false).Folder + ".zip" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Packages, UriKind.Relative)) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await http.SendAsync(request, Ct);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<HttpClient> Colleague(EligibilityWorld world, Organisation organisation, params BusinessRole[] roles) =>
        world.Site.Browser((await world.Site.Person(new NewPerson(organisation.Id, "", "職員 一郎", roles))).Id);
}
