using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Claims.Delivery;
using Sekisho.Modules.Claims.Month;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims;

/// <summary>Checks what was received and confirms what became due. Woken after commits, polling as the safety net; everything it does may be broken off and done again.</summary>
internal sealed partial class ClaimsWorker(
    IServiceScopeFactory scopes, ClaimsSignal signal, DataFolder folder, IConfiguration configuration, TimeProvider time, ILogger<ClaimsWorker> logger)
    : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _afterFault = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _later = [];
    private readonly int _workers = configuration.GetValue("Claims:CheckWorkers", Environment.ProcessorCount);
    private DateTimeOffset _looked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Spool.Clean(folder);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                while (await CheckSome(stoppingToken))
                {
                    await ConfirmDue(stoppingToken);
                }

                await ConfirmDue(stoppingToken);
                await Task.WhenAny(next, Task.Delay(_poll, time, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogTurnFailed(e);
                await Task.Delay(_poll, time, stoppingToken);
            }
        }
    }

    /// <summary>Checks the receptions that have waited longest, several at a time; true when there may be more.</summary>
    private async Task<bool> CheckSome(CancellationToken ct)
    {
        if (_workers <= 0)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var found = await Waiting(AtOnce + _later.Count, ct);
        var due = found.Where(n => !_later.TryGetValue(n, out var later) || later <= now).ToList();
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = _workers, CancellationToken = ct }, async (number, cancel) => await Check(number, cancel));
        return due.Count >= AtOnce;
    }

    private async ValueTask Check(string number, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CheckReception>().Run(number, ct);
            _later.TryRemove(number, out _);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One file that cannot be read now must not hold up the others.
            LogCheckFailed(e, number);
            _later[number] = time.GetUtcNow() + _afterFault;
        }
    }

    private async Task<List<string>> Waiting(int most, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        return await session.InReading(
            async () => await session.Query(
                $"SELECT number FROM {session.Prefix("claims")}reception WHERE state = '{nameof(ReceptionState.Received)}' ORDER BY received_at, number LIMIT @most",
                r => r.GetString(0),
                ct,
                ("most", (long)most)),
            ct);
    }

    /// <summary>Becoming due is a matter of time, not of events: looked at every now and then.</summary>
    private async Task ConfirmDue(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now - _looked < _poll && now >= _looked)
        {
            return;
        }

        _looked = now;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<ConfirmAutomatically>().Run(ct) is > 0 and var count)
        {
            LogConfirmed(count);
        }
    }

    [LoggerMessage(3001, LogLevel.Error, "Claims turn failed")]
    private partial void LogTurnFailed(Exception e);

    [LoggerMessage(3002, LogLevel.Error, "Check of reception {Number} failed; will be tried again")]
    private partial void LogCheckFailed(Exception e, string number);

    [LoggerMessage(3003, LogLevel.Information, "{Count} receptions confirmed automatically")]
    private partial void LogConfirmed(int count);
}
