using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>Has what waits scanned, and opens what nothing holds any more. Woken when something held was acknowledged; looks itself every second. Singleton.</summary>
internal sealed partial class Inspection(
    IServiceScopeFactory scopes,
    QuarantineSignal signal,
    ScannerState scanner,
    ScannerOptions options,
    ReceptionClock clock,
    TimeProvider time,
    ILogger<Inspection> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Once(table => table.TryAgain(cancellationToken), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A site that neither scans nor says that it does not would acknowledge what nobody looked at, by oversight.</summary>
    public static void Verify(ScannerOptions options, SiteEnvironment environment)
    {
        if (options.Mode == ScannerMode.Unstated && !options.IsOn && environment != SiteEnvironment.Development)
        {
            throw new InvalidOperationException("設定 Scanner:Address に clamd の接続先を指定してください。不正ソフトウェアの検査を行わない場合は Scanner:Mode=None と明示してください。");
        }

        if (options.IsOn && !Clamd.IsAddress(options.Address))
        {
            throw new InvalidOperationException("設定 Scanner:Address は unix:/絶対パス または tcp:ホスト:ポート の形で指定してください。");
        }
    }

    /// <summary>One turn; true when there may be more at once.</summary>
    public async Task<bool> Turn(CancellationToken ct)
    {
        var more = scanner.IsWell && await Scan(ct);
        if (clock.IsTrusted)
        {
            await TrustClock(ct);
        }

        await using var scope = scopes.CreateAsyncScope();
        var free = await Reading(scope, table => table.Free(ct), ct);
        foreach (var row in free)
        {
            await scope.ServiceProvider.GetRequiredService<Opening>().Release(row, ct);
        }

        return more;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                while (await Turn(stoppingToken))
                {
                }

                await Task.WhenAny(next, Task.Delay(_poll, time, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogTurnFailed(e);
                await Task.Delay(_poll, time, stoppingToken);
            }
        }
    }

    private async Task<bool> Scan(CancellationToken ct)
    {
        List<Unscanned> waiting;
        await using (var scope = scopes.CreateAsyncScope())
        {
            waiting = await Reading(scope, table => table.Unscanned(Batch, ct), ct);
        }

        await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = options.Workers, CancellationToken = ct }, async (content, stop) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                if (scanner.IsWell && !await scope.ServiceProvider.GetRequiredService<Opening>().Scan(content, stop))
                {
                    scanner.Failed();
                }
            }
            catch (InvalidDataException e)
            {
                // What was acknowledged does not read back: a fault of this disk, which the health report names. The others go on.
                LogNotReadable(e, content.Id.Value);
            }
        });
        return waiting.Count == Batch && scanner.IsWell;
    }

    private async Task TrustClock(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await Reading(scope, table => table.AnyClockHeld(ct), ct))
        {
            await Once(table => table.ClockIsGood(ct), ct);
        }
    }

    private async Task Once(Func<QuarantineTable, ValueTask<int>> change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        await change(scope.ServiceProvider.GetRequiredService<QuarantineTable>());
        await session.Commit(ct);
    }

    private static async Task<T> Reading<T>(AsyncServiceScope scope, Func<QuarantineTable, ValueTask<T>> read, CancellationToken ct)
    {
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(ct);
        var value = await read(scope.ServiceProvider.GetRequiredService<QuarantineTable>());
        await session.Rollback();
        return value;
    }

    [LoggerMessage(2301, LogLevel.Error, "Inspection turn failed")]
    private partial void LogTurnFailed(Exception e);

    [LoggerMessage(2302, LogLevel.Error, "Content of transmission {Transmission} could not be read to be scanned")]
    private partial void LogNotReadable(Exception e, Guid transmission);
}

/// <summary>Wakes the inspection; polling is the safety net. Singleton.</summary>
internal sealed class QuarantineSignal : WorkSignal;
