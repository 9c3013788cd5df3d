using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>Reads claims that became facts, and deletes what is past its three years.</summary>
internal sealed partial class MedicineWorker(IServiceScopeFactory scopes, MedicineSignal signal, TimeProvider time, ILogger<MedicineWorker> logger)
    : TurnWorker<ReadClaims>(scopes, signal, TimeSpan.FromMinutes(1), time, logger)
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly TimeProvider _time = time;
    private readonly ILogger _logger = logger;
    private DateTimeOffset _expired = DateTimeOffset.MinValue;

    protected override async Task Round(CancellationToken ct)
    {
        for (var reception = await Do(r => r.Next("", ct)); reception is not null; reception = await Do(r => r.Next(reception, ct)))
        {
            await Read(reception, ct);
        }

        if (_time.GetUtcNow() - _expired >= _day)
        {
            await All(async r => await r.Expire(ct) > 0);
            _expired = _time.GetUtcNow();
        }
    }

    // One file that cannot be read now must not hold up the others.
    private async Task Read(string reception, CancellationToken ct)
    {
        try
        {
            await All(r => r.Some(reception, ct));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogReceptionFailed(e, reception);
        }
    }

    [LoggerMessage(5102, LogLevel.Error, "Claims of reception {Reception} could not be read; tried again in a minute")]
    private partial void LogReceptionFailed(Exception e, string reception);
}
