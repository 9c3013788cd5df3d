using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Playwright;
using Sekisho.Tests.VirtualCards;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>
/// A card that nobody registered, from the reader to the result: a real pcscd with the simulated card, the real agent, the real site, and the kiosk in a real browser.
/// </summary>
public sealed class KioskRegistrationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UnregisteredCard_IsRegisteredAtTheKiosk_AndTheInquiryGoesOn()
    {
        await using var terminal = await AgentTerminal.Open();
        await using var chromium = await Chromium.Launch();
        using var authority = new CardAuthority();
        authority.Trust(Path.Combine(terminal.Server.Folder, "card-authorities"));
        using var card = authority.Issue("1234");

        // The card lies on it to the end: it is the reader that goes first.
        await using var reader = await VirtualReader.Start();
        await using var kiosk = await chromium.Visit(terminal.Server.People, javaScript: true);
        await Open(terminal, kiosk);
        terminal.Sekisho.With("PCSCLITE_CSOCK_NAME", reader.Socket);
        var port = FreePort();
        using var agent = terminal.Start(null, "--cards", "--kiosk", "1", "--page", port);
        await using var desk = await chromium.Visit(new Uri($"http://127.0.0.1:{port}"), javaScript: true);
        await EnterDesk(terminal, desk);

        await PutDown(reader, card, desk);
        await kiosk.SeeHeading("このカードは、まだ保険証として使えません");
        await kiosk.Look("kiosk-register");
        foreach (var (language, heading) in new[] { ("English", "not yet registered"), ("简体中文", "尚未登记"), ("한국어", "등록되지 않았습니다") })
        {
            await kiosk.Click(language);
            await kiosk.SeeHeading(heading);
            await kiosk.Look();
        }

        await kiosk.Click("日本語");
        await kiosk.SeeHeading("このカードは");
        await desk.SeeHeading("受付機で利用登録をしてください");
        await kiosk.Page.GetByRole(AriaRole.Button, new() { Name = "登録する", Exact = true }).ClickAsync();
        await kiosk.SeeHeading("資格確認書のとおりに入力してください");
        await Fill(kiosk, "髙橋　吉子");
        await kiosk.Look("kiosk-register-form");
        await kiosk.Click("この内容で登録する");

        // One letter is another: what was typed is there to be corrected, and which of it was wrong is not said.
        await kiosk.SeeHeading("資格確認書のとおりに入力してください");
        await kiosk.See("あと 2 回");
        Assert.Equal("06139018", await kiosk.Page.GetByLabel("保険者番号").InputValueAsync());
        await kiosk.Look();
        await kiosk.Page.GetByLabel("氏名", new() { Exact = true }).FillAsync("髙橋 𠮷子");
        await kiosk.Click("この内容で登録する");
        await kiosk.SeeHeading("情報を見せることへの同意");
        Assert.DoesNotContain("𠮷子", await kiosk.Page.ContentAsync(), StringComparison.Ordinal);
        await kiosk.Click("すべて同意する");
        await kiosk.Click("決定");
        await kiosk.SeeHeading("受け付けました");
        await AgentTerminal.Eventually(() => Faces(terminal).Count == 1);
        var face = await File.ReadAllTextAsync(Faces(terminal)[0], Stop);
        Assert.Contains("<QualificationValidity>1<", face, StringComparison.Ordinal);
        Assert.Contains("<PharmacistsInfoConsFlg>1<", face, StringComparison.Ordinal);

        // By one PIN; and the next time the card is known.
        Assert.Equal(1, card.PinsShown);
        await reader.Remove();
        await AgentTerminal.Eventually(() => terminal.Status().GetProperty("reader").GetString() == "ready");
        await PutDown(reader, card, desk);
        await kiosk.Page.GotoAsync("/kiosk");
        await kiosk.SeeHeading("情報を見せることへの同意");

        // Taken away before anything was chosen: over, and nothing is left on the screen for whoever comes by. In the moment of choosing: the answer comes all the same.
        await reader.Remove();
        await kiosk.SeeHeading("この受付は終わりました");
        await AgentTerminal.Eventually(() => terminal.Status().GetProperty("reader").GetString() == "ready");
        Assert.Single(Faces(terminal));
        await PutDown(reader, card, desk);
        await desk.SeeHeading("受付機で選んでください");
        await kiosk.Page.GotoAsync("/kiosk");
        await kiosk.SeeHeading("情報を見せることへの同意");
        await kiosk.Click("すべて同意する");
        await kiosk.Click("決定");
        await kiosk.SeeHeading("受け付けました");
        await reader.Remove();
        await AgentTerminal.Eventually(() => Faces(terminal).Count == 2);
        var said = (await AgentTerminal.Terminate(agent)).Expect(0);
        Assert.DoesNotContain("髙橋", said.Error, StringComparison.Ordinal);
        Assert.Single(said.Error.Split('\n'), l => l.Contains("CI-0116", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Newcomer_WhoDeclines_IsSentToTheDesk_WithoutScriptToo()
    {
        await using var terminal = await AgentTerminal.Open();
        await using var chromium = await Chromium.Launch();
        using var authority = new CardAuthority();
        authority.Trust(Path.Combine(terminal.Server.Folder, "card-authorities"));
        using var card = authority.Issue("1234");

        // The card lies on it to the end: it is the reader that goes first.
        await using var reader = await VirtualReader.Start();
        card.AcceptsFace = true;
        await using var kiosk = await chromium.Visit(terminal.Server.People, javaScript: false);
        await Open(terminal, kiosk);
        terminal.Sekisho.With("PCSCLITE_CSOCK_NAME", reader.Socket);
        var vendor = terminal.Sekisho.PathOf("vendor.sh");
        await File.WriteAllTextAsync(vendor, "#!/bin/sh\nread asked\necho '{\"result\":\"Match\",\"statement\":\"Test Reader 1.0 match\"}'\n", Stop);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(vendor, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var agent = terminal.Start(null, "--cards", "--kiosk", "1", "--face-command", vendor);
        await reader.Insert(card);
        await Arrives(kiosk);
        await kiosk.Click("Finish without registering");
        await kiosk.SeeHeading("The registration has ended");

        // The agent is told with its next look.
        await Said(agent, "EL-0410");
        await reader.Remove();
        await AgentTerminal.Eventually(() => terminal.Status().GetProperty("reader").GetString() == "ready");

        await reader.Insert(card);
        await Arrives(kiosk);
        await kiosk.Click("Register now");
        await kiosk.Page.SelectOptionAsync("select", "西暦");
        await Fill(kiosk, "髙橋　𠮷子", "1980", english: true);
        await kiosk.Click("Register with this");
        await kiosk.SeeHeading("Registering your card");
        for (var i = 0; i < 100 && await kiosk.Page.GetByText("Registering your card").IsVisibleAsync(); i++)
        {
            await Task.Delay(200, Stop);
            await kiosk.Click("Continue");
            await kiosk.Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        }

        await kiosk.SeeHeading("Consent to share");
        (await AgentTerminal.Terminate(agent)).Expect(0);
    }

    private static async Task Said(Process agent, string what)
    {
        string? line;
        do
        {
            line = await agent.StandardError.ReadLineAsync(Stop);
        }
        while (line is not null && !line.Contains(what, StringComparison.Ordinal));

        Assert.NotNull(line);
    }

    /// <summary>Somebody is at the kiosk: without a script the page is asked for again.</summary>
    private static async Task Arrives(Visitor kiosk)
    {
        for (var i = 0; i < 100; i++)
        {
            await kiosk.Page.GotoAsync("/kiosk?lang=en");
            if (kiosk.Page.Url.Contains("/kiosk/register", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(200, Stop);
        }

        Assert.Fail(await kiosk.Page.ContentAsync());
    }

    private static async Task Fill(Visitor kiosk, string name, string year = "55", bool english = false)
    {
        await kiosk.Page.GetByLabel(english ? "Insurer number" : "保険者番号").FillAsync("06139018");
        await kiosk.Page.GetByLabel(english ? "Symbol" : "記号").FillAsync("12-3");
        await kiosk.Page.Locator("#Number").FillAsync("1");
        await kiosk.Page.Locator("#Branch").FillAsync("01");
        await kiosk.Page.Locator("input[name='Form.Year']").FillAsync(year);
        await kiosk.Page.Locator("input[name='Form.Month']").FillAsync("5");
        await kiosk.Page.Locator("input[name='Form.Day']").FillAsync("５");
        await kiosk.Page.Locator("#Name").FillAsync(name);
    }

    private static async Task PutDown(VirtualReader reader, VirtualJpkiCard card, Visitor desk)
    {
        await reader.Insert(card);

        // The idle page asks by itself: nobody reloads it.
        await desk.Page.Locator("#pin").WaitForAsync();
        await desk.Page.Locator("#pin").FillAsync("1234");
        await desk.Click("決定");
    }

    private static async Task EnterDesk(AgentTerminal terminal, Visitor desk)
    {
        await AgentTerminal.Eventually(() => File.Exists(terminal.Sekisho.PathOf("state/page.url")));
        await desk.Page.GotoAsync((await File.ReadAllTextAsync(terminal.Sekisho.PathOf("state/page.url"), Stop)).Split("URL=")[1].Trim());
    }

    private static async Task Open(AgentTerminal terminal, Visitor kiosk)
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(terminal.Server.Demo("demo.json"), Stop));
        var accounts = json.RootElement.GetProperty("accounts").Deserialize<List<DemoAccount>>(JsonSerializerOptions.Web)!;
        await kiosk.SignIn(accounts.Single(a => a.Login == "nurse"));
        await kiosk.Click("受付機");
        await kiosk.Click("この画面を受付機にする");
    }

    private static List<string> Faces(AgentTerminal terminal) =>
        Directory.Exists(terminal.FaceFolder) ? [.. Directory.GetFiles(terminal.FaceFolder, "*.xml")] : [];

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
