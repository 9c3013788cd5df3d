using Microsoft.Extensions.Hosting;

namespace Sekisho.Modules.Exchange.Overload;

/// <summary>How late the process runs what is due: grows when there is more work than threads or processor. Singleton.</summary>
internal sealed class Pulse(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan _beat = TimeSpan.FromMilliseconds(200);
    private long _due = long.MaxValue;
    private long _lag;

    /// <summary>How late the last beat was, or the next one already is.</summary>
    public TimeSpan Lag
    {
        get
        {
            var overdue = time.GetTimestamp() - Volatile.Read(ref _due);
            return TimeSpan.FromSeconds(Math.Max(overdue, Volatile.Read(ref _lag)) / (double)time.TimestampFrequency);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var due = time.GetTimestamp() + (long)(_beat.TotalSeconds * time.TimestampFrequency);
            Volatile.Write(ref _due, due);
            await Task.Delay(_beat, time, stoppingToken);
            Volatile.Write(ref _lag, Math.Max(0, time.GetTimestamp() - due));
        }
    }
}
