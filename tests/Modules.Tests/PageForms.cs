using System.Net;
using System.Text.RegularExpressions;

namespace Sekisho.Modules.Tests;

/// <summary>Forms of pages, filled in by a client that has a session already.</summary>
internal static partial class PageForms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Posts a form that stands on <paramref name="page"/>; status, the file's name when the answer is one, and the text.</summary>
    public static async Task<(HttpStatusCode Status, string Name, string Text)> Post(HttpClient http, string page, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create("form-token", await Token(http, page))]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative)) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await http.SendAsync(request, Ct);
        var name = answer.Content.Headers.ContentDisposition?.FileNameStar ?? answer.Content.Headers.ContentDisposition?.FileName ?? "";
        return (answer.StatusCode, name, await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>A page as a browser gets it.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> Get(HttpClient http, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(page, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await http.SendAsync(request, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>The token of the form on a page.</summary>
    public static async Task<string> Token(HttpClient http, string page) => FormToken().Match((await Get(http, page)).Text).Groups[1].Value;

    [GeneratedRegex("name=\"form-token\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
