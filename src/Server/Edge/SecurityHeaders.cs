using Sekisho.Contracts;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>Headers that every answer carries, and its classification: 厳秘 unless the endpoint says otherwise.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IConfiguration configuration)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Nothing of it is used, but for a passkey on our own pages.
    private const string Features =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), "
        + "publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=()";

    // Browsers apply it to every port of a host: on a developer's localhost it would close the plain people port.
    private readonly bool _httpsOnly = !configuration.IsDevelopmentSite();

    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(() => Set(context));
        return next(context);
    }

    private Task Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Features;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (_httpsOnly)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        var classification = context.GetEndpoint()?.Metadata.GetMetadata<ClassifiedAttribute>()?.Classification ?? Classification.StrictlyConfidential;
        headers.TryAdd("Sekisho-Classification", NameOf(classification));
        FileGuard.Check(context, headers["Sekisho-Classification"].ToString());
        if (classification != Classification.Public && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    internal static string NameOf(Classification classification) => classification switch
    {
        Classification.Public => "public",
        Classification.Confidential => "confidential",
        Classification.StrictlyConfidential => "strictly-confidential",
        _ => throw new ArgumentOutOfRangeException(nameof(classification)),
    };
}
