using Microsoft.Playwright;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>An installed chromium, driven by Playwright; the test is skipped visibly when there is none.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Chromium> Launch()
    {
        var path = Environment.GetEnvironmentVariable("SEKISHO_CHROMIUM") ?? "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(path), $"chromium がありません ({path}。SEKISHO_CHROMIUM で場所を指定できます)。");
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Timeout = 180_000,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=ja", "--font-render-hinting=none"],
            Env = new Dictionary<string, string> { ["LANGUAGE"] = "ja", ["LANG"] = "ja_JP.UTF-8", ["HOME"] = Path.GetTempPath(), ["PATH"] = "/usr/bin:/bin" },
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A person at a screen of their own: own cookies, own window.</summary>
    public async Task<Visitor> Visit(Uri site, bool javaScript = true, bool touch = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.AbsoluteUri,
            JavaScriptEnabled = javaScript,
            HasTouch = touch,
            Locale = "ja-JP",
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(60_000);
        return new Visitor(context, await context.NewPageAsync(), javaScript);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
