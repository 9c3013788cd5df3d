using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>Tells the list of protected persons what insurers registered.</summary>
internal sealed class ShieldWorker(IServiceScopeFactory scopes, ShieldSignal signal, TimeProvider time, ILogger<ShieldWorker> logger)
    : TurnWorker<Shields>(scopes, signal, TimeSpan.FromMinutes(1), time, logger)
{
    protected override Task Round(CancellationToken ct) => All(s => s.SettleOne(ct));
}
