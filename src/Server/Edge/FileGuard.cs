using Sekisho.Contracts;
using Sekisho.Wire;

namespace Sekisho.Server.Edge;

/// <summary>厳秘の書き出し: a 厳秘 file leaves only where its door says that it is an export, and to a person only with a reason on record. Stands before the first byte of an answer.</summary>
internal static class FileGuard
{
    private static readonly string[] _files = ["text/csv", "application/zip", "application/octet-stream", "application/pdf", "application/x-pkcs12"];

    /// <summary>A fault of ours when it is not so: nothing is sent.</summary>
    public static void Check(HttpContext context, string classification)
    {
        if (context.Response.StatusCode >= StatusCodes.Status300MultipleChoices
            || classification != SecurityHeaders.NameOf(Classification.StrictlyConfidential)
            || context.GetEndpoint()?.Metadata is not { } metadata
            || !IsFile(context.Response)
            || metadata.GetMetadata<NotAnExportAttribute>() is not null)
        {
            return;
        }

        var exports = metadata.GetMetadata<ExportsAttribute>();
        var byPerson = context.Features.Get<Actor>()?.Person is not null;
        if (exports is null || (byPerson && exports.Kind == AuditKind.FileExported && context.Features.Get<StatedExport>() is null))
        {
            throw new InvalidOperationException($"{context.GetEndpoint()!.DisplayName} answers with a 厳秘 file and asked for no reason");
        }
    }

    private static bool IsFile(HttpResponse response) =>
        response.Headers.ContentDisposition.Count > 0 || _files.Any(f => response.ContentType?.StartsWith(f, StringComparison.OrdinalIgnoreCase) is true);
}
