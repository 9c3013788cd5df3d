using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>The passage as people walk it: on the pages, in a real browser, against the real server.</summary>
public sealed class PassageTests
{
    [Fact]
    public async Task Passage_OnThePages_GoesFromTheClinicToTheInsurer()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit();
        await SignInAfterAnError(site, clinic);
        await Send(site, clinic);
        await Read(clinic);
        await Confirm(clinic);
        var database = site.Server.Database;
        Assert.Equal(1L, await database.Scalar($"SELECT COUNT(*) FROM {database.Table("platform", "audit")} WHERE kind = 'SignOut'"));

        await site.SetDay(13);
        await using var payer = await site.Visit();
        await payer.SignIn(site.Account("payer"));
        await CloseReviewDecideDeliver(payer);

        await using var insurer = await site.Visit();
        await insurer.SignIn(site.Account("insurer"));
        await Receive(insurer);
        await Withdraw(site, clinic, payer);
        await insurer.Page.GotoAsync("/inbox");
        await insurer.Page.Locator(".card a").First.ClickAsync();
        await insurer.SeeHeading("配信した請求の取下げ");
    }

    [Fact]
    public async Task Upload_WithoutJavaScript_ReachesTheSameResult()
    {
        await using var site = await PagesSite.Open();
        await using var clinic = await site.Visit(javaScript: false);
        await clinic.SignIn(site.Account("clinic"));
        await clinic.Click("レセプトを送信する");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        await clinic.Click("送信する");
        await clinic.SeeHeading("センターが受け取りました");
        await ReloadUntil(clinic, "点検の結果を見る", "最新の状態を表示する");
        await clinic.Click("点検の結果を見る");
        await clinic.SeeBadge("結果（確定待ち）");
        await Assertions.Expect(clinic.Page.GetByRole(AriaRole.Button, new() { Name = "印刷する" })).ToHaveCountAsync(0);

        await clinic.Click("請求確定へ進む");
        await clinic.Page.GetByRole(AriaRole.Button, new() { Name = "請求を確定する" }).ClickAsync();
        await clinic.See("請求を確定しました。");
        await clinic.SeeBadge("請求確定");
        await clinic.Look();
    }

    private static async Task SignInAfterAnError(PagesSite site, Visitor clinic)
    {
        var account = site.Account("clinic");
        await clinic.Page.GotoAsync("/claims/receptions");
        await clinic.SeeHeading("サインイン");
        await clinic.Look("sign-in");
        await clinic.Page.GetByLabel("利用者ID").FillAsync(account.Login);
        await clinic.Page.GetByLabel("パスワード").FillAsync("ちがうパスワード");
        await clinic.Click("サインイン");
        await Assertions.Expect(clinic.Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await clinic.Look();
        await clinic.Page.GetByLabel("パスワード").FillAsync(account.Password);
        await clinic.Click("サインイン");
        await clinic.SeeHeading("受付結果");
    }

    private static async Task Send(PagesSite site, Visitor clinic)
    {
        await clinic.Click("ホーム");
        await clinic.Look();
        await clinic.Click("レセプトを送信する");
        await clinic.See("画面からの送信は電子署名なしの持込みとして記録されます");
        await clinic.Page.GetByLabel(site.Account("payer").Organisation).CheckAsync();
        await clinic.Page.GetByLabel("レセプトのファイル").SetInputFilesAsync(site.ClaimFile);
        await clinic.Look("send");
        await clinic.Click("送信する");
        await clinic.SeeHeading("センターが受け取りました");
        await clinic.See("点検の結果を見る");
        await clinic.Look("sent");

        var (name, acknowledgement) = await clinic.Download("受領確認（.p7s）をダウンロード");
        Assert.Equal("RECEIPTC.UKE.ack.p7s", name);
        new SignedCms().Decode(acknowledgement);
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(site.ClaimFile)));
        Assert.Equal(digest, (await clinic.Page.Locator(".digest").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
    }

    private static async Task Read(Visitor clinic)
    {
        await clinic.Click("ホーム");
        await clinic.See("確認が必要なもの");
        await clinic.Look("home");
        await clinic.Click("受付結果");
        await clinic.Look();
        await clinic.Page.Locator("tbody th a").First.ClickAsync();
        await clinic.SeeBadge("結果（確定待ち）");
        await clinic.Look("result");

        await clinic.Page.GetByLabel("区分", new() { Exact = true }).SelectOptionAsync("返戻対象");
        await clinic.Click("絞り込む");
        await clinic.See("絞り込みの結果");
        await clinic.Look("findings");
        await clinic.Page.Locator(".finding-title a").First.ClickAsync();
        await clinic.SeeHeading("診療報酬明細書");
        await Assertions.Expect(clinic.Page.Locator(".finding")).Not.ToHaveCountAsync(0);
        await clinic.Look("claim", whole: true);
        await clinic.Page.GetByText("記録されたままの内容").ClickAsync();
        await Assertions.Expect(clinic.Page.Locator("table.records")).ToBeVisibleAsync();
        await clinic.Look();
        await clinic.Click("受付結果に戻る");

        var (_, csv) = await clinic.Export("指摘をCSVで保存", "指摘をファイルに書き出す");
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
    }

    private static async Task Confirm(Visitor clinic)
    {
        await clinic.Click("請求確定へ進む");
        await clinic.SeeHeading("この内容で請求を確定しますか");
        await clinic.Look("confirm");
        await clinic.Click("確定せずに戻る");
        await clinic.SeeBadge("結果（確定待ち）");
        await clinic.Click("請求確定へ進む");
        await clinic.Page.GetByRole(AriaRole.Button, new() { Name = "請求を確定する" }).ClickAsync();
        await clinic.See("請求を確定しました。");
        await clinic.SeeBadge("請求確定");
        await clinic.Look();
        await clinic.Click("サインアウト");
        await clinic.See("サインアウトしました。");
        await clinic.Page.GotoAsync("/claims/receptions");
        await clinic.SeeHeading("サインイン");
    }

    private static async Task CloseReviewDecideDeliver(Visitor payer)
    {
        await payer.SeeHeading("受付状況・審査");
        await payer.Look("payer");
        await payer.Click("締め切る");
        await payer.Look("close");
        await payer.Click("締め切る");
        await payer.See("1件の受付を締め切りました。");

        await payer.Page.Locator("tbody td a").First.ClickAsync();
        await payer.SeeBadge("締切");
        await payer.Look();
        await payer.Click("全件を請求どおりとする");
        await payer.Look();
        await payer.Click("請求どおりとする");
        await payer.See("請求どおりとしました。");
        await payer.SeeBadge("審査中");
        await payer.Look("review");

        await payer.Page.GetByRole(AriaRole.Navigation, new() { Name = "現在の場所" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await payer.Click("決定する");
        await payer.Look();
        await payer.Click("決定する");
        await payer.See("1件の受付を決定しました。");
        await payer.Click("配信する");
        await payer.Click("配信する");
        await payer.SeeHeading("配信しました");
        await payer.Look("delivered");
    }

    private static async Task Receive(Visitor insurer)
    {
        await insurer.SeeHeading("受信箱");
        await insurer.Look("inbox");
        await insurer.Page.Locator(".card a").First.ClickAsync();
        await insurer.SeeBadge("受け取り前");
        await insurer.Look("delivery");
        var shown = (await insurer.Page.Locator(".digest").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        var (_, content) = await insurer.Export("ダウンロード");
        Assert.Equal(shown, Convert.ToHexStringLower(SHA256.HashData(content)));
        await insurer.Click("受け取りました");
        await insurer.See("受け取りを記録しました。");
        await insurer.SeeBadge("受け取り済み");
        await insurer.Look();
    }

    /// <summary>締切の後の取下げ: the clinic asks for one claim, the payer grants it.</summary>
    private static async Task Withdraw(PagesSite site, Visitor clinic, Visitor payer)
    {
        await clinic.SignIn(site.Account("clinic"));
        await clinic.Page.GotoAsync("/claims/receptions");
        await clinic.Page.Locator("tbody th a").First.ClickAsync();
        await clinic.Page.Locator("#claims tbody tr", new() { HasText = "配信済み" }).Locator("th a").First.ClickAsync();
        await clinic.Click("取下げを依頼する");
        await clinic.SeeHeading("締切の後の取下げ");
        await clinic.Page.GetByLabel("理由").FillAsync("患者を取り違えて請求した");
        await clinic.Look();
        await clinic.Page.GetByRole(AriaRole.Button, new() { Name = "取下げを依頼する" }).ClickAsync();
        await clinic.See("1件の取下げを依頼しました。");
        await clinic.Look();

        await payer.Page.GotoAsync("/payer/withdrawals");
        await payer.See("1件が決定を待っています。");
        await payer.Look("withdrawals");
        await payer.Click("決定する");
        await payer.SeeHeading("取下げを認めますか");
        await payer.Page.GetByLabel("認める: ").CheckAsync();
        await payer.Page.GetByLabel("理由").FillAsync("依頼のとおり");
        await payer.Look();
        await payer.Click("決定する");
        await payer.See("取下げを認めました。");
        await payer.Look();
        await clinic.Page.ReloadAsync();
        await clinic.See("依頼のとおり");
        await clinic.Page.Locator("tbody th a").First.ClickAsync();
        await clinic.SeeBadge("取下げ");
        await clinic.Look();
    }

    /// <summary>Without a script nothing moves by itself: the page is read again until it says what is awaited.</summary>
    private static async Task ReloadUntil(Visitor visitor, string awaited, string again)
    {
        for (var i = 0; i < 300 && await visitor.Page.GetByText(awaited).CountAsync() == 0; i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
            await visitor.Click(again);
        }
    }
}
