using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>
/// Gives every committed entry its position: one worker per site (<see cref="SequencerLease"/>; the head moves only from the size it was read at), many entries per
/// transaction. In that transaction acknowledgements are signed and stored and <see cref="TransmissionAccepted"/> is published. While one batch commits
/// the next one gathers.
/// </summary>
internal sealed partial class Sequencer(
    IServiceScopeFactory scopes,
    LedgerSignal signal,
    AwaitedSignal awaited,
    QuarantineSignal quarantine,
    SequencerLease lease,
    LedgerOrigin origin,
    AcknowledgementWait waiting,
    ICertificates certificates,
    TimeProvider time,
    ILogger<Sequencer> logger) : BackgroundService
{
    private const int Batch = 2048;
    private const long AdvisoryLock = 0x53454B4953484F11;
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);

    /// <summary>Nobody waits for an event's position: so long others may join the batch.</summary>
    private static readonly TimeSpan _gather = TimeSpan.FromMilliseconds(25);

    private readonly LedgerFloor _floor = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var (next, urgent) = (signal.Next, awaited.Next);
            try
            {
                while (await lease.Take(stoppingToken) && await Turn(stoppingToken))
                {
                }

                await Task.WhenAny(next, Task.Delay(_poll, time, stoppingToken));
                await Task.WhenAny(urgent, Task.Delay(_gather, time, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogTurnFailed(e);
                await Task.Delay(_poll, time, stoppingToken);
            }
        }
    }

    /// <summary>One batch; true when there may be more.</summary>
    private async Task<bool> Turn(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        if (!await Begin(session, ct))
        {
            return false;
        }

        var table = new LedgerTable(session);
        var entries = await table.Waiting(_floor.Next(), Batch, ct);
        if (entries.Count == 0)
        {
            return false;
        }

        var batch = await LedgerBatch.Build(await table.Head(ct), entries, table, ct);
        await Sign(batch, ct);
        FaultPoints.Pass("exchange.ledger.signed");
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            // The one writer was not held while signing; the head tells whether anybody was faster.
            await session.Rollback();
            await session.Write(ct);
        }

        if (!await table.Store(batch, ct))
        {
            return true;
        }

        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        foreach (var given in batch.Acknowledgements.Where(a => !a.IsHeld))
        {
            // What stays closed is published by who opens it.
            await outbox.Publish(new TransmissionAccepted(new(given.Transmission), given.Kind), given.Transmission.ToString("D"), ct);
        }

        FaultPoints.Pass("exchange.ledger.written");
        await session.Commit(ct);
        FaultPoints.Pass("exchange.ledger.committed");
        _floor.Reached(entries[^1].Sequence);
        foreach (var given in batch.Acknowledgements)
        {
            waiting.Given(given.Transmission, given.Cms);
        }

        if (batch.Acknowledgements.Exists(a => a.IsHeld))
        {
            quarantine.Set();
        }

        return entries.Count == Batch;
    }

    /// <summary>False when another node sequences.</summary>
    private static async ValueTask<bool> Begin(DbSession session, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            await session.Read(ct);
            return true;
        }

        await session.Write(ct);
        return await session.Scalar("SELECT pg_try_advisory_xact_lock(@key)", ct, ("key", AdvisoryLock)) is true;
    }

    private async ValueTask Sign(LedgerBatch batch, CancellationToken ct)
    {
        for (var i = 0; i < batch.Entries.Count; i++)
        {
            var entry = batch.Entries[i];
            if (entry.TransmissionKind is { } kind)
            {
                var position = batch.From + i;
                var acknowledgement = new Acknowledgement(entry.Leaf, await origin.Get(ct), position);
                batch.Acknowledgements.Add(new(entry.Id, kind, position, certificates.SignAsCentre(acknowledgement.ToBytes()), entry.IsHeld));
            }
        }
    }

    [LoggerMessage(2101, LogLevel.Error, "Sequencer turn failed")]
    private partial void LogTurnFailed(Exception e);
}
