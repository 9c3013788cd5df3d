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
    public async Task List_BringsItselfUpToDate_AndLeavesAloneWhatIsTyped()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("reception"));
        await using var colleague = await site.Visit();
        await colleague.SignIn(site.Account("nurse"));

        // The page's own clock: a minute does not have to pass.
        await clerk.Page.Clock.InstallAsync();
        await clerk.Page.GotoAsync("/eligibility");
        await clerk.Page.Locator("#chart").FillAsync("0000");
        await clerk.Page.GetByText("はじめての人を券面から照会する").ClickAsync();
        await clerk.Page.Locator("#insurer").FillAsync("0613");
        await clerk.Page.Locator("#filter").FillAsync("次郎");
        var line = clerk.Page.Locator("#visits tbody tr").Filter(new() { HasText = "00007" });
        await Assertions.Expect(line).ToContainTextAsync("未照会");
        await AskAbout(colleague, "00007");
        await clerk.Page.Clock.RunForAsync(61_000);
        await Assertions.Expect(line).ToContainTextAsync("一部負担金割合");
        Assert.Equal(("0000", "0613", "次郎"), (await Typed("#chart"), await Typed("#insurer"), await Typed("#filter")));
        await Assertions.Expect(clerk.Page.Locator("#insurer")).ToBeVisibleAsync();
        await Assertions.Expect(clerk.Page.Locator("#visits tbody tr:visible")).ToHaveCountAsync(1);

        // Whoever stands on a button of the list keeps it under their fingers.
        await clerk.Page.Locator("#filter").FillAsync("");
        var ask = clerk.Page.GetByRole(AriaRole.Button, new() { Name = "照会 00004" });
        await ask.FocusAsync();
        await AskAbout(colleague, "00004");
        await clerk.Page.Clock.RunForAsync(61_000);
        await Assertions.Expect(ask).ToBeFocusedAsync();
        await clerk.Page.Locator("#chart").FocusAsync();
        await clerk.Page.Clock.RunForAsync(61_000);
        await Assertions.Expect(clerk.Page.GetByRole(AriaRole.Button, new() { Name = "再照会 00004" })).ToBeVisibleAsync();
        await clerk.Look();

        Task<string> Typed(string field) => clerk.Page.Locator(field).InputValueAsync();
    }

    [Fact]
    public async Task Consent_IsCountedDownByItself_UntilNothingMayBeViewed()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server, new DemoHolder("デモ", "105", "仮名　秋男", "ｶﾒｲ ｱｷｵ", "1", "2001-09-15"));
        await reader.Agree("Medicines");
        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("reception"));
        await clerk.Page.Clock.InstallAsync();
        await clerk.Page.GotoAsync("/eligibility");
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "開く 00005" }).ClickAsync();
        await clerk.See("あと23時間");
        await clerk.Page.Clock.FastForwardAsync(2 * 3_600_000);
        await clerk.See("あと21時間");
        await clerk.Page.Clock.FastForwardAsync(22 * 3_600_000);
        await clerk.See("終わりました");
        await clerk.Look();
    }

    [Fact]
    public async Task TextOfTheApp_FillsTheForm_AndIsAskedOnlyWhenSomebodyLooked()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit(javaScript: false);
        await clerk.SignIn(site.Account("reception"));
        await clerk.Page.GetByText("はじめての人を券面から照会する").ClickAsync();
        await clerk.Page.GetByText("マイナ資格確認アプリの文字から入れる").ClickAsync();
        await clerk.Page.Locator("#app-text").FillAsync("氏名：関所");
        await clerk.Click("上の項目に入れる");
        await clerk.See("マイナ資格確認アプリの文字として読めません。");
        await clerk.Page.GetByText("はじめての人を券面から照会する").ClickAsync();
        await clerk.Page.GetByText("マイナ資格確認アプリの文字から入れる").ClickAsync();
        await clerk.Page.Locator("#app-text").FillAsync("氏名：関所　一郎\n生年月日：昭和43年4月12日\n記号：デモ\n番号：101\n保険者番号：06139018\n限度額適用認定証\n適用区分：ウ");
        await clerk.Click("上の項目に入れる");
        await clerk.SeeHeading("入力を確かめる");
        Assert.Equal("昭和43年4月12日", await clerk.Page.Locator("#birth").InputValueAsync());
        await clerk.LookAtBothWidths();
        await clerk.Page.Locator("#birth").PressAsync("Enter");
        await clerk.See("保険の確認ができました。");
    }

    [Fact]
    public async Task Typed_IsStillThereWhenItIsRefused_AndTheNextPatientIsOneNumberAway()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit(javaScript: false);
        await clerk.SignIn(site.Account("reception"));
        await clerk.Page.GetByText("はじめての人を券面から照会する").ClickAsync();
        await clerk.Page.Locator("#insurer").FillAsync("06139018");
        await clerk.Page.Locator("#symbol").FillAsync("デモ");
        await clerk.Page.Locator("#number").FillAsync("101");
        await clerk.Page.Locator("#birth").FillAsync("昭和43年4月31日");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.See("日付として読めません。");
        Assert.Equal("デモ", await clerk.Page.Locator("#symbol").InputValueAsync());
        await clerk.LookAtBothWidths();
        await clerk.Page.Locator("#birth").FillAsync("S43.4.12");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.See("保険の確認ができました。");
        await Assertions.Expect(clerk.Page.Locator("#chart")).ToBeFocusedAsync();
        await clerk.LookAtBothWidths();
        await clerk.Page.Locator("#chart").FillAsync("00005");
        await clerk.Page.Keyboard.PressAsync("Enter");
        await clerk.SeeHeading("秋男 さん");
        await clerk.Page.GotoAsync("/eligibility");
        await clerk.LookAtBothWidths();
        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "申立書 00005" }).ClickAsync();
        await clerk.SeeHeading("被保険者資格申立書");
    }

    private static async Task AskAbout(Visitor visitor, string chart)
    {
        await visitor.Page.GotoAsync("/eligibility");
        await visitor.Page.Locator("#chart").FillAsync(chart);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.See("照会の記録");
    }

    [Fact]
    public async Task Appointments_AreAskedAboutAtNight_AndTheReportLeavesWithAReasonOnly()
    {
        await using var site = await PagesSite.Open();
        await using var clerk = await site.Visit(javaScript: false);
        await clerk.SignIn(site.Account("reception"));
        await clerk.Click("予約の一括照会");
        await clerk.SeeHeading("予約の一括照会");
        await clerk.LookAtBothWidths();
        await clerk.Page.SetViewportSizeAsync(1280, 900);
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
        await clerk.LookAtBothWidths();
        await clerk.Page.SetViewportSizeAsync(1280, 900);
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
