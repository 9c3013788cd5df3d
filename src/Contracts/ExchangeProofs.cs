namespace Sekisho.Contracts.Exchange;

/// <summary>An entry of the ledger, as outsiders may see it.</summary>
/// <param name="Position">Where.</param>
/// <param name="Id">Which entry.</param>
/// <param name="Kind">audit, acknowledgement or receipt.</param>
/// <param name="Leaf">Its bytes.</param>
/// <param name="LeafHash">RFC 6962 leaf hash.</param>
public sealed record LedgerPlace(long Position, Guid Id, string Kind, byte[] Leaf, byte[] LeafHash);

/// <summary>One proof for many leaves under one signed checkpoint.</summary>
/// <param name="Size">Leaves of the ledger.</param>
/// <param name="Checkpoint">CMS over the checkpoint.</param>
/// <param name="Hashes">See MerkleBatch in Wire.</param>
public sealed record LedgerBatchProof(long Size, byte[] Checkpoint, IReadOnlyList<byte[]> Hashes);

/// <summary>Positions and proofs of ledger entries, within the current transaction.</summary>
public interface ILedgerProofs
{
    /// <summary>Where these entries stand; those the sequencer has not reached are left out.</summary>
    ValueTask<IReadOnlyList<LedgerPlace>> Places(IReadOnlyCollection<Guid> entries, CancellationToken ct);

    /// <summary>All entries from one position up to another.</summary>
    ValueTask<IReadOnlyList<LedgerPlace>> Range(long from, long until, CancellationToken ct);

    /// <summary>Proves the leaves at <paramref name="positions"/> (ascending) against the ledger as it stands.</summary>
    ValueTask<LedgerBatchProof> Prove(IReadOnlyList<long> positions, CancellationToken ct);

    /// <summary>Proves one leaf.</summary>
    ValueTask<Wire.LogProof> ProveOne(long position, CancellationToken ct);
}
