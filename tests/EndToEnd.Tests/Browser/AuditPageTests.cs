using System.IO.Compression;
using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>監査ログ as an auditor uses it.</summary>
public sealed class AuditPageTests
{
    [Fact]
    [Trait("Clause", "G-9-1-a")]
    public async Task G_9_1_a_AuditPages_FindAPatientsReadings_OpenWithAReason_AndExport()
    {
        await using var site = await PagesSite.Open();
        await using (var clinic = await site.Visit())
        {
            await clinic.SignIn(site.Account("clinic"));
            await clinic.Page.GotoAsync("/claims/send");
            await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
            await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
            await clinic.Click("送信する");
            await clinic.Click("点検の結果を見る");
            await clinic.SeeBadge("結果（確定待ち）");
            await clinic.Page.GotoAsync(clinic.Page.Url.Split('?')[0] + "/claims/1");
            await clinic.SeeHeading("診療報酬明細書");
        }

        await using (var nurse = await site.Visit())
        {
            await nurse.SignIn(site.Account("nurse"));
            Assert.Equal(403, (await nurse.Page.GotoAsync("/audit"))!.Status);
        }

        await using var auditor = await site.Visit();
        await auditor.SignIn(site.Account("auditor"));
        await auditor.Click("監査ログ");
        await auditor.SeeHeading("監査ログ");
        await Row(auditor, "アクセス拒否");
        await auditor.Look("audit");

        await auditor.Page.GetByLabel("事象", new() { Exact = true }).SelectOptionAsync("レセプトの閲覧");
        await auditor.Click("検索する");
        await Row(auditor, "本人あり");
        Assert.Equal("/audit", new Uri(auditor.Page.Url).PathAndQuery);
        await auditor.Page.Locator("tbody a").First.ClickAsync();
        await auditor.SeeHeading("レセプトの閲覧");
        await auditor.Click("封を開く");
        await auditor.See("理由が入力されていません。");
        await auditor.Page.GetByLabel("理由（必須）").FillAsync("患者からの照会への回答");
        await auditor.Click("封を開く");
        await auditor.See("氏名・生年月日");
        await auditor.Look("audit-event");
        var insured = await auditor.Page.Locator(".facts").Last.InnerTextAsync();
        Assert.Matches(@"\d{8}", insured);

        await auditor.Click("監査ログ");
        // The name begins with 【厳秘】; a browser without a Japanese locale, as here, gives it another.
        var (_, zip) = await Export(auditor);
        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.NotNull(archive.GetEntry("events.csv"));
        await auditor.Page.GotoAsync("/audit");
        await Row(auditor, "監査ログの書き出し");
    }

    private static Task Row(Visitor auditor, string text) => Assertions.Expect(auditor.Page.Locator("tbody").First.GetByText(text).First).ToBeVisibleAsync();

    private static async Task<(string Name, byte[] Content)> Export(Visitor auditor)
    {
        await auditor.Page.GetByLabel("理由（必須）").FillAsync("定期監査のため");
        return await auditor.Download("書き出す");
    }
}
