using System.Threading.RateLimiting;

namespace Sekisho.Platform.Web;

/// <summary>So many in a span of time, each key for itself: all of them at once when it rested, and given back evenly, exactly as many as the span has.</summary>
public static class Paces
{
    /// <param name="limit">How many; 0 or less: no limit.</param>
    /// <param name="span">In what time.</param>
    public static PartitionedRateLimiter<TKey> Of<TKey>(int limit, TimeSpan span)
        where TKey : notnull => PartitionedRateLimiter.Create<TKey, TKey>(key => limit <= 0
            ? RateLimitPartition.GetNoLimiter(key)
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => Bucket(limit, span)));

    private static TokenBucketRateLimiterOptions Bucket(int limit, TimeSpan span)
    {
        var eachSecond = (int)Math.Ceiling(limit / span.TotalSeconds);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit,
            TokensPerPeriod = eachSecond,
            ReplenishmentPeriod = span * eachSecond / limit,
            QueueLimit = 0,
            AutoReplenishment = false,
        };
    }
}
