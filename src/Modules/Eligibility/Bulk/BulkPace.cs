using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>Wakes <see cref="BulkWorker"/>.</summary>
internal sealed class BulkSignal : WorkSignal;

/// <summary>How fast rows are looked at and how many wait: what Retry-After is reckoned from. Also keeps few uploads in memory at a time. Singleton.</summary>
internal sealed class BulkPace : IDisposable
{
    /// <summary>Of one facility at a time; a sixth must wait.</summary>
    public const int MostJobs = 5;

    /// <summary>Of all facilities together.</summary>
    public const int MostWaiting = 500_000;

    private const int Uploads = 4;
    private const double First = 500;
    private const double Weight = 0.1;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _uploads = new(Uploads);
    private double _rate = First;
    private long _waiting;

    /// <summary>A turn was done.</summary>
    public void Did(int rows, TimeSpan took) => _rate = ((1 - Weight) * _rate) + (Weight * rows / Math.Max(0.001, took.TotalSeconds));

    /// <summary>So many rows wait.</summary>
    public void Wait(long rows) => Volatile.Write(ref _waiting, rows);

    /// <summary>With a refusal that says "later": when all that waits now should be done.</summary>
    public void Tell(HttpResponse response, Refusal refusal)
    {
        if (refusal.Kind is RefusalKind.TooMany or RefusalKind.Unavailable)
        {
            response.Headers.RetryAfter = Math.Clamp((long)Math.Ceiling(Volatile.Read(ref _waiting) / _rate), 1, 3_600).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A place for one upload, given back when disposed; null when none came free in time.</summary>
    public async ValueTask<IDisposable?> Enter(CancellationToken ct) => await _uploads.WaitAsync(_patience, ct) ? new Leave(_uploads) : null;

    public void Dispose() => _uploads.Dispose();

    private sealed class Leave(SemaphoreSlim uploads) : IDisposable
    {
        public void Dispose() => uploads.Release();
    }
}
