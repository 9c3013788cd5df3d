using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>Why a sealed value is opened.</summary>
internal sealed record OpenReason(string? Reason);

/// <summary>One event: its details, whose data it was (with a reason), its proof. Scoped.</summary>
internal sealed class ReadEvent(DbSession session, AuditTable table, AuditEntries entries, ISubjectHashes hashes, ILedgerProofs ledger, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/assurance/audit/{id:guid}", async (Guid id, IAuditLog log, ICurrentActor current, CancellationToken ct) =>
                (await log.Find(current.Actor, id, ct)).ToResult(entry => Results.Json(entry, SiteJson.Options)))
            .Requires(Permission.ReadAudit).Audits(AuditKind.AuditRead);
        endpoints.MapGet("/assurance/audit/{id:guid}/proof", async (Guid id, IAuditLog log, ICurrentActor current, CancellationToken ct) =>
                (await log.Proof(current.Actor, id, ct)).ToResult(proof => Results.Bytes(proof.ToBytes(), "application/json")))
            .Requires(Permission.ReadAudit).Audits(AuditKind.AuditRead);
        endpoints.MapPost("/assurance/audit/{id:guid}/open", async (Guid id, OpenReason why, IAuditLog log, ICurrentActor current, CancellationToken ct) =>
                (await log.Open(current.Actor, id, why.Reason ?? "", ct)).ToResult(subject => Results.Json(subject, SiteJson.Options)))
            .Requires(Permission.OpenSealed).Audits(AuditKind.AuditOpened);
    }

    public async ValueTask<Outcome<AuditEntry>> Find(Actor by, Guid id, CancellationToken ct)
    {
        await session.Read(ct);
        Outcome<AuditEntry> found = await Visible(by, id, evenProtected: false, ct) is { } row ? (await entries.Of([row], ct))[0] : Refusals.NoSuchEvent;
        // A page may go on to an act in the same scope.
        await session.Rollback();
        return found;
    }

    public async ValueTask<Outcome<LogProof>> Proof(Actor by, Guid id, CancellationToken ct)
    {
        await session.Read(ct);
        if (await Visible(by, id, evenProtected: false, ct) is not { } row)
        {
            return Refusals.NoSuchEvent;
        }

        return (await ledger.Places([row.Id], ct)) is [var place] ? await ledger.ProveOne(place.Position, ct) : Refusals.NotYetPlaced;
    }

    public async ValueTask<Outcome<DataSubject>> Open(Actor by, Guid id, string reason, CancellationToken ct)
    {
        if (!by.May(Permission.OpenSealed))
        {
            return Refusals.NotAuditor;
        }

        if (!Audit.IsReason(reason))
        {
            return Refusals.ReasonMissing;
        }

        await session.Write(ct);
        if (await Visible(by, id, evenProtected: true, ct) is not { Sealed: { } sealedValue })
        {
            return Refusals.NoSuchEvent;
        }

        var subject = hashes.Open(sealedValue);
        await audit.Record(
            new AuditEvent(AuditKind.AuditOpened, id.ToString("D"), subject is null ? "gone" : "opened") { By = by, Whose = subject, Reason = reason.Trim() }, ct);
        await session.Commit(ct);
        return subject is null ? Refusals.NoSuchEvent : subject;
    }

    /// <summary>The event when the asker may see it; that of a protected person only for the whole site's auditor who may open and says why.</summary>
    private async ValueTask<AuditRow?> Visible(Actor by, Guid id, bool evenProtected, CancellationToken ct)
    {
        var site = by.May(Permission.ReadSiteAudit);
        if ((!site && !by.May(Permission.ReadAudit)) || await table.Find(id, ct) is not { } row || (!site && row.Organisation != by.Organisation.Value))
        {
            return null;
        }

        return (evenProtected && site) || !(await table.Withheld(ct)).Hides(row) ? row : null;
    }
}
