using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sekisho.EndToEnd.Tests;

/// <summary>The agent's own page: entered by a link that works once, and the last known answers when nothing can be asked.</summary>
public sealed class AgentPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastAnswers_AreFoundWithoutALine_MarkedOld_AndSealedOnDisk()
    {
        await using var terminal = await AgentTerminal.Open();
        var port = FreePort();
        using var agent = terminal.Start(null, "--page", port);
        terminal.Ask("OQSsiquc01req_1.xml", AgentTerminal.Request("1", "a"));
        await terminal.Answered("OQSsiquc01res_1.xml");
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var before = new HttpClient { BaseAddress = stranger.BaseAddress };
        Assert.Contains("センターにつながっています", await before.GetStringAsync(await Link(terminal), Stop), StringComparison.Ordinal);
        await terminal.Server.Kill();
        terminal.Ask("OQSsiquc01req_2.xml", AgentTerminal.Request("2", "b"));
        await AgentTerminal.Eventually(() => terminal.Status() is var now && now.GetProperty("waiting").GetInt32() == 1 && now.GetProperty("state").GetString() == "down");
        Assert.Matches("センターにつながりません（[0-9: -]+ から、CI-[0-9]+）。.*要求 1 件が待っています。つながり次第、順に答えます。", await before.GetStringAsync("/", Stop));
        File.Delete(terminal.Sekisho.PathOf("OQS/req/OQSsiquc01req_2.xml"));

        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/", Stop)).StatusCode);
        using var browser = new HttpClient { BaseAddress = stranger.BaseAddress };
        var link = await Link(terminal);
        var idle = await browser.GetStringAsync(link, Stop);
        Assert.DoesNotContain("カードを置いて", idle, StringComparison.Ordinal);
        Assert.Contains("http-equiv=refresh", idle, StringComparison.Ordinal);
        Assert.Contains("href=/last", idle, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv=refresh", await browser.GetStringAsync("/last", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync(link, Stop)).StatusCode);
        Assert.NotEqual(link, await Link(terminal));
        Assert.Equal(HttpStatusCode.Forbidden, (await Search(stranger, "1")).StatusCode);

        foreach (var text in new[] { "1", "０１", "髙橋", "タカハシ" })
        {
            var page = WebUtility.HtmlDecode(await (await Search(browser, text)).Content.ReadAsStringAsync(Stop));
            Assert.Contains("髙橋　𠮷子", page, StringComparison.Ordinal);
            Assert.Contains("いまの資格ではありません", page, StringComparison.Ordinal);
            Assert.Contains("分前", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("髙橋", WebUtility.HtmlDecode(await (await Search(browser, "2")).Content.ReadAsStringAsync(Stop)), StringComparison.Ordinal);
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, "/last") { Content = new FormUrlEncodedContent([new("text", "1")]) })
        {
            foreign.Headers.Add("Origin", "http://example.org");
            Assert.Equal(HttpStatusCode.NotFound, (await browser.SendAsync(foreign, Stop)).StatusCode);
        }

        Assert.Contains("77777779", await browser.GetStringAsync("/procedure", Stop), StringComparison.Ordinal);
        Assert.Contains("申立年月日", await browser.GetStringAsync("/statement", Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/statement", Stop)).StatusCode);
        (await AgentTerminal.Terminate(agent)).Expect(0);

        // The line is still down when the agent starts the next morning.
        using (var again = terminal.Start(null, "--page", port))
        {
            await AgentTerminal.Eventually(() => File.Exists(terminal.Sekisho.PathOf("state/page.url")) && terminal.Status().GetProperty("state").GetString() == "down");
            using var morning = new HttpClient { BaseAddress = stranger.BaseAddress };
            await morning.GetStringAsync(await Link(terminal), Stop);
            Assert.Contains("髙橋　𠮷子", WebUtility.HtmlDecode(await (await Search(morning, "1")).Content.ReadAsStringAsync(Stop)), StringComparison.Ordinal);
            (await AgentTerminal.Terminate(again)).Expect(0);
        }

        var kept = Assert.Single(Directory.GetFiles(terminal.Sekisho.PathOf("state/last")));
        var bytes = await File.ReadAllBytesAsync(kept, Stop);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("髙橋")));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("06139018"u8));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(terminal.Sekisho.PathOf("state/last.key")));
        }

        // A month later it is gone; and nothing stays when nothing shall be kept.
        await terminal.Server.Start();
        File.SetLastWriteTimeUtc(kept, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-31));
        (await terminal.Once()).Expect(0);
        Assert.Empty(Directory.GetFiles(terminal.Sekisho.PathOf("state/last")));
        (await terminal.Once("--last", "0")).Expect(0);
        Assert.False(File.Exists(terminal.Sekisho.PathOf("state/last.key")));
    }

    private static async Task<string> Link(AgentTerminal terminal) =>
        (await File.ReadAllTextAsync(terminal.Sekisho.PathOf("state/page.url"), Stop)).Split("URL=")[1].Trim();

    private static async Task<HttpResponseMessage> Search(HttpClient browser, string text) =>
        await browser.PostAsync("/last", new FormUrlEncodedContent([new("text", text)]), Stop);

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
