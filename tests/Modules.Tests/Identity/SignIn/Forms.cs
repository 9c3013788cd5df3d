using System.Net;
using System.Text.RegularExpressions;

namespace Sekisho.Modules.Tests.Identity.SignIn;

/// <summary>Somebody at the pages, without a browser: keeps cookies, fills in forms with their token, follows no redirect by itself.</summary>
internal sealed partial class Forms : IDisposable
{
    private readonly HttpClient _http;

    public Forms(TestSite site) => _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false, UseProxy = false })
    {
        BaseAddress = site.People,
        DefaultRequestHeaders = { { "Accept", "text/html" }, { "Origin", site.People.GetLeftPart(UriPartial.Authority) } },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public CookieContainer Cookies { get; } = new();

    /// <summary>Status and body of a page; the place it leads to instead of the body when it leads on.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Get(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return await Read(answer);
    }

    /// <summary>Posts a form of a page.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Post(string page, string action, params (string Name, string Value)[] fields)
    {
        var (_, html) = await Get(page);
        var token = Token().Match(html);
        Assert.True(token.Success, $"{page} has no form: {html[..Math.Min(html.Length, 300)]}");
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("form-token", token.Groups[1].Value)));
        using var answer = await _http.PostAsync(new Uri(action, UriKind.Relative), form, Ct);
        return await Read(answer);
    }

    public Task<(HttpStatusCode Status, string Text)> SignIn(string login, string password) => Post("/sign-in", "/sign-in", ("Login", login), ("Password", password));

    /// <summary>Signs in and expects to be led to <paramref name="to"/>.</summary>
    public async Task SignsIn(string login, string password, string to = "/")
    {
        var (status, text) = await SignIn(login, password);
        Assert.Equal((HttpStatusCode.Redirect, to), (status, text));
    }

    public Task<(HttpStatusCode Status, string Text)> ChangePassword(string current, string password) =>
        Post("/me/password", "/me/password", ("Current", current), ("New", password), ("Repeated", password));

    public async Task<bool> IsSignedIn() => (await Get("/me/credentials")).Status == HttpStatusCode.OK;

    public void Dispose() => _http.Dispose();

    private static async Task<(HttpStatusCode Status, string Text)> Read(HttpResponseMessage answer) =>
        (answer.StatusCode, answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync(Ct));

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
