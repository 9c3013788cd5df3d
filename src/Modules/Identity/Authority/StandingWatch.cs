using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.Devices;
using Sekisho.Modules.Identity.SignIn;
using Sekisho.Modules.Identity.SignIn.Sessions;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Notices what other processes changed (an administrator's command), renews the revocation list and the certificates of this process in time, and forgets what is long over.</summary>
internal sealed partial class StandingWatch(Store store, Standing standing, Revocation revocation, CentreKey centre, ServerKey server, SignInOptions signIn, TimeProvider time, ILogger<StandingWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _rare = TimeSpan.FromMinutes(1);
    private DateTimeOffset _overlaps;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_poll, time, stoppingToken);
            try
            {
                await standing.Refresh(stoppingToken);
                await revocation.RenewList(stoppingToken);
                if (time.GetUtcNow() - _overlaps > _rare)
                {
                    await revocation.EndOverlaps(stoppingToken);
                    await Applications.Forget(store, time.GetUtcNow(), stoppingToken);
                    await SessionRow.Forget(store, time.GetUtcNow() - signIn.Kept, stoppingToken);
                    _overlaps = time.GetUtcNow();
                }

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
