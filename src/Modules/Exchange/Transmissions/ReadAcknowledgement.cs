using Microsoft.AspNetCore.Http;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>GET /exchange/transmissions/{id}/acknowledgement and …/proof, for the sender only. Scoped.</summary>
internal sealed class ReadAcknowledgement(
    DbSession session, TransmissionTable table, AcknowledgementWait acknowledgements, LedgerReading ledger, ICurrentActor current)
{
    public async Task<IResult> Acknowledgement(Guid id, CancellationToken ct) =>
        (await Mine(new(id), ct)).ToResult(Answer);

    public async Task<IResult> Proof(Guid id, CancellationToken ct)
    {
        if ((await Mine(new(id), ct)).Refused(out var refusal, out _))
        {
            return refusal.ToResult();
        }

        await session.Read(ct);
        var row = await table.Find(new(id), ct);
        var proof = await ledger.Proof(row!.LogIndex!.Value, ct);
        return Results.Bytes(proof.ToBytes(), "application/json");
    }

    public async Task<IResult> TlogProof(Guid id, CancellationToken ct)
    {
        if ((await Mine(new(id), ct)).Refused(out var refusal, out _))
        {
            return refusal.ToResult();
        }

        await session.Read(ct);
        var row = await table.Find(new(id), ct);
        return Results.Bytes((await ledger.TlogProof(row!.LogIndex!.Value, ct)).ToBytes(), "text/plain; charset=utf-8");
    }

    private static IResult Answer(byte[] acknowledgement)
    {
        FaultPoints.Pass("exchange.acknowledgement.answering");
        return Results.Bytes(acknowledgement, "application/cms");
    }

    private async ValueTask<Outcome<byte[]>> Mine(TransmissionId id, CancellationToken ct)
    {
        await session.Read(ct);
        var row = await table.Find(id, ct);
        var mine = row is not null && row.Sender == current.Actor.Organisation && row.Provenance != Provenance.Centre;
        var stored = mine && row!.LogIndex is not null ? await table.Acknowledgement(id, ct) : null;
        await session.Rollback();
        return stored is not null ? stored : mine ? await acknowledgements.Get(id, ct) : Refusals.NoAcknowledgement;
    }
}
