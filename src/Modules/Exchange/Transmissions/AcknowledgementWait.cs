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

    /// <summary>Begins to listen, before the statement is committed; then <see cref="Expected.Get"/> need not look first.</summary>
    public Expected Expect(TransmissionId id) =>
        new(this, id, _waiting.GetOrAdd(id.Value, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)));

    /// <summary>The acknowledgement; EX-0103 when the transmission has none, EX-0104 when the sequencer takes too long.</summary>
    public async ValueTask<Outcome<byte[]>> Get(TransmissionId id, CancellationToken ct)
    {
        using var expected = Expect(id);
        var (acknowledged, stored) = await Look(id, ct);
        return stored is not null ? stored : acknowledged ? await expected.Get(ct) : Refusals.NoAcknowledgement;
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

    /// <summary>Somebody who listens for one acknowledgement.</summary>
    internal readonly struct Expected(AcknowledgementWait wait, TransmissionId id, TaskCompletionSource<byte[]> given) : IDisposable
    {
        /// <summary>The acknowledgement of a statement that stands; EX-0104 when the sequencer takes too long.</summary>
        public async ValueTask<Outcome<byte[]>> Get(CancellationToken ct)
        {
            var until = wait.Now + wait.Longest;
            while (!given.Task.IsCompletedSuccessfully)
            {
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct);
                await Task.WhenAny(given.Task, Task.Delay(_poll, wait.Time, pause.Token));
                await pause.CancelAsync();
                ct.ThrowIfCancellationRequested();
                if (given.Task.IsCompletedSuccessfully)
                {
                    break;
                }

                if ((await wait.Look(id, ct)).Stored is { } stored)
                {
                    return stored;
                }

                if (wait.Now >= until)
                {
                    return Refusals.AcknowledgementDelayed;
                }
            }

            return await given.Task;
        }

        public void Dispose() => wait._waiting.TryRemove(new(id.Value, given));
    }

    /// <summary>How many are awaited.</summary>
    public int Count => _waiting.Count;

    private TimeProvider Time => time;

    private DateTimeOffset Now => time.GetUtcNow();

    private TimeSpan Longest => options.AcknowledgementWait;
}
