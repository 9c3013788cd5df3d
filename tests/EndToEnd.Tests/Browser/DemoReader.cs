using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>Somebody whom the demo insurer covers; 枝番 01.</summary>
internal sealed record DemoHolder(string Symbol, string Number, string Name, string Kana, string Sex, string Birth)
{
    public const string Insurer = "06139018";
}

/// <summary>The clinic's device with the demo card on its reader, registered for somebody whom the demo insurer covers.</summary>
internal sealed class DemoReader : IDisposable
{
    private readonly HttpClient _client;
    private readonly JwsSigner _signer;
    private readonly X509Certificate2 _card;

    private DemoReader(ServerProcess server)
    {
        var certificates = X509CertificateLoader.LoadPkcs12CollectionFromFile(server.Demo("clinic.pfx"), null);
        var device = certificates.First(c => c.HasPrivateKey);
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = Participant.Tls(device, certificates.First(c => !c.HasPrivateKey)) }) { BaseAddress = server.Machines };
        _signer = new JwsSigner(device);
        _card = X509CertificateLoader.LoadPkcs12FromFile(server.Demo("card.pfx"), null);
    }

    public static Task<DemoReader> Of(ServerProcess server) => Of(server, new DemoHolder("１２－３", "77", "関所　花子", "セキショ ハナコ", "2", "1980-05-05"));

    /// <summary>The demo card is registered for them; their insurer registers them first where it has not.</summary>
    public static async Task<DemoReader> Of(ServerProcess server, DemoHolder holder)
    {
        using var insurer = new Participant(server.Machines, server.Demo("insurer.pfx"));
        await insurer.Post("/eligibility/coverages", new
        {
            id = "K" + holder.Number,
            coverage = new
            {
                insurer = DemoHolder.Insurer,
                symbol = holder.Symbol,
                number = holder.Number,
                branch = "01",
                name = holder.Name,
                kana = holder.Kana,
                sex = holder.Sex,
                birth = holder.Birth,
                acquired = "2020-04-01",
                ratio = "030",
                insurerName = "桜商事健康保険組合（デモ）",
            },
        });
        var reader = new DemoReader(server);
        await reader.Send("/eligibility/cards/registrations", await reader.Shown("Registration", "Pin", new()
        {
            ["card"] = new { insurer = DemoHolder.Insurer, symbol = holder.Symbol, number = holder.Number, branch = "01", birth = holder.Birth },
            ["name"] = holder.Name,
        }));
        return reader;
    }

    /// <summary>A new inquiry, for the kiosk called 1.</summary>
    public async Task<string> Ask(string method, string kiosk = "1") =>
        (await Send("/eligibility/cards/inquiries", await Shown("Inquiry", method, new() { ["kiosk"] = kiosk }))).GetProperty("id").GetString()!;

    /// <summary>The person agrees at the reader itself, without a kiosk.</summary>
    public async Task Agree(params string[] kinds) =>
        await Send("/eligibility/cards/inquiries", await Shown("Inquiry", "Pin", new() { ["consents"] = kinds.ToDictionary(k => k, _ => true) }));

    public Task<JsonElement> Result(string id) => Send($"/eligibility/cards/inquiries/{id}/result", new { });

    /// <summary>The file for the face folder, and its name.</summary>
    public async Task<(string Name, string Content)> Face(string id)
    {
        using var response = await Sent($"/eligibility/cards/inquiries/{id}/result", new { }, "application/xml");
        Assert.True(response.IsSuccessStatusCode && response.Headers.Contains(DetachedJws.HttpHeader));
        return (response.Headers.GetValues("Sekisho-File-Name").Single(), await response.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        _client.Dispose();
        _signer.Dispose();
        _card.Dispose();
    }

    private async Task<Dictionary<string, object>> Shown(string purpose, string method, Dictionary<string, object> asked)
    {
        asked["certificate"] = _card.RawData;
        asked["method"] = method;
        if (method == "Sight")
        {
            return asked;
        }

        var challenge = await Send("/eligibility/cards/challenges", new { purpose });
        string Of(string name) => challenge.GetProperty(name).GetString()!;
        var text = $"sekisho-card-v1\n{Of("environment")}\n{Of("purpose")}\n{Of("id")}\n{Of("nonce")}\n{Of("institution")}";
        using var key = _card.GetRSAPrivateKey()!;
        asked["challenge"] = Of("id");
        asked["signature"] = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return asked;
    }

    private async Task<JsonElement> Send(string path, object body)
    {
        using var response = await Sent(path, body, "application/json");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> Sent(string path, object body, string accept)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Accept.Add(new(accept));
        request.Headers.Add(DetachedJws.HttpHeader, _signer.Sign(JwsTypes.Inquiry, TimeProvider.System.GetUtcNow(), bytes));
        return await _client.SendAsync(request);
    }
}
