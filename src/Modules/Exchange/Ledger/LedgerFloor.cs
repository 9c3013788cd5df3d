namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>
/// From which sequence on entries without a position are looked for. PostgreSQL keeps what an index no longer means until it is vacuumed, so that a look from the
/// beginning walks over everything that ever waited. Sequences do not commit in their order: so the floor follows by at least <see cref="_every"/>, and once in that
/// time it is looked from the beginning; no order of commits loses an entry. Used by one worker.
/// </summary>
internal sealed class LedgerFloor(TimeProvider time)
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(30);
    private long _whole;
    private bool _lookedAtAll;
    private long _floor;
    private long _before;
    private long _reached;

    /// <summary>Where to begin now.</summary>
    public long Next()
    {
        if (_lookedAtAll && time.GetElapsedTime(_whole) < _every)
        {
            return _floor;
        }

        (_floor, _before) = (_before, _reached);
        (_whole, _lookedAtAll) = (time.GetTimestamp(), true);
        return 0;
    }

    /// <summary>Everything found up to this sequence has its position.</summary>
    public void Reached(long sequence) => _reached = Math.Max(_reached, sequence);
}
