using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>受付機 as the person sees it who put their card on the reader; the reader is made of software.</summary>
public sealed class KioskTests
{
    [Fact]
    public async Task Kiosk_AsksInTheLanguageOfThePerson_AndTheReaderGetsTheAnswers()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var kiosk = await site.Visit();
        await Open(site, kiosk);
        await kiosk.SeeHeading("カードをカードリーダーに置いてください");
        await kiosk.Look("kiosk-waiting");
        var inquiry = await reader.Ask("Pin");
        await kiosk.SeeHeading("情報を見せることへの同意");
        await kiosk.Look("kiosk");
        foreach (var (language, heading) in new[] { ("English", "Consent to share"), ("简体中文", "关于提供信息"), ("한국어", "정보 제공 동의") })
        {
            await kiosk.Click(language);
            await kiosk.SeeHeading(heading);
            await kiosk.Look(language == "English" ? "kiosk-english" : null);
        }

        await kiosk.Click("日本語");
        await kiosk.SeeHeading("情報を見せることへの同意");
        await kiosk.Click("一つずつ選ぶ");
        await kiosk.SeeHeading("「特定疾病療養受療証の情報」を見せることに同意しますか");
        await kiosk.Click("同意しない");
        await kiosk.SeeHeading("「お薬の情報」");

        // By keyboard.
        await kiosk.Page.GetByRole(AriaRole.Button, new() { Name = "同意する", Exact = true }).FocusAsync();
        await kiosk.Look("kiosk-question");
        await kiosk.Page.Keyboard.PressAsync("Enter");

