using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Overload;

/// <summary>Somebody's place: 0 is in. Otherwise when to come back, and the number that keeps the place.</summary>
internal readonly record struct Place(int Ahead, long Number, TimeSpan ComeBack)
{
    public bool IsIn => Ahead == 0;
}

/// <summary>
/// Who may begin a transmission now. As many as the site carries are under way at a time; the others are told their place and when to come back, and are
/// let in by their numbers, whenever they come. Free places belong to the first in line, also while they are away for the told time. What is already open is
/// never turned away and never ended for somebody new. Memory: one entry per transmission under way and per remembered place. Singleton.
/// </summary>
internal sealed class WaitingLine(AdmissionOptions options, Func<bool> isOverloaded, TimeProvider time)
{
    private static readonly TimeSpan _tidy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _ticketLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Active> _active = [];
    private readonly List<Waiting> _line = [];
    private readonly Dictionary<Guid, long> _numbers = [];
    private readonly Queue<long> _left = [];
    private long _lastNumber;
    private long _tidied;

    private sealed class Active
    {
        public int Busy { get; set; }

        public long Seen { get; set; }
    }

    private readonly record struct Waiting(long Number, Guid Id, long Due) : IComparable<Waiting>
    {
        public int CompareTo(Waiting other) => Number.CompareTo(other.Number) is not 0 and var byNumber ? byNumber : Id.CompareTo(other.Id);
    }

    /// <summary>How many are under way, and how many wait.</summary>
    public (int Active, int Waiting) Count
    {
        get
        {
            lock (_lock)
            {
                Tidy(time.GetTimestamp());
                return (_active.Count, _line.Count);
            }
        }
    }

    /// <summary>May it begin? <paramref name="ticket"/> is the number it was given before.</summary>
    public Place Ask(Guid id, long? ticket)
    {
        var overloaded = isOverloaded();
        lock (_lock)
        {
            var now = time.GetTimestamp();
            Tidy(now);
            if (_active.TryGetValue(id, out var known))
            {
                known.Seen = now;
                return default;
            }

            var number = _numbers.TryGetValue(id, out var given) ? given : Valid(ticket) ?? NextNumber();
            var index = _line.BinarySearch(new Waiting(number, id, 0));
            var ahead = index < 0 ? ~index : index;
            var free = overloaded ? 0 : options.Active - _active.Count;
            if (ahead < free)
            {
                if (index >= 0)
                {
                    _line.RemoveAt(index);
                    _numbers.Remove(id);
                }

                _active[id] = new Active { Seen = now };
                return default;
            }

            return Keep(number, id, index, ahead, now);
        }
    }

    /// <summary>It is open and goes on: counted, never turned away. Until it is given back it is not idle.</summary>
    public Work Begin(Guid id)
    {
        lock (_lock)
        {
            Touch(id).Busy++;
        }

        return new Work(this, id);
    }

    /// <summary>It was taken up again.</summary>
    public void Resume(Guid id)
    {
        lock (_lock)
        {
            Touch(id);
        }
    }

    /// <summary>It is over: received, refused or given up.</summary>
    public void Leave(Guid id)
    {
        lock (_lock)
        {
            if (_active.Remove(id))
            {
                _left.Enqueue(time.GetTimestamp());
            }
        }
    }

    private Active Touch(Guid id)
    {
        if (!_active.TryGetValue(id, out var active))
        {
            _active[id] = active = new Active();
        }

        active.Seen = time.GetTimestamp();
        return active;
    }

    private Place Keep(long number, Guid id, int index, int ahead, long now)
    {
        var comeBack = ComeBack(ahead);
        var waiting = new Waiting(number, id, now + Ticks(comeBack + options.Return));
        if (index >= 0)
        {
            _line[index] = waiting;
        }
        else if (_line.Count < options.Line)
        {
            _line.Insert(~index, waiting);
            _numbers[id] = number;
        }

        return new Place(ahead + 1, number, comeBack);
    }

    /// <summary>Half of what those ahead will take at the pace of late, so that a place is not left empty for long; at least a second.</summary>
    private TimeSpan ComeBack(int ahead)
    {
        var pace = Math.Max(_left.Count / _window.TotalSeconds, options.Active / options.Longest.TotalSeconds);
        var wait = TimeSpan.FromSeconds(Math.Min(ahead / pace / 2, options.Longest.TotalSeconds));
        return wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }

    /// <summary>A place is not kept for the next day.</summary>
    private long? Valid(long? ticket) =>
        ticket is { } number && time.GetUtcNow() - Instants.FromMicroseconds(number) < _ticketLife ? number : null;

    /// <summary>Numbers are moments: also after a restart, and about so among several nodes, who came earlier has the smaller one.</summary>
    private long NextNumber() => _lastNumber = Math.Max(_lastNumber + 1, Instants.ToMicroseconds(time.GetUtcNow()));

    private void Tidy(long now)
    {
        if (now - _tidied < Ticks(_tidy))
        {
            return;
        }

        _tidied = now;
        while (_left.TryPeek(out var left) && now - left > Ticks(_window))
        {
            _left.Dequeue();
        }

        _line.RemoveAll(w => w.Due < now && _numbers.Remove(w.Id));
        var idle = Ticks(options.Idle);
        foreach (var (id, _) in _active.Where(a => a.Value.Busy == 0 && now - a.Value.Seen > idle).ToList())
        {
            _active.Remove(id);
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>One request that moves a transmission.</summary>
    internal readonly struct Work(WaitingLine line, Guid id) : IDisposable
    {
        public void Dispose()
        {
            lock (line._lock)
            {
                // A place is held by work, not by an upload that rests: whoever takes it up again is let in without asking.
                if (line._active.TryGetValue(id, out var active) && --active.Busy <= 0 && line._active.Remove(id))
                {
                    line._left.Enqueue(line.Now);
                }
            }
        }
    }

    private long Now => time.GetTimestamp();
}
