using System.Reflection;
using System.Security.Cryptography;
using System.Text;
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
        Load("passkey.js", "text/javascript; charset=utf-8"),
        Load("kiosk.css", "text/css; charset=utf-8"),
        Load("kiosk.js", "text/javascript; charset=utf-8"),
        Load("mark.svg", "image/svg+xml"),
    }.ToDictionary(a => a.Name);

    /// <summary>An embedded text that goes into a document instead of being fetched.</summary>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

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
        var content = Bytes(name);
        return new Asset(name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }

    private static byte[] Bytes(string name)
    {
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Asset {name} is not embedded");
        using var copy = new MemoryStream();
        source.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed record Asset(string Name, string ContentType, byte[] Content, string Digest);
}
