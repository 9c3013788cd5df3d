using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Clock;

/// <summary>
/// The time of acknowledgements: never earlier than the last one given or stored, and not carried along when the wall clock jumps. Between two looks at
/// the clock it goes on steadily (the monotonic clock) from the last time that was vouched for; a jump is followed only once the machine says it is
/// synchronised. Deadlines are decided by this time. Singleton.
/// </summary>
internal sealed class ReceptionClock(TimeProvider time, ClockOptions options, ClockMode mode, ReadClock read)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _anchor = time.Now();
    private long _stamp = time.GetTimestamp();
    private DateTimeOffset _floor;
    private ClockReading _reading;
    private ClockState _state = mode == ClockMode.None ? ClockState.NotChecked : ClockState.NotSynchronised;

    /// <summary>How good the clock was at the last look.</summary>
    public ClockCondition Condition
    {
        get
        {
            lock (_lock)
            {
                return new(_state, _reading.Error);
            }
        }
    }

    /// <summary>True while what is acknowledged may be opened: nothing is known against its time.</summary>
    public bool IsTrusted => Condition.State is ClockState.Synchronised or ClockState.NotChecked;

    /// <summary>The time of the next acknowledgement.</summary>
    public DateTimeOffset Next()
    {
        lock (_lock)
        {
            var (now, jump) = Compare();
            if (jump.Duration() > options.Jump)
            {
                _state = ClockState.Jumped;
                now -= jump;
            }

            return _floor = now > _floor ? now : _floor;
        }
    }

    /// <summary>No acknowledgement may be earlier than this one, which is stored.</summary>
    public void NotBefore(DateTimeOffset stored)
    {
        lock (_lock)
        {
            _floor = stored > _floor ? stored : _floor;
        }
    }

    /// <summary>Looks at the clock. By how much it jumped since the last look; zero when it did not.</summary>
    public TimeSpan Look()
    {
        var reading = mode == ClockMode.Kernel ? read() : default;
        lock (_lock)
        {
            var (now, jump) = Compare();
            var jumped = jump.Duration() > options.Jump;
            var vouched = mode == ClockMode.None || (reading.Synchronised && reading.Error <= options.Error);
            if (vouched || !jumped)
            {
                (_anchor, _stamp) = (now, time.GetTimestamp());
            }

            _reading = reading;
            _state = mode == ClockMode.None ? ClockState.NotChecked
                : vouched ? ClockState.Synchronised
                : jumped ? ClockState.Jumped
                : reading.Synchronised ? ClockState.Inaccurate
                : ClockState.NotSynchronised;
            return jumped ? jump : TimeSpan.Zero;
        }
    }

    private (DateTimeOffset Now, TimeSpan Jump) Compare()
    {
        var now = time.Now();
        return (now, now - (_anchor + time.GetElapsedTime(_stamp)));
    }
}
