using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Notices what other processes changed (an administrator's command), and renews the revocation list and the certificates of this process in time.</summary>
internal sealed partial class StandingWatch(Standing standing, Revocation revocation, CentreKey centre, ServerKey server, TimeProvider time, ILogger<StandingWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_poll, time, stoppingToken);
            try
            {
                await standing.Refresh(stoppingToken);
                await revocation.RenewList(stoppingToken);
                await centre.Renew(stoppingToken);
                server.Renew();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "Refreshing devices and revocations failed; will be tried again")]
    private partial void LogFailed(Exception e);
}
