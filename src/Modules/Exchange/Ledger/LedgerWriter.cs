using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>What a ledger entry is.</summary>
internal static class LedgerKinds
{
    /// <summary>The leaf is the event's.</summary>
    public const string Audit = "audit";

    /// <summary>The leaf is the statement; the entry's id is the transmission's.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>The leaf is the recipient's CMS.</summary>
    public const string Receipt = "receipt";
}

/// <summary>Queues leaves in the caller's transaction. Scoped.</summary>
internal sealed class LedgerWriter(DbSession session, LedgerSignal signal, AwaitedSignal awaited) : ILedger
{
    private static readonly RowShape _row = new("exchange", "ledger_entry", ("id", Uuid), ("kind", Text), ("leaf", Bytes));

    public async ValueTask Append(Guid entry, string kind, ReadOnlyMemory<byte> leaf, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaf.Length, EntryBundle.MaxEntry, nameof(leaf));
        await session.Add(_row, ct, entry, kind, leaf);
        if (kind != LedgerKinds.Audit)
        {
            session.AfterCommit(awaited.Set);
        }

        session.AfterCommit(signal.Set);
    }
}

/// <summary>Wakes the sequencer after a commit; polling is the safety net. Singleton.</summary>
internal sealed class LedgerSignal : WorkSignal;

/// <summary>Somebody waits for the position of what was committed. Singleton.</summary>
internal sealed class AwaitedSignal : WorkSignal;
