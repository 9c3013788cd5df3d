using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>What the tus 1.0 protocol wants said in headers and status codes.</summary>
internal static class Tus
{
    public const string Version = "1.0.0";
    public const string ContentType = "application/offset+octet-stream";
    public const string AcknowledgementType = "application/cms";

    /// <summary>Every answer names the version; every request but OPTIONS must.</summary>
    public static ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Tus-Resumable"] = Version;
        if (!HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers["Tus-Resumable"] != Version)
        {
            http.Response.Headers["Tus-Version"] = Version;
            return new(Problem(StatusCodes.Status412PreconditionFailed, Refusals.TusVersion));
        }

        return next(context);
    }

    /// <summary>Said outright only: clients that know tus alone accept anything and expect 204.</summary>
    public static bool WantsAcknowledgement(HttpRequest request) => request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(AcknowledgementType, StringComparison.OrdinalIgnoreCase));

    public static void Describe(TransmissionRow row, HttpResponse response)
    {
        response.Headers["Tus-Resumable"] = Version;
        if (row.Expires is { } expires)
        {
            response.Headers["Upload-Expires"] = expires.ToString("r", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A refusal with the status that tus gives it.</summary>
    public static IResult Problem(Refusal refusal) =>
        refusal == Refusals.UploadGone ? Problem(StatusCodes.Status410Gone, refusal)
        : refusal == Refusals.UploadBusy ? Problem(StatusCodes.Status423Locked, refusal)
        : refusal.ToResult();

    public static IResult Problem(int status, Refusal refusal) => refusal.ToResult(status);
}