        // 診療 and 手術 are not asked: as published, a facility does not use them until it says so.
        await kiosk.SeeHeading("「特定健診の結果」");
        await kiosk.Page.GetByRole(AriaRole.Button, new() { Name = "同意する", Exact = true }).ClickAsync();
        await kiosk.SeeHeading("これでよろしいですか");
        await kiosk.Look("kiosk-check");
        Assert.Equal("AtKiosk", (await reader.Result(inquiry)).GetProperty("state").GetString());
        await kiosk.Click("決定");
        await kiosk.SeeHeading("受け付けました");
        await kiosk.Look();
        var answer = await reader.Result(inquiry);
        Assert.Equal("Answered", answer.GetProperty("state").GetString());
        Assert.Equal(
            ["Limits", "Medicines", "Checkups"],
            answer.GetProperty("consents").EnumerateArray().Where(c => c.GetProperty("code").GetInt32() == 1).Select(c => c.GetProperty("kind").GetString()));
        Assert.Equal("関所　花子", answer.GetProperty("coverages")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("花子", await kiosk.Page.ContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>A screen without keyboard or mouse: everything is large enough for a finger; who walks away agreed to nothing.</summary>
    [Fact]
    public async Task Kiosk_ByTouchOnly_WorksInEachLanguage_AndTakesNobodysSilenceForYes()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var kiosk = await site.Visit(touch: true);
        await Open(site, kiosk);
        foreach (var language in new[] { "ja", "en", "zh-Hans", "ko" })
        {
            var inquiry = await reader.Ask("Pin");
            await Tap(kiosk, $".kiosk-languages a[lang={language}]", "button[value=one]");
            await Tap(kiosk, "button[value=one]", "button[value=yes]");
            for (var kind = 1; kind <= 3; kind++)
            {
                Assert.Equal(language, await kiosk.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
                await kiosk.Look();
                await Tap(kiosk, kind % 2 == 1 ? "button[value=no]" : "button[value=yes]", kind < 3 ? $".kiosk-progress:has-text('{kind + 1}')" : ".kiosk-summary");
            }

            Assert.Equal("AtKiosk", (await reader.Result(inquiry)).GetProperty("state").GetString());
            await kiosk.Page.Locator("form[action*=Send] button").TapAsync();
            await Assertions.Expect(kiosk.Page.Locator("form")).ToHaveCountAsync(0);
            var answer = await reader.Result(inquiry);
            Assert.Equal("Answered", answer.GetProperty("state").GetString());
            Assert.Equal(
                ["Limits", "Medicines"], answer.GetProperty("consents").EnumerateArray().Where(c => c.GetProperty("code").GetInt32() == 1).Select(c => c.GetProperty("kind").GetString()));
            await kiosk.Page.GotoAsync("/kiosk?lang=ja");
        }

        // Asked about everything already: what is left is to walk away after the first question.
        var left = await reader.Ask("Pin");
        await Tap(kiosk, "button[value=one]", "button[value=no]");
        await Assertions.Expect(kiosk.Page.Locator("button")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
        var over = await reader.Result(left);
        Assert.Equal("Answered", over.GetProperty("state").GetString());
        Assert.DoesNotContain("花子", await kiosk.Page.ContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>By touch: whose card signed sees who looked, closes it, and nothing of it comes back; left alone, it ends the check-in.</summary>
    [Fact]
    public async Task OwnAccesses_ByTouch_AreShownInEachLanguage_AndForgotten()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var kiosk = await site.Visit(touch: true);
        await Open(site, kiosk);
        for (var i = 0; i < 4; i++)
        {
            await reader.Ask("Pin");
            await Assertions.Expect(kiosk.Page.Locator(".kiosk-own button")).ToBeVisibleAsync();
        }

        var inquiry = await reader.Ask("Pin");
        await kiosk.Page.GotoAsync("/kiosk");
        foreach (var language in new[] { "en", "zh-Hans", "ko", "ja" })
        {
            await Tap(kiosk, $".kiosk-languages a[lang={language}]", $"html[lang={language}] .kiosk-own button");
            await Tap(kiosk, ".kiosk-own button", ".kiosk-accesses li");
            Assert.Equal(language, await kiosk.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
            Assert.EndsWith("/kiosk/accesses", kiosk.Page.Url, StringComparison.Ordinal);
            await kiosk.Look(language switch { "ja" => "kiosk-accesses", "en" => "kiosk-accesses-english", _ => null });
            if (language == "ja")
            {
                break;
            }

            await Tap(kiosk, ".kiosk-close", ".kiosk-own button");
        }

        await kiosk.See("保険の資格");
        Assert.DoesNotContain("花子", await kiosk.Page.ContentAsync(), StringComparison.Ordinal);
        await Tap(kiosk, ".kiosk-pages button[value='2']", ".kiosk-pages button[value='1']");
        await kiosk.Look();
        await Tap(kiosk, ".kiosk-close", ".kiosk-own button");
        Assert.Equal("AtKiosk", (await reader.Result(inquiry)).GetProperty("state").GetString());

        // Neither the back button nor the address brings it back.
        await kiosk.Page.GotoAsync("/kiosk/accesses");
        await Assertions.Expect(kiosk.Page.Locator(".kiosk-accesses")).ToHaveCountAsync(0);

        // Left alone with the list on the screen.
        await Tap(kiosk, ".kiosk-own button", ".kiosk-accesses li");
        await Assertions.Expect(kiosk.Page.Locator(".kiosk-accesses")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
        Assert.Equal("Answered", (await reader.Result(inquiry)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Kiosk_WithoutScript_Works_AndTheClerkIsSignedOut()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var kiosk = await site.Visit(javaScript: false);
        await Open(site, kiosk);
        var inquiry = await reader.Ask("Pin");
        await kiosk.Page.GotoAsync("/kiosk?lang=en");
        await kiosk.Click("Agree to all");
        await kiosk.SeeHeading("Is this correct?");
        await kiosk.Click("Confirm");
        await kiosk.SeeHeading("Thank you");
        Assert.Equal(4, (await reader.Result(inquiry)).GetProperty("consents").EnumerateArray().Count(c => c.GetProperty("code").GetInt32() == 1));
        var (name, face) = await reader.Face(inquiry);
        Assert.Matches("^OQSsiquc01res_face_1319000012[0-9a-f]{32}_[0-9]{14}\\.xml$", name);
        Assert.Contains("<PharmacistsInfoConsFlg>1</PharmacistsInfoConsFlg>", face, StringComparison.Ordinal);
        await kiosk.Page.GotoAsync("/kiosk/open");
        await kiosk.SeeHeading("サインイン");
    }

    [Fact]
    public async Task Sight_IsVouchedForByTheClerk()
    {
        await using var site = await PagesSite.Open();
        using var reader = await DemoReader.Of(site.Server);
        await using var head = await site.Visit();
        await head.SignIn(site.Account("clinic"));
        await head.Click("受付機");
        await head.Click("パスコードを発行する");
        var passcode = await head.Page.Locator("#passcode").TextContentAsync();
        await head.Look();
        var inquiry = await reader.Ask("Sight", kiosk: "");
        await using var clerk = await site.Visit();
        await clerk.SignIn(site.Account("nurse"));
        await clerk.Click("目視の確認");
        await clerk.See("関所　花子");
        await clerk.Look("sight");
        await clerk.Page.GetByLabel("目視用パスコード").FillAsync(passcode!);
        await clerk.Click("本人がいることを認める");
        await clerk.See("本人がいることを確認しました");
        await clerk.Look();
        var answer = await reader.Result(inquiry);
        Assert.Equal(("Answered", "Sight"), (answer.GetProperty("state").GetString(), answer.GetProperty("method").GetString()));
    }

    private static async Task Tap(Visitor kiosk, string what, string then)
    {
        var target = kiosk.Page.Locator(what).First;
        await Assertions.Expect(target).ToBeVisibleAsync();
        var box = (await target.BoundingBoxAsync())!;
        Assert.True(box.Width >= 44 && box.Height >= 44, $"{what}: {box.Width} × {box.Height}");
        await target.TapAsync();
        await Assertions.Expect(kiosk.Page.Locator(then).First).ToBeVisibleAsync();
    }

    private static async Task Open(PagesSite site, Visitor kiosk)
    {
        await kiosk.SignIn(site.Account("nurse"));
        await kiosk.Click("受付機");
        await kiosk.SeeHeading("受付機");
        await kiosk.Look("kiosk-open");
        await kiosk.Click("この画面を受付機にする");
    }
}
