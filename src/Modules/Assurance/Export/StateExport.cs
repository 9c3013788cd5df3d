using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Export;

/// <summary>厳秘の書き出し: asks a person for the reason and records it before the file begins. Who forgets to ask is stopped by the edge.</summary>
internal sealed class StateExport(ICurrentActor current, AccessRecorder recorder, IHttpContextAccessor accessor) : IExports
{
    /// <summary>Where a program of a person states the reason: UTF-8, percent-encoded.</summary>
    public const string Header = "Sekisho-Reason";

    private const int LongestReason = 200;

    public async ValueTask<Outcome<bool>> State(string subject, string what, string? reason, CancellationToken ct)
    {
        if (current.Actor.Person is null)
        {
            return true;
        }

        var why = (reason ?? Stated())?.Trim() ?? "";
        if (!Audit.IsReason(why) || why.Length > LongestReason)
        {
            return Refusals.ExportWithoutReason;
        }

        await recorder.Record(new AuditEvent(AuditKind.FileExported, subject, what) { By = current.Actor, Reason = why }, ct);
        accessor.HttpContext?.Features.Set(new StatedExport());
        return true;
    }

    private string? Stated() => accessor.HttpContext?.Request.Headers[Header].ToString() is { Length: > 0 } value ? Uri.UnescapeDataString(value) : null;
}
