using Microsoft.AspNetCore.Http;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>GET /exchange/ledger/checkpoint and …/consistency, and the proofs of single leaves. Scoped.</summary>
internal sealed class LedgerReading(DbSession session, Checkpoints checkpoints)
{
    public async Task<IResult> Checkpoint(CancellationToken ct)
    {
        await session.Read(ct);
        return Results.Bytes(await checkpoints.Signed(await new LedgerTable(session).Head(ct), ct), "application/cms");
    }

    public async Task<IResult> Consistency(long from, long to, CancellationToken ct)
    {
        await session.Read(ct);
        var table = new LedgerTable(session);
        if (from < 0 || to < from || to > (await table.Head(ct)).Size)
        {
            return Refusals.NoSuchSize.ToResult();
        }

        var path = await MerkleTree.ConsistencyProof(from, to, table, ct);
        return Results.Json(new { from, to, path = path.Select(Convert.ToBase64String) });
    }

    /// <summary>Inclusion of a leaf in the current head. A reading transaction is running.</summary>
    public async ValueTask<LogProof> Proof(long index, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        var head = await table.Head(ct);
        var path = await MerkleTree.InclusionProof(index, head.Size, table, ct);
        return new LogProof(index, path, await checkpoints.Signed(head, ct));
    }
}

/// <summary>Signs the ledger's state for the centre, once per size. Singleton.</summary>
internal sealed class Checkpoints(LedgerOrigin origin, ICertificates certificates)
{
    private volatile Made? _last;

    private sealed record Made(long Size, byte[] Cms);

    public async ValueTask<byte[]> Signed(LedgerHead head, CancellationToken ct)
    {
        var last = _last;
        if (last?.Size != head.Size)
        {
            last = new Made(head.Size, certificates.SignAsCentre(new Checkpoint(await origin.Get(ct), head.Size, head.Root).ToBytes()));
            _last = last;
        }

        return last.Cms;
    }
}
