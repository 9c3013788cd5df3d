using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>職員と役割 as the head of a small clinic sees it.</summary>
public sealed class PeopleTests
{
    [Fact]
    public async Task Head_AddsAColleague_WhoSignsIn_AndIsGoneInTwoClicks()
    {
        await using var site = await PagesSite.Open();
        await using var head = await site.Visit();
        await head.SignIn(site.Account("clinic"));
        await head.Click("職員と役割");
        await head.SeeHeading("職員と役割");
        await head.See("システム管理者（充て職）");
        Assert.Equal(0, await head.Page.Locator(".lack").CountAsync());
        await head.Look("people");

        await head.Click("職員を加える");
        await head.Page.GetByLabel("氏名").FillAsync("受付 みなみ");
        await head.Page.GetByLabel("利用者ID").FillAsync("minami");
        await head.Page.GetByLabel("請求担当").CheckAsync();
        await head.Look();
        await head.Click("この人を加える");
        await head.SeeHeading("受付 みなみ さんを加えました");
        var password = await head.Page.Locator(".receipt-number").InnerTextAsync();
        await head.Look();

        await using var clerk = await site.Visit();
        await clerk.SignInFirst(site.Account("clinic") with { Login = "minami", Password = password.Trim() }, "umi-8-tsukue-yozora");
        Assert.Equal(403, (await clerk.Page.GotoAsync("/people"))!.Status);

        await head.Click("職員と役割へ戻る");
        await head.Click("受付 みなみ さんを退職にする");
        await head.SeeHeading("退職にしますか");
        await head.Look();
        await head.Click("退職にする");
        await head.See("受付 みなみ さんを退職にしました。");
        await head.Page.Locator("summary").Last.ClickAsync();
        await head.See("退職しました（退職）");
        await head.Look();
        await clerk.Page.GotoAsync("/claims/send");
        await clerk.SeeHeading("サインイン");
    }

    [Fact]
    public async Task Centre_SeesWhatIsMissing_InAmber_AndFillsIt_WithoutJavaScript()
    {
        await using var site = await PagesSite.Open();
        await using var centre = await site.Visit(javaScript: false);
        await centre.SignIn(site.Account("centre"));
        await centre.Click("職員と役割");
        await centre.See("規程の採用が登録されていません。");
        var before = await centre.Page.Locator(".lack").CountAsync();
        await centre.Look("people-lacks");
        await centre.Click("規程を登録する");
        await centre.Page.GetByText("兼務しない").ClickAsync();
        await centre.Click("この規程の採用を登録する");
        await centre.See("の採用を登録しました。");
        Assert.Equal(before - 1, await centre.Page.Locator(".lack").CountAsync());
        await centre.Click("情報管理責任者を決める");
        await centre.SeeHeading("任命する");
        await centre.Page.GetByLabel("誰を").SelectOptionAsync(new SelectOptionValue { Label = "監査 五郎（auditor）" });
        await centre.Page.GetByText("（決定を、わたしが登録する）").First.ClickAsync();
        await centre.Page.GetByRole(AriaRole.Button, new() { Name = "任命する" }).ClickAsync();
        await centre.See("ID-0410");
        await centre.Page.GotoAsync("/help/permissions");
        await centre.SeeHeading("権限の表");
        await centre.Look();
    }
}
