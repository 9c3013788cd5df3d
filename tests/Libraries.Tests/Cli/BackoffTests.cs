using Sekisho.Cli.Site;

namespace Sekisho.Libraries.Tests.Cli;

/// <summary>Waiting politely.</summary>
public sealed class BackoffTests
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(15);

    [Fact]
    public void Pauses_Double_ReachTheirLimit_AndBeginAnew()
    {
        var backoff = new Backoff(_shortest, _longest, () => 999_999);
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            backoff.Failed();
            pauses.Add(Math.Round(backoff.Pause.TotalSeconds, 2));
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 15, 15, 15], pauses);
        backoff.Succeeded();
        Assert.Equal(TimeSpan.Zero, backoff.Pause);
        backoff.Failed();
        Assert.Equal(0.5, Math.Round(backoff.Pause.TotalSeconds, 2));
    }

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(20, 999_999, 30)]
    [InlineData(3600, 0, 120)]
    public void RetryAfter_IsNeverUndercut(int asked, int random, int seconds)
    {
        var backoff = new Backoff(_shortest, _longest, () => random);
        backoff.Failed(TimeSpan.FromSeconds(asked));
        Assert.Equal(seconds, Math.Round(backoff.Pause.TotalSeconds));
    }

    [Fact]
    public void ManyAgents_ComeBackSpread()
    {
        var seconds = new int[16];
        for (var agent = 0; agent < 10_000; agent++)
        {
            var number = agent;
            var backoff = new Backoff(_shortest, _longest, () => number * 100);
            for (var i = 0; i < 8; i++)
            {
                backoff.Failed();
            }

            seconds[(int)backoff.Pause.TotalSeconds]++;
        }

        Assert.Equal(0, seconds[..7].Sum());
        Assert.All(seconds[8..15], n => Assert.InRange(n, 1_100, 1_600));
    }
}
