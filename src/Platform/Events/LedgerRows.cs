using Sekisho.Platform.Data;

namespace Sekisho.Platform.Events;

/// <summary>A ledger entry as stored, for whoever keeps a row beside it.</summary>
/// <param name="Position">Where.</param>
/// <param name="Id">Which entry, as it is written there.</param>
/// <param name="Leaf">Its bytes.</param>
public sealed record LedgerRow(long Position, string Id, byte[] Leaf);

/// <summary>Whoever keeps rows beside the ledger's entries of one kind proves that the rows still say what the leaves say.</summary>
public interface ILedgerRows
{
    /// <summary>The kind of entry, e.g. <c>audit</c>.</summary>
    string Kind { get; }

    /// <summary>What does not hold, in Japanese with its place, for a page of entries of this kind. A reading transaction is running.</summary>
    ValueTask<IReadOnlyList<string>> Compare(DbSession session, IReadOnlyList<LedgerRow> entries, CancellationToken ct);

    /// <summary>How many rows there are: as many as entries, or rows were added or lost.</summary>
    ValueTask<long> Count(DbSession session, CancellationToken ct);
}
