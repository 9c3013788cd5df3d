using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Assurance.Protection;

namespace Sekisho.Modules.Assurance.Retention;

/// <summary>Once a day, and at every start: hashes of the protected under the keys of today, then details whose time is over.</summary>
internal sealed partial class DailyWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<DailyWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Turn(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }

            await Task.Delay(_day, time, stoppingToken);
        }
    }

    private async Task Turn(CancellationToken ct)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ProtectedPersons>().Renew(ct);
        }

        await using var other = scopes.CreateAsyncScope();
        var expired = await other.ServiceProvider.GetRequiredService<Expire>().Run(time.GetUtcNow(), ct);
        if (expired > 0)
        {
            LogExpired(expired);
        }
    }

    [LoggerMessage(4001, LogLevel.Information, "Details of {Count} audit events were deleted: their time is over")]
    private partial void LogExpired(int count);

    [LoggerMessage(4002, LogLevel.Error, "The daily work of assurance failed; it is tried again tomorrow and at the next start")]
    private partial void LogFailed(Exception e);
}
