using System.Net.Http.Headers;
using System.Text.Json;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Tests.Eligibility.OpenApi;

/// <summary>The description of a running site, and whether what really goes over the line is what it says.</summary>
internal sealed class Description
{
    private readonly JsonElement _document;
    private readonly SchemaCheck _check;

    private Description(string text)
    {
        Text = text;
        _document = JsonSerializer.Deserialize<JsonElement>(text);
        _check = new SchemaCheck(_document);
    }

    public string Text { get; }

    public JsonElement Document => _document;

    public SchemaCheck Check => _check;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Description> Of(TestSite site)
    {
        using var anybody = new HttpClient { BaseAddress = site.People };
        return new Description(await anybody.GetStringAsync(new Uri("/openapi.json", UriKind.Relative), Ct));
    }

    public JsonElement Door(string method, string path) => _document.GetProperty("paths").GetProperty(path).GetProperty(method);

    /// <summary>A device asks; both what it sends and what it gets are as described. What it gets.</summary>
    public async Task<JsonElement> Post(Desk desk, string path, object body, int status = 200, string? door = null)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, SiteJson.Options);
        Sent(door ?? path, JsonSerializer.Deserialize<JsonElement>(bytes));
        return await Post(desk, path, "application/json", bytes, status, door);
    }

    /// <summary>The same with a body that is not JSON, or not what it should be.</summary>
    public async Task<JsonElement> Post(Desk desk, string path, string type, byte[] body, int status = 200, string? door = null)
    {
        using var answer = await desk.Send(path, type, body, desk.Sign(body));
        Assert.True(Takes(door ?? Bare(path), type) is not null, $"{path} does not take {type}");
        return await Answered("post", door ?? Bare(path), answer, status);
    }

    /// <summary>A request file is answered with a result file, of which the description says nothing but its type.</summary>
    public async Task PostFile(Desk desk, string path, byte[] body, string door)
    {
        using var answer = await desk.Send(path, "application/xml", body, desk.Sign(body));
        Assert.True(Takes(door, "application/xml") is not null, $"{door} does not take a file");
        var said = Said("post", door, answer, 200);
        Assert.True(said.GetProperty("content").TryGetProperty(answer.Content.Headers.ContentType!.MediaType!, out _), $"{door}: {answer.Content.Headers.ContentType}");
    }

    /// <summary>Without a signature: a person posts, or a machine gets.</summary>
    public async Task<JsonElement> Send(HttpClient http, string method, string path, object? body = null, int status = 200, string? door = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, SiteJson.Options)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            Sent(door ?? path, JsonSerializer.SerializeToElement(body, SiteJson.Options));
        }

        using var answer = await http.SendAsync(request, Ct);
        return await Answered(method.ToLowerInvariant(), door ?? Bare(path), answer, status);
    }

    /// <summary>A person sends a file.</summary>
    public async Task<JsonElement> Send(HttpClient http, string path, string type, byte[] body, int status = 200)
    {
        Assert.True(Takes(path, type) is not null, $"{path} does not take {type}");
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
        return await Answered("post", path, answer, status);
    }

    private static string Bare(string path) => path.Split('?')[0];

    private void Sent(string door, JsonElement body) => Assert.Empty(_check.Faults(body, Takes(Bare(door), "application/json")!.Value.GetProperty("schema")));

    private JsonElement? Takes(string door, string type) =>
        Door("post", door).TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty(type, out var content) ? content : null;

    /// <summary>What came is as described for this status.</summary>
    public async Task<JsonElement> Answered(string method, string door, HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(status == (int)answer.StatusCode, $"{door}: {(int)answer.StatusCode} {text}");
        var said = Said(method, door, answer, status);
        var json = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Empty(_check.Faults(json, said.GetProperty("content").GetProperty(answer.Content.Headers.ContentType!.MediaType!).GetProperty("schema")));
        return json;
    }

    /// <summary>What is said of an answer with this status, and that its headers are there.</summary>
    private JsonElement Said(string method, string door, HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        var answers = Door(method, door).GetProperty("responses");
        var said = answers.TryGetProperty($"{status}", out var own) ? own : answers.GetProperty("default");
        said = said.TryGetProperty("$ref", out var reference) ? _check.Resolve(reference.GetString()!) : said;
        foreach (var header in said.GetProperty("headers").EnumerateObject())
        {
            Assert.True(answer.Headers.Contains(header.Name), $"{door}: no {header.Name}");
        }

        return said;
    }
}
