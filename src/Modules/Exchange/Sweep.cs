using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Modules.Exchange.Uploads;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Exchange;

/// <summary>Ends uploads that did not finish in time, and removes files that no transmission refers to (left by a crash or a rolled-back transaction).</summary>
internal sealed partial class Sweep(
    IServiceScopeFactory scopes, ContentStore store, UploadLocks locks, ExchangeOptions options, TimeProvider time, ILogger<Sweep> logger) : BackgroundService
{
    /// <summary>One sweep.</summary>
    public async Task Run(CancellationToken ct)
    {
        await Expire(ct);
        await RemoveOrphans(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        do
        {
            try
            {
                await Run(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogSweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Expire(CancellationToken ct)
    {
        List<TransmissionRow> expired;
        await using (var scope = scopes.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<DbSession>().Read(ct);
            expired = await scope.ServiceProvider.GetRequiredService<TransmissionTable>().Expired(time.GetUtcNow(), ct);
        }

        foreach (var row in expired)
        {
            // An upload that is being worked on right now may finish; the next sweep looks again.
            using var held = locks.TryTake(row.Id.Value);
            if (held is not null)
            {
                await Expire(row, ct);
            }
        }
    }

    private async Task Expire(TransmissionRow row, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        if (await scope.ServiceProvider.GetRequiredService<TransmissionTable>().End(row, TransmissionState.Expired, null, ct))
        {
            await scope.ServiceProvider.GetRequiredService<Audit>().Record(null, AuditKind.TransmissionUpload, row.Id.ToString(), "expired", ct);
            FaultPoints.Pass("exchange.sweep.written");
            await session.Commit(ct);
            FaultPoints.Pass("exchange.sweep.expired");
            store.Delete(row.Content!.Value);
        }
    }

    private async Task RemoveOrphans(CancellationToken ct)
    {
        var before = time.GetUtcNow() - options.OrphanAge;
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        var table = scope.ServiceProvider.GetRequiredService<TransmissionTable>();
        foreach (var file in store.Files().Where(f => f.Written < before))
        {
            await session.Read(ct);
            var needed = await table.Refers(file.Id, ct);
            await session.Rollback();
            if (!needed)
            {
                File.Delete(file.Path);
                FaultPoints.Pass("exchange.sweep.removed");
                LogOrphanRemoved(file.Id);
            }
        }
    }

    [LoggerMessage(2201, LogLevel.Error, "Sweep failed")]
    private partial void LogSweepFailed(Exception e);

    [LoggerMessage(2202, LogLevel.Information, "Removed stored object {Content}, which no transmission refers to")]
    private partial void LogOrphanRemoved(Guid content);
}
