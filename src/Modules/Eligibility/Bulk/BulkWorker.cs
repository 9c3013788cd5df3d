using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>Turn after turn while there is anything to look at; sometimes deletes what was kept long enough.</summary>
internal sealed class BulkWorker(IServiceScopeFactory scopes, BulkSignal signal, TimeProvider time, ILogger<BulkWorker> logger)
    : TurnWorker<BulkWork>(scopes, signal, TimeSpan.FromSeconds(10), time, logger)
{
    private static readonly TimeSpan _clean = TimeSpan.FromHours(1);
    private readonly TimeProvider _time = time;
    private DateTimeOffset _cleaned = DateTimeOffset.MinValue;

    protected override async Task Round(CancellationToken ct)
    {
        await All(w => w.Turn(ct));
        if (_time.GetUtcNow() - _cleaned > _clean)
        {
            await Do(w => w.Expire(ct));
            _cleaned = _time.GetUtcNow();
        }
    }
}
