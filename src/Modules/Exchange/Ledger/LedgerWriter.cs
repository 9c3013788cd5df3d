using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>What a ledger entry is.</summary>
internal static class LedgerKinds
{
    /// <summary>The leaf is the statement; the entry's id is the transmission's.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>The leaf is the recipient's CMS.</summary>
    public const string Receipt = "receipt";
}

/// <summary>Queues leaves in the caller's transaction. Scoped.</summary>
internal sealed class LedgerWriter(DbSession session, LedgerSignal signal, TimeProvider time) : ILedger
{
    public async ValueTask Append(Guid entry, string kind, ReadOnlyMemory<byte> leaf, CancellationToken ct)
    {
        await session.Defer(
            $"INSERT INTO {session.Prefix("exchange")}ledger_entry (id, kind, leaf, created) VALUES (@id, @kind, @leaf, @created)",
            ct,
            ("id", entry),
            ("kind", kind),
            ("leaf", leaf),
            ("created", time.GetUtcNow()));
        session.AfterCommit(signal.Set);
    }
}

/// <summary>Wakes the sequencer after a commit; polling is the safety net. Singleton.</summary>
internal sealed class LedgerSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next <see cref="Set"/>; take it before looking for work.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
