using System.Text.Json;

namespace Sekisho.EndToEnd.Tests;

/// <summary>A demo site inside its sending window, and the demo clinic's command line with its claim file: where most tests begin.</summary>
internal sealed class Clinic : IAsyncDisposable
{
    private Clinic(ServerProcess server) => Server = server;

    /// <summary>Who holds the claims of the demo file after the decision.</summary>
    public static IReadOnlyList<string> Insurers { get; } = ["insurer", "wakaba", "fukushi"];

    public ServerProcess Server { get; }

    public SekishoCommand Sekisho { get; } = new();

    /// <summary>The demo clinic's claim file, copied into the user's folder.</summary>
    public string File => Sekisho.PathOf("RECEIPTC.UKE");

    public string Acknowledgement => File + ".ack.p7s";

    public string Month => ClaimFiles.BillingMonth(File);

    public static async Task<Clinic> Open(Provider provider, params string[] settings)
    {
        var clinic = new Clinic(await ServerProcess.Start(provider, settings));
        System.IO.File.Copy(clinic.Server.Demo("RECEIPTC.UKE"), clinic.File);
        await clinic.SetDay(8);
        return clinic;
    }

    public async Task SetDay(int day)
    {
        using var centre = As("centre");
        await centre.SetBusinessTime(ClaimFiles.Moment(File, day));
    }

    /// <summary>A participant of the demo world.</summary>
    public Participant As(string who) => new(Server.Machines, Server.Demo(who + ".pfx"));

    /// <summary>The options that connect as somebody of the demo world.</summary>
    public string[] Connected(string who, Uri? server = null) => ["--server", (server ?? Server.Machines).AbsoluteUri, "--cert", Server.Demo(who + ".pfx")];

    /// <summary>Sends the claim file and waits for the result; the answer of <c>send --json</c>.</summary>
    public Task<JsonElement> Send() => Sekisho.Json(0, ["send", File, .. Connected("clinic")]);

    /// <summary>Sends, confirms, closes, reviews and decides: everything before the delivery.</summary>
    public async Task<string> Decide()
    {
        var number = (await Send()).GetProperty("number").GetString()!;
        (await Sekisho.Run(["confirm", number, .. Connected("clinic")])).Expect(0);
        await SetDay(13);
        using var payer = As("payer");
        await payer.Post($"/claims/months/{Month}/close");
        await payer.Post($"/claims/receptions/{number}/review", new { decision = "AsClaimed" });
        await payer.Post($"/claims/months/{Month}/decide");
        return number;
    }

    public async ValueTask DisposeAsync()
    {
        Sekisho.Dispose();
        await Server.DisposeAsync();
    }
}
