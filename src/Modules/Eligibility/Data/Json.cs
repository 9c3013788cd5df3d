using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>The site's JSON, where null is not a text: what the records say is never null is not. Otherwise it is malformed, as the site answers it.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new(SiteJson.Options) { RespectNullableAnnotations = true };

    public static T Read<T>(ReadOnlySpan<byte> bytes)
        where T : class => JsonSerializer.Deserialize<T>(bytes, Options) ?? throw new JsonException("null");

    public static async ValueTask<T> Body<T>(HttpRequest request, CancellationToken ct)
        where T : class => await JsonSerializer.DeserializeAsync<T>(request.Body, Options, ct) ?? throw new JsonException("null");
}
