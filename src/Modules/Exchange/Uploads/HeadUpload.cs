using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>HEAD /exchange/uploads/{id}: where to go on. OPTIONS: what is spoken here. Scoped.</summary>
internal sealed class HeadUpload(UploadProgress progress, ICurrentActor current, ExchangeOptions options)
{
    public async Task<IResult> Handle(Guid id, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if ((await progress.Of(new(id), current.Actor, http.RequestAborted)).Refused(out var refusal, out var at))
        {
            return Tus.Problem(refusal);
        }

        http.Response.Headers["Upload-Offset"] = at.Offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Upload-Length"] = at.Row.Length.ToString(CultureInfo.InvariantCulture);
        Tus.Describe(at.Row, http.Response);
        return Results.Ok();
    }

    public IResult Options(HttpContext http)
    {
        http.Response.Headers["Tus-Version"] = Tus.Version;
        http.Response.Headers["Tus-Extension"] = "expiration,termination";
        http.Response.Headers["Tus-Max-Size"] = options.MaxLength.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }
}
