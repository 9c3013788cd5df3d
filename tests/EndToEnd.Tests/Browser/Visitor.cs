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

    /// <summary>Holds the page to the rules that hold for every page, and keeps its picture when asked to (SEKISHO_APPROVE=1).</summary>
    public async Task Look(string? picture = null)
    {
        await Page.WaitForLoadStateAsync(LoadState.Load);
        Assert.Empty(_complaints);
        if (_javaScript)
        {
            Assert.Empty(await Page.EvaluateAsync<string[]>(Accessibility.Script));
        }

        if (picture is not null && Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "docs", "screenshots", picture + ".png") });
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
