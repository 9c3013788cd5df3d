using System.Diagnostics;

namespace Sekisho.Server.Edge;

/// <summary>Ends a private server (story, tests) when the process that started it is gone: configuration <c>ParentProcess</c> = its id. Without it, does nothing.</summary>
internal sealed class ParentWatch(IConfiguration configuration, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration.GetValue<int?>("ParentProcess") is not { } id)
        {
            return;
        }

        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync(stoppingToken);
        }
        catch (ArgumentException)
        {
            // Already gone.
        }

        lifetime.StopApplication();
    }
}
