using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Answers others' questions about positions and proofs, in the caller's transaction. Scoped.</summary>
internal sealed class LedgerProofs(DbSession session, Checkpoints checkpoints, LedgerReading reading) : ILedgerProofs
{
    private const int Many = 200;

    private string Entries => session.Prefix("exchange") + "ledger_entry";

    public async ValueTask<IReadOnlyList<LedgerPlace>> Places(IReadOnlyCollection<Guid> entries, CancellationToken ct)
    {
        var places = new List<LedgerPlace>();
        foreach (var some in entries.Chunk(Many))
        {
            var names = string.Join(", ", some.Select((_, i) => "@p" + i));
            places.AddRange(await Read($"position IS NOT NULL AND id IN ({names})", [.. some.Select((id, i) => ("p" + i, (object?)id))], ct));
        }

        return places;
    }

    public async ValueTask<IReadOnlyList<LedgerPlace>> Range(long from, long until, CancellationToken ct) =>
        await Read("position >= @from AND position < @until ORDER BY position", [("from", from), ("until", until)], ct);

    public async ValueTask<LedgerBatchProof> Prove(IReadOnlyList<long> positions, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        var head = await table.Head(ct);
        return new LedgerBatchProof(head.Size, await checkpoints.Signed(head, ct), await MerkleBatch.Prove(positions, head.Size, table, ct));
    }

    public ValueTask<LogProof> ProveOne(long position, CancellationToken ct) => reading.Proof(position, ct);

    private ValueTask<List<LedgerPlace>> Read(string condition, (string, object?)[] parameters, CancellationToken ct) => session.Query(
        $"SELECT position, id, kind, leaf FROM {Entries} WHERE {condition}",
        r =>
        {
            var leaf = (byte[])r.GetValue(3);
            return new LedgerPlace(r.GetInt64(0), r.GetGuid(1), r.GetString(2), leaf, MerkleTree.LeafHash(leaf));
        },
        ct,
        parameters);
}
