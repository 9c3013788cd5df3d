using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>Deletes every minute what somebody typed at a kiosk whose card then never signed.</summary>
internal sealed class NewcomerSweeper(IServiceScopeFactory scopes, TimeProvider time, ILogger<NewcomerSweeper> logger)
    : TurnWorker<Newcomers>(scopes, null, TimeSpan.FromMinutes(1), time, logger)
{
    protected override Task Round(CancellationToken ct) => Do(n => n.Sweep(ct));
}
