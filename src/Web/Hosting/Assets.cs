using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Sekisho.Contracts;

namespace Sekisho.Web.Hosting;

/// <summary>Style sheet, script and mark: embedded, addressed by their digest, cached for ever.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, Asset> _assets = new[]
    {
        Load("site.css", "text/css; charset=utf-8"),
        Load("site.js", "text/javascript; charset=utf-8"),
        Load("mark.svg", "image/svg+xml"),
    }.ToDictionary(a => a.Name);

    /// <summary>Address of an asset, with its digest.</summary>
    public static string Address(string name) => $"/assets/{name}?v={_assets[name].Digest}";

    public static void MapAssets(this IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in _assets.Values)
        {
            endpoints.MapGet("/assets/" + asset.Name, (HttpContext context) => Answer(context, asset))
                .WithMetadata(new OpenToAllAttribute("画面の体裁。個人情報を含まない。"), new NotAuditedAttribute("画面の体裁。"));
        }
    }

    private static IResult Answer(HttpContext context, Asset asset)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Digest}\""));
    }

    private static Asset Load(string name, string contentType)
    {
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Asset {name} is not embedded");
        using var copy = new MemoryStream();
        source.CopyTo(copy);
        var content = copy.ToArray();
        return new Asset(name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, string Digest);
}
