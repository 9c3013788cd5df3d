using System.Text.Json;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>A person of the demo world.</summary>
internal sealed record DemoAccount(string Login, string Password, string Name, string Organisation, string Role);

/// <summary>A demo site with a browser in front of it.</summary>
internal sealed class PagesSite : IAsyncDisposable
{
    private readonly Chromium _chromium;

    private PagesSite(Chromium chromium, ServerProcess server)
    {
        _chromium = chromium;
        Server = server;
        Accounts = AccountsOf(server);
    }

    public ServerProcess Server { get; }

    public IReadOnlyList<DemoAccount> Accounts { get; }

    /// <summary>The demo clinic's claim file.</summary>
    public string ClaimFile => Server.Demo("RECEIPTC.UKE");

    /// <summary>A site on the 8th of the claims month of the demo clinic's file: inside the sending window.</summary>
    public static async Task<PagesSite> Open(params string[] settings)
    {
        var chromium = await Chromium.Launch();
        var site = new PagesSite(chromium, await ServerProcess.Start(Provider.Sqlite, settings));
        await site.SetDay(8);
        return site;
    }

    public async Task SetDay(int day)
    {
        using var centre = new Participant(Server.Machines, Server.Demo("centre.pfx"));
        await centre.SetBusinessTime(ClaimFiles.Moment(ClaimFile, day));
    }

    /// <summary>The person of an organisation: clinic, payer, insurer.</summary>
    public DemoAccount Account(string who) => Accounts.Single(a => a.Login == who);

    /// <summary>The same of a demo site without this one.</summary>
    public static DemoAccount Account(ServerProcess server, string who) => AccountsOf(server).Single(a => a.Login == who);

    public Task<Visitor> Visit(bool javaScript = true, bool touch = false) => _chromium.Visit(Server.People, javaScript, touch);

    /// <summary>By another name of the same machine: passkeys need a name, not an address.</summary>
    public Task<Visitor> Visit(string host) => _chromium.Visit(new UriBuilder(Server.People) { Host = host }.Uri, javaScript: true);

    private static List<DemoAccount> AccountsOf(ServerProcess server)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(server.Demo("demo.json")));
        return json.RootElement.GetProperty("accounts").Deserialize<List<DemoAccount>>(JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await Server.DisposeAsync();
    }
}
