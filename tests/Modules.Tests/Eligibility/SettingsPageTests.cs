using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Platform.Data;
using static Sekisho.Modules.Tests.Eligibility.EligibilityWorld;

namespace Sekisho.Modules.Tests.Eligibility;

/// <summary>/eligibility/settings: the administrator changes, the desk sees, and every version says who made it.</summary>
public sealed partial class SettingsPageTests
{
    private const string Page = "/eligibility/settings";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Administrator_ChangesWhatIsUsed_AndTheHistorySaysWho(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        var (id, _) = await world.Site.Person(world.ClinicOrganisation, GovernanceRole.SystemAdministrator);
        using var administrator = world.Site.Browser(id);
        using var elsewhere = world.Site.Browser((await world.Site.Person(world.PharmacyOrganisation, GovernanceRole.SystemAdministrator)).Id);
        Assert.Equal([Initial], await Versions(administrator));
        var (_, text) = await PageForms.Get(administrator, Page);
        Assert.Contains($"<a href=\"{Page}\" aria-current=\"page\">", text, StringComparison.Ordinal);
        Assert.Matches("name=\"Uses\" value=\"Medicines\" checked", text);
        Assert.DoesNotMatch("name=\"Uses\" value=\"Diagnoses\" checked", text);

        Assert.Equal(HttpStatusCode.Redirect, (await Save(administrator, 0, "Medicines", "Operations")).Status);
        Assert.Equal(["1 管理 太郎 する しない する しない", Initial], await Versions(administrator));
        Assert.Contains("手術情報も表示されません", (await PageForms.Get(administrator, Page)).Text, StringComparison.Ordinal);

        // Two people at once: the second one saw what does not hold any more. The same again is no version.
        var (status, said) = await Save(administrator, 0, "Diagnoses");
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("EL-0311", said, StringComparison.Ordinal);
        await Save(administrator, 1, "Medicines", "Operations");

        using var desk = await Desk.Of(world.Site, world.ClinicOrganisation);
        await desk.Send("OQSsiupd01req", Change());
        Assert.Equal(
            ["2 端末（レセコン・電子カルテ） する する する しない", "1 管理 太郎 する しない する しない", Initial], await Versions(administrator));
        Assert.Equal([Initial], await Versions(elsewhere));
        Assert.Equal(2, (await world.Site.Audited(AuditKind.FacilitySettingsChanged)).Count);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Clerk_SeesAndDoesNotChange_NeitherByThePageNorByTheFile(DatabaseProvider provider)
    {
        await using var world = await Start(provider);
        using var clerk = world.Site.Browser((await world.Site.Person(world.ClinicOrganisation, BusinessRole.ReceptionClerk)).Id);
        using var insurer = world.Site.Browser((await world.Site.Person(world.First, GovernanceRole.SystemAdministrator)).Id);
        Assert.Equal(HttpStatusCode.Forbidden, (await PageForms.Get(insurer, Page)).Status);
        Assert.DoesNotContain("保存する", (await PageForms.Get(clerk, Page)).Text, StringComparison.Ordinal);
        var (status, text) = await Save(clerk, 0, "Medicines", "Diagnoses");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("EL-0316", text, StringComparison.Ordinal);

        using var file = new ByteArrayContent(Change());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
        using var answer = await clerk.PostAsync(new Uri("/eligibility/messages/OQSsiupd01req_1.xml", UriKind.Relative), file, Ct);
        Assert.Equal("SEKISHO-EL-0316", OqsDesk.Read("OQSsiupd01res_1.xml", await answer.Content.ReadAsByteArrayAsync(Ct)).Header("ErrorCode"));
        Assert.Equal([Initial], await Versions(clerk));
        Assert.Empty(await world.Site.Audited(AuditKind.FacilitySettingsChanged));
    }

    private const string Initial = "0 – する しない しない する";

    private static byte[] Change() => OqsDesk.Write("OQSsiupd01req", new EnvironmentSettings { EnvironmentSettingInfo = new EnvironmentSettingInfo { DiagnosisInfoUseFlg = "1" } });

    private static async Task<(HttpStatusCode Status, string Text)> Save(HttpClient http, long seen, params string[] uses)
    {
        var (status, _, text) = await PageForms.Post(http, Page, Page, [("Seen", $"{seen}"), .. uses.Select(u => ("Uses", u))]);
        return (status, text);
    }

    /// <summary>版, 変えた人 and 薬剤・診療・手術・特定健診 of each line of the history.</summary>
    private static async Task<IReadOnlyList<string>> Versions(HttpClient http)
    {
        var (status, text) = await PageForms.Get(http, Page);
        Assert.Equal(HttpStatusCode.OK, status);
        return
        [
            .. Rows().Matches(WebUtility.HtmlDecode(text)).Select(m => m.Value).Select(row =>
            {
                var cells = Cells().Matches(row).Select(c => c.Groups[1].Value).ToList();
                return string.Join(' ', [cells[0], cells[2], .. cells[3..].Select(c => c["利用".Length..])]);
            }),
        ];
    }

    [GeneratedRegex("<tr>\\s*<th scope=\"row\">.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cells();
}
