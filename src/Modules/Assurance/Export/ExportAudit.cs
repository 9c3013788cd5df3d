using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Export;

/// <summary>監査ログの書き出し: a reason, one ZIP, and an event that names the ZIP's digest before anybody gets it. Scoped.</summary>
internal sealed class ExportAudit(
    GatherExport gather, AuditViews views, IDeviceAdministration devices, DataFolder folder, Audit audit, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/assurance/audit/exports", async (AuditQuery query, HttpContext http, IAuditLog log, ICurrentActor current, CancellationToken ct) =>
            (await log.Export(current.Actor, query, ct)).ToResult(export =>
            {
                http.Response.Headers["Sekisho-Content-Sha256"] = export.Sha256;
                return Results.Stream(export.Content, "application/zip", export.FileName);
            }))
        .Requires(Permission.ExportAudit)
        .Audits(AuditKind.AuditExported)
        .WithMetadata(new ExportsAttribute(AuditKind.AuditExported));

    public async ValueTask<Outcome<AuditExport>> Run(Actor by, AuditQuery query, CancellationToken ct)
    {
        if (!by.May(Permission.ExportAudit))
        {
            return Refusals.NotAuditor;
        }

        if (!Audit.IsReason(query.Reason))
        {
            return Refusals.ReasonMissing;
        }

        if (views.Of(by, query).Refused(out var refusal, out var view) || (await gather.Run(view, ct)).Refused(out refusal, out var gathered))
        {
            return refusal;
        }

        var file = Temporary();
        try
        {
            var bundle = new BundleWriter(gathered, view, by, devices.AuthorityPem, time.Now());
            await bundle.Write(file, ct);
            file.Position = 0;
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
            file.Position = 0;
            var events = gathered.Places.Count(p => p.State == BundledState.Event);
            await audit.Alone(
                new AuditEvent(
                    AuditKind.AuditExported,
                    "sha256:" + digest,
                    string.Create(CultureInfo.InvariantCulture, $"{AuditViews.Words(view)} full={gathered.Full} protected={query.IncludeProtected} events={events}"))
                {
                    By = by,
                    Reason = query.Reason!.Trim(),
                },
                ct);
            return new AuditExport(bundle.FileName, digest, events, file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Readable by its owner only, gone when closed.</summary>
    private FileStream Temporary()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(folder.Sub("exports"), Guid.NewGuid().ToString("N")), options);
    }
}
