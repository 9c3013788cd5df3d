using Sekisho.Modules.Exchange.Ledger;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>Looking for entries without a position begins behind what was found long ago, and from the beginning often enough.</summary>
public sealed class LedgerFloorTests
{
    [Fact]
    public void Floor_FollowsBehind_AndEverythingIsLookedAtAgain()
    {
        var clock = new SteadyClock();
        var floor = new LedgerFloor(clock);
        Assert.Equal(0, floor.Next());
        floor.Reached(100);
        Assert.Equal(0, floor.Next());

        // What was reached within the last half minute may still be overtaken by a sequence that commits later.
        clock.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(0, floor.Next());
        floor.Reached(200);
        Assert.Equal(0, floor.Next());

        clock.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(0, floor.Next());
        floor.Reached(300);
        floor.Reached(250);
        Assert.Equal(100, floor.Next());
        clock.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(100, floor.Next());

        clock.Pass(TimeSpan.FromSeconds(21));
        Assert.Equal(0, floor.Next());
        Assert.Equal(200, floor.Next());
        clock.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(0, floor.Next());
        Assert.Equal(300, floor.Next());
    }

    private sealed class SteadyClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
