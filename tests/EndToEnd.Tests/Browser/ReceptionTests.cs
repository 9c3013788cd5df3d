using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>受付 at 8:55, with the keyboard alone and without JavaScript.</summary>
public sealed class ReceptionTests
{
    [Fact]
    public async Task Clerk_AsksByNumberAndEnter_SeesWhatDiffers_AndTakesOverWhatTheyTicked()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("reception"));
        await clerk.SeeHeading("受付");
        await clerk.See("該当資格なし");
        await clerk.Look("reception", whole: true);

        // The field has the focus: a number, Enter.
        await clerk.Page.Keyboard.TypeAsync("00007");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.SeeHeading("次郎 さん");
        await clerk.See("保険の確認ができました。");
        await clerk.See("一部負担金割合");
        await clerk.Look("reception-visit", whole: true);
        await clerk.Click("印を付けた項目を控えに取り込む");
        await clerk.See("取り込む項目が選ばれていません。");
        await clerk.Page.GetByLabel("確かめた（一部負担金割合）").CheckAsync();
        await clerk.Click("印を付けた項目を控えに取り込む");
        await clerk.See("控えの1項目を書き換えました。");
        await clerk.Look();

        // ● is one unknown character: nothing to take over.
        await clerk.Page.GotoAsync("/eligibility");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "照会 00004" }).FocusAsync();
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.SeeHeading("夏美 さん");
        await clerk.See("取り込めません");

        await clerk.Page.GotoAsync("/eligibility/unconfirmed");
        await clerk.See("77777779");
        await clerk.Look("reception-unconfirmed", whole: true);
        await clerk.Click("きょうの受付");
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "開く 00005" }).ClickAsync();
        await clerk.Click("被保険者資格申立書を印刷する");
        await clerk.See("仮名　秋男");
        await clerk.Look("reception-statement", whole: true);
    }

    [Fact]
    public async Task Appointments_AreAskedAboutAtNight_AndTheReportLeavesWithAReasonOnly()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit(javaScript: false);
        await clerk.SignIn(site.Account("reception"));
        await clerk.Click("予約の一括照会");
        await clerk.SeeHeading("予約の一括照会");
        await clerk.Look();
        await clerk.Page.GetByLabel("予約のCSV").SetInputFilesAsync(new FilePayload
        {
            Name = "yoyaku.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes("患者番号,時刻\n00001,10:30\n99999,11:00\n"),
        });
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "取り込む", Exact = true }).ClickAsync();
        await clerk.SeeHeading("取込みの結果");
        await clerk.See("この患者番号の控えがありません。");
        await clerk.Click("戻る");
        await clerk.Click("この日の予約を照会する");
        await clerk.SeeHeading("予約");
        for (var i = 0; i < 300 && await clerk.Page.GetByText("照会しています").CountAsync() > 0; i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await clerk.Page.ReloadAsync();
        }

        await clerk.See("保険が変わった");
        await clerk.Look("reception-night", whole: true);
        var (_, content) = await clerk.Export("書き出す", "CSVで書き出す");
        Assert.Contains("00006", System.Text.Encoding.UTF8.GetString(content), StringComparison.Ordinal);

        await clerk.Page.GotoAsync("/eligibility/patients");
        await clerk.SeeHeading("患者の控え");
        await clerk.Look();
        await clerk.Click("カードの結果");
        await clerk.See("待っている結果はありません。");
        await clerk.Look();
    }
}
