using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Uploads;

/// <summary>How far an upload is.</summary>
internal readonly record struct Progress(TransmissionRow Row, long Offset);

/// <summary>
/// Finds an upload for its sender and tells its durable offset. When a crash fell between the last byte and the acknowledgement, this is where the
/// transmission is completed. Scoped.
/// </summary>
internal sealed class UploadProgress(
    DbSession session, TransmissionTable table, ContentStore store, UploadLocks locks, Completion completion, TimeProvider time)
{
    /// <summary>The upload, when it is the actor's and not over. Uploads of others do not exist.</summary>
    public async ValueTask<Outcome<TransmissionRow>> Find(TransmissionId id, Actor actor, CancellationToken ct)
    {
        await session.Read(ct);
        var row = await table.Find(id, ct);
        await session.Rollback();
        if (row is null || row.Sender != actor.Organisation || row.Provenance != Provenance.SenderSigned)
        {
            return Refusals.UnknownTransmission;
        }

        return row.State == TransmissionState.Refused ? Refusals.ForEver(row.Refusal ?? "")
            : row.IsGone(time.GetUtcNow()) ? Refusals.UploadGone
            : row;
    }

    public async ValueTask<Outcome<Progress>> Of(TransmissionId id, Actor actor, CancellationToken ct)
    {
        using var held = locks.TryTake(id.Value);
        if (held is null)
        {
            return Refusals.UploadBusy;
        }

        if ((await Find(id, actor, ct)).Refused(out var refusal, out var row))
        {
            return refusal;
        }

        if (row.State == TransmissionState.Received)
        {
            return new Progress(row, row.Length);
        }

        bool finished;
        long offset;
        using (var writer = store.Write(row.Content!.Value, row.Length))
        {
            (finished, offset) = (writer.IsFinished, writer.Offset);
        }

        if (finished && (await completion.Run(row)).Refused(out refusal, out _))
        {
            return refusal;
        }

        return new Progress(finished ? row with { State = TransmissionState.Received } : row, offset);
    }
}
