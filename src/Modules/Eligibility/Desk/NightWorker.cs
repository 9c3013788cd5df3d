using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>Wakes the worker of the night.</summary>
internal sealed class NightSignal : WorkSignal;

/// <summary>Begins what is planned, works off what has begun, and forgets what is old.</summary>
internal sealed class NightWorker(IServiceScopeFactory scopes, NightSignal signal, TimeProvider time, ILogger<NightWorker> logger)
    : TurnWorker<Night>(scopes, signal, TimeSpan.FromSeconds(30), time, logger)
{
    protected override async Task Round(CancellationToken ct)
    {
        await Do(n => n.Begin(ct));
        await All(n => n.Step(ct));
        await Do(n => n.Forget(ct));
    }
}
