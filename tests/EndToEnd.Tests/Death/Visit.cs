using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sekisho.EndToEnd.Tests.Death;

/// <summary>A person at the pages, without a browser.</summary>
internal sealed partial class Visit : IDisposable
{
    private readonly HttpClient _http;

    private Visit(Uri people) => _http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = people };

    public static async Task<Visit> SignIn(ServerProcess server, string login)
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(server.Demo("demo.json")));
        var account = json.RootElement.GetProperty("accounts").EnumerateArray().Single(a => a.GetProperty("login").GetString() == login);
        var visit = new Visit(server.People);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["form-token"] = await visit.Token("/sign-in"),
            ["Login"] = login,
            ["Password"] = account.GetProperty("password").GetString()!,
        });
        using var answer = await visit._http.PostAsync("/sign-in", form);
        await Courier.Expect(answer, "sign-in", HttpStatusCode.Redirect);
        return visit;
    }

    /// <summary>Brings a claim file as the page does.</summary>
    public async Task HandOver(Guid payer, byte[] file)
    {
        var token = await Token("/claims/send");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "form-token" },
            { new StringContent(payer.ToString()), "payer" },
            { new ByteArrayContent(file), "file", "RECEIPTC.UKE" },
        };
        using var answer = await _http.PostAsync("/claims/send", form);
        await Courier.Expect(answer, "hand-over", HttpStatusCode.Redirect);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> Token(string page) => TokenField().Match(await _http.GetStringAsync(page)).Groups[1].Value;

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
