using System.Diagnostics;
using Sekisho.Wire;

namespace Sekisho.Cli.Agent;

/// <summary>Points at which an agent with a certificate for development can be told to die (SEKISHO_FAULT_DIE), as a site can: for tests of what a restart finds.</summary>
internal sealed class FaultPoint(SiteEnvironment environment)
{
    private readonly string? _armed = environment == SiteEnvironment.Development ? Environment.GetEnvironmentVariable("SEKISHO_FAULT_DIE") : null;

    /// <summary>Does nothing, or kills the process with nothing written back.</summary>
    public async ValueTask Pass(string name)
    {
        if (_armed == name)
        {
            using var own = Process.GetCurrentProcess();
            own.Kill();
            await Task.Delay(Timeout.Infinite);
        }
    }
}
