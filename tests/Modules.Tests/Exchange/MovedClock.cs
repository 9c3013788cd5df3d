namespace Sekisho.Modules.Tests.Exchange;

/// <summary>The real time, whose wall clock a test can set. The steady clock and the timers go on as they are.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _moved;
    private long _later;
    private int _readings;

    public override DateTimeOffset GetUtcNow()
    {
        if (Interlocked.Decrement(ref _readings) == 0)
        {
            Move(TimeSpan.FromTicks(Volatile.Read(ref _later)));
        }

        return System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _moved));
    }

    public void Move(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);

    /// <summary>Moves it under the eyes of whoever reads it for the so-manieth time from now.</summary>
    public void MoveAt(int reading, TimeSpan by)
    {
        Volatile.Write(ref _later, by.Ticks);
        Volatile.Write(ref _readings, reading);
    }
}
