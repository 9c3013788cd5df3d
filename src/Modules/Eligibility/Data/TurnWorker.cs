using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>
/// Works in rounds: when woken, and at the latest after its pace. Every turn of a round has a scope of its own, so that what was done stays when the process dies;
/// a fault ends the round, not the worker.
/// </summary>
/// <typeparam name="TWork">Scoped; does one turn.</typeparam>
internal abstract partial class TurnWorker<TWork>(IServiceScopeFactory scopes, WorkSignal? signal, TimeSpan pace, TimeProvider time, ILogger logger) : BackgroundService
    where TWork : notnull
{
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal?.Next ?? Task.Delay(Timeout.Infinite, stoppingToken);
            await Try(stoppingToken);
            await Task.WhenAny(next, Task.Delay(pace, time, stoppingToken));
        }
    }

    /// <summary>A round, whose fault is logged.</summary>
    protected async Task Try(CancellationToken ct)
    {
        try
        {
            await Round(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e, GetType().Name, (int)pace.TotalSeconds);
        }
    }

    /// <summary>Everything there is to do now.</summary>
    protected abstract Task Round(CancellationToken ct);

    /// <summary>One turn.</summary>
    protected async Task<T> Do<T>(Func<TWork, ValueTask<T>> turn)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await turn(scope.ServiceProvider.GetRequiredService<TWork>());
    }

    /// <summary>Turns until one says there is nothing more.</summary>
    protected async Task All(Func<TWork, ValueTask<bool>> turn)
    {
        while (await Do(turn))
        {
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "{Worker} could not go on; tried again in {Seconds} s")]
    private partial void LogFailed(Exception e, string worker, int seconds);
}
