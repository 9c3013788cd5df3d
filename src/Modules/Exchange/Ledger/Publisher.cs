using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Publishes the ledger's state to the witnesses and keeps it with their cosignatures. Only where the sequencer runs; a silent witness never stops the ledger.</summary>
internal sealed partial class Publisher(
    IServiceScopeFactory scopes, SequencerLease lease, Checkpoints checkpoints, WitnessClient client, LedgerOptions options, TimeProvider time, ILogger<Publisher> logger)
    : BackgroundService
{
    private readonly IReadOnlyList<KnownWitness> _witnesses = KnownWitness.Of(options);

    /// <summary>One publication, unless there is nothing new to publish.</summary>
    public async Task Run(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(ct);
        var (ledger, table) = (new LedgerTable(session), new PublicationTable(session));
        var head = await ledger.Head(ct);
        var known = (await table.Witnesses(ct)).ToDictionary(w => w.Key);
        var rows = _witnesses.Select(w => known.GetValueOrDefault(w.Key.ToString()) ?? new WitnessRow(w.Key.ToString(), 0, null, "")).ToList();
        var published = await table.Published(ct);
        if (head.Size == 0 || (published?.Checkpoint.Size == head.Size && rows.TrueForAll(r => r.Size == head.Size && r.Fault.Length == 0)))
        {
            return;
        }

        var checkpoint = await checkpoints.Noted(head, ct);
        var proofs = new Dictionary<long, IReadOnlyList<byte[]>>();
        foreach (var size in rows.Select(r => r.Size).Append(0).Distinct().Where(s => s <= head.Size))
        {
            proofs[size] = await MerkleTree.ConsistencyProof(size, head.Size, ledger, ct);
        }

        // No transaction is held while others are asked.
        await session.Rollback();
        var outcomes = await Task.WhenAll(_witnesses.Zip(rows, (w, r) => client.Ask(w, r, checkpoint, size => Proof(proofs, size, head.Size, ct), ct).AsTask()));
        checkpoint = checkpoint.With(outcomes.Select(o => o.Cosignature).OfType<NoteSignature>());
        if (published?.Checkpoint.Size == head.Size)
        {
            checkpoint = published.With(checkpoint.Note.Signatures);
        }

        await session.Write(ct);
        await table.Store(checkpoint, outcomes.Select(o => o.Row), ct);
        await session.Commit(ct);
        foreach (var (witness, outcome) in _witnesses.Zip(outcomes).Where(o => o.Second.Cosignature is null))
        {
            LogNotCosigned(witness.Name, head.Size);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_witnesses.Count == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.CheckpointInterval, time);
        do
        {
            try
            {
                if (lease.IsHeld)
                {
                    await Run(stoppingToken);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>From a size that only the witness knew.</summary>
    private async ValueTask<IReadOnlyList<byte[]>> Proof(Dictionary<long, IReadOnlyList<byte[]>> known, long from, long to, CancellationToken ct)
    {
        if (known.TryGetValue(from, out var proof))
        {
            return proof;
        }

        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Read(ct);
        return await MerkleTree.ConsistencyProof(from, to, new LedgerTable(session), ct);
    }

    [LoggerMessage(2111, LogLevel.Error, "Publishing the checkpoint failed")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(2112, LogLevel.Warning, "Witness {Witness} did not cosign the checkpoint of size {Size}")]
    private partial void LogNotCosigned(string witness, long size);
}
