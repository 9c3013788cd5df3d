using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>DELETE /exchange/uploads/{id}: the sender gives an unfinished upload up. What is acknowledged stays. Scoped.</summary>
internal sealed class DeleteUpload(
    DbSession session, UploadProgress progress, UploadLocks locks, TransmissionTable table, ContentStore store, Audit audit, ICurrentActor current, Gate gate)
{
    public async Task<IResult> Handle(Guid id, CancellationToken ct)
    {
        using var held = locks.TryTake(id);
        if (held is null)
        {
            return Tus.Problem(Refusals.UploadBusy);
        }

        if ((await progress.Find(new(id), current.Actor, ct)).Refused(out var refusal, out var row))
        {
            return Tus.Problem(refusal);
        }

        await session.Write(ct);
        if (!await table.End(row, TransmissionState.Terminated, null, ct))
        {
            await session.Rollback();
            return Tus.Problem(StatusCodes.Status409Conflict, Refusals.AlreadyReceived);
        }

        await audit.Record(AuditKind.TransmissionUpload, row.Id.ToString(), "terminated", ct);
        await session.Commit(ct);
        gate.Line.Leave(row.Id.Value);
        FaultPoints.Pass("exchange.terminate.committed");
        store.Delete(row.Content!.Value);
        return Results.NoContent();
    }
}
