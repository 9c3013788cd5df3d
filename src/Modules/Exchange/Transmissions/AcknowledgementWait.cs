using System.Collections.Concurrent;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>
/// Waits until the sequencer has signed and stored an acknowledgement. Told at once by the sequencer of this process; looks itself every second, because
/// on a site of many nodes the sequencer may run on another. Singleton.
/// </summary>
internal sealed class AcknowledgementWait(Database database, ExchangeOptions options, TimeProvider time)
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<byte[]>> _waiting = [];

    /// <summary>Called by the sequencer after its commit.</summary>
    public void Given(Guid transmission, byte[] acknowledgement)
    {
        if (_waiting.TryRemove(transmission, out var waiting))
        {
            waiting.TrySetResult(acknowledgement);
        }
    }

    /// <summary>The acknowledgement; EX-0103 when the transmission has none, EX-0104 when the sequencer takes too long.</summary>
    public async ValueTask<Outcome<byte[]>> Get(TransmissionId id, CancellationToken ct)
    {
        var until = time.GetUtcNow() + options.AcknowledgementWait;
        var given = _waiting.GetOrAdd(id.Value, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            while (true)
            {
                var (acknowledged, stored) = await Look(id, ct);
                if (!acknowledged || stored is not null)
                {
                    return stored is null ? Refusals.NoAcknowledgement : stored;
                }

                if (time.GetUtcNow() >= until)
                {
                    return Refusals.AcknowledgementDelayed;
                }

                await Task.WhenAny(given.Task, Task.Delay(_poll, time, ct));
                ct.ThrowIfCancellationRequested();
                if (given.Task.IsCompletedSuccessfully)
                {
                    return await given.Task;
                }
            }
        }
        finally
        {
            _waiting.TryRemove(new(id.Value, given));
        }
    }

    private async ValueTask<(bool Acknowledged, byte[]? Stored)> Look(TransmissionId id, CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        var rows = await session.Query<(bool, byte[]?)>(
            $"SELECT acknowledgement FROM {session.Prefix("exchange")}transmission WHERE id = @id AND statement IS NOT NULL",
            r => (true, r.IsDBNull(0) ? null : (byte[])r.GetValue(0)),
            ct,
            ("id", id.Value));
        return rows.Count == 0 ? default : rows[0];
    }
}
