using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>Somebody who clicks and types. Every page they look at is held to the accessibility rules, and nothing may break the content security policy.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly bool _javaScript;
    private readonly List<string> _complaints = [];

    public Visitor(IBrowserContext context, IPage page, bool javaScript)
    {
        _context = context;
        _javaScript = javaScript;
        Page = page;
        page.Console += (_, message) =>
        {
            // The browser reports every refused request here; those are asked for and checked by the tests themselves.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public async Task SignIn(DemoAccount account)
    {
        await Page.GotoAsync("/");
        await Page.GetByLabel("利用者ID").FillAsync(account.Login);
        await Page.GetByLabel("パスワード").FillAsync(account.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await Assertions.Expect(Page.GetByText(account.Organisation).First).ToBeVisibleAsync();
    }

    /// <summary>With a password somebody else set: the first thing asked for is one of their own.</summary>
    public async Task SignInFirst(DemoAccount account, string own)
    {
        await Page.GotoAsync("/");
        await Page.GetByLabel("利用者ID").FillAsync(account.Login);
        await Page.GetByLabel("パスワード").FillAsync(account.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "サインイン" }).ClickAsync();
        await SeeHeading("パスワードの変更");
        await Look();
        await Page.GetByLabel("いまのパスワード").FillAsync(account.Password);
        await Page.GetByLabel("新しいパスワード ※必須").FillAsync(own);
        await Page.GetByLabel("新しいパスワード（確認）").FillAsync(own);
        await Click("変更する");
        await Assertions.Expect(Page.GetByText(account.Organisation).First).ToBeVisibleAsync();
    }

    public Task Click(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name }).Or(Page.GetByRole(AriaRole.Button, new() { Name = name })).First.ClickAsync();

    public Task See(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    public Task SeeHeading(string text) => Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = new Regex(Regex.Escape(text)) })).ToBeVisibleAsync();

    public Task SeeBadge(string text) => Assertions.Expect(Page.Locator("main .badge").First).ToHaveTextAsync(text);

    /// <summary>Saves what a link downloads; its bytes and the name it came with.</summary>
    public async Task<(string Name, byte[] Content)> Download(string link)
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Click(link));
        return (download.SuggestedFilename, await File.ReadAllBytesAsync(await download.PathAsync()));
    }

    /// <summary>The same for a 厳秘 file: opens what hides the form, says why, and saves it.</summary>
    public async Task<(string Name, byte[] Content)> Export(string link, string? disclosure = null)
    {
        if (disclosure is not null)
        {
            await Page.GetByText(disclosure).ClickAsync();
        }

        await Page.Locator("#export-reason").FillAsync("試験で内容を確かめるため");
        return await Download(link);
    }

    /// <summary>Holds the page to the rules that hold for every page, and keeps its picture when asked to (SEKISHO_APPROVE=1).</summary>
    public async Task Look(string? picture = null, bool whole = false)
    {
        await Page.WaitForLoadStateAsync(LoadState.Load);
        Assert.Empty(_complaints);
        if (_javaScript)
        {
            Assert.Empty(await Page.EvaluateAsync<string[]>(Accessibility.Script));
        }

        if (picture is not null && Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            // The caret stays: hiding it would add a style to the page.
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(Repository.Root, "docs", "screenshots", picture + ".png"),
                FullPage = whole,
                Caret = ScreenshotCaret.Initial,
            });
        }
    }

    /// <summary>The same on a screen and on a phone: nothing is cut off, what is wide scrolls within itself, nothing is too small to read.</summary>
    public async Task LookAtBothWidths(string? picture = null)
    {
        await Look(picture, whole: true);
        foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
        {
            await Page.SetViewportSizeAsync(width, height);
            Assert.Empty(await Page.EvaluateAsync<string[]>(
                "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth && !e.parentElement.closest('.table-scroll')).map(e => e.outerHTML.slice(0, 80))"));
            Assert.Empty(await Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('main p, main td, main th, main h1, main h2')].filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < (e.matches('.month') ? 11 : 13)).map(e => e.outerHTML.slice(0, 80))"));
            await Look();
        }

        if (picture is not null)
        {
            await Look(picture + "-phone");
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
