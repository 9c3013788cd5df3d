using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>Files over HTTP: sent as they are, and what became of them.</summary>
internal static class FileDoor
{
    public static void Map<TRegistration>(IEndpointRouteBuilder endpoints, string path, Permission permission, AuditKind kind, string what)
        where TRegistration : IFileRegistration
    {
        endpoints.MapPost(path, async (string file, HttpRequest request, TRegistration registration, ICurrentActor current, CancellationToken ct) =>
            {
                CoverageFileForm? form = request.ContentType?.Split(';')[0].Trim() switch
                {
                    "text/csv" => CoverageFileForm.Csv,
                    "application/x-ndjson" => CoverageFileForm.JsonLines,
                    _ => null,
                };
                return form is not { } known
                    ? Refusals.UnknownForm.ToResult()
                    : (await registration.TakeFile(current.Actor, file, known, request.Body, ct)).ToResult(report => Results.Json(report, SiteJson.Options));
            })
            .WithMetadata(new RequestSizeLimitAttribute(8L << 30))
            .Takes<Stream>("text/csv", "application/x-ndjson")
            .Produces<CoverageFileReport>()
            .WithSummary(what + "をファイルで登録（同じ番号で送り直すと続きから）")
            .Requires(permission)
            .Audits(kind);
        endpoints.MapGet(path, async (string file, TRegistration registration, ICurrentActor current, CancellationToken ct) =>
                (await registration.FileReport(current.Actor, file, ct)).ToResult(report => Results.Json(report, SiteJson.Options)))
            .Produces<CoverageFileReport>()
            .WithSummary(what + "のファイルの結果")
            .Requires(permission)
            .Audits(kind);
    }
}
