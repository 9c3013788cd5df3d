using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Sekisho.Platform;

/// <summary>
/// Named moments between two durable steps, at which a development site can be told to die (<c>Faults:Die=name[:nth]</c>): by SIGKILL of its own process,
/// so that nothing is flushed, rolled back or finished. Not armed it costs one comparison. Every name is documented and tested to be passed in the code.
/// </summary>
public static class FaultPoints
{
    private static Armed? _armed;

    /// <summary>Every name, in the order of the story; see docs/operations/fault-points.md.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "exchange.open.written", "exchange.open.committed",
        "exchange.upload.created", "exchange.upload.segment", "exchange.upload.park-flushed", "exchange.upload.tail-written", "exchange.upload.tail-moved",
        "exchange.upload.parked", "exchange.upload.last-segment", "exchange.upload.flushed", "exchange.upload.finished",
        "exchange.completion.digested", "exchange.completion.numbered", "exchange.completion.written", "exchange.completion.committed",
        "exchange.refusal.written", "exchange.refusal.committed", "exchange.terminate.committed", "exchange.reopen.committed",
        "exchange.ledger.signed", "exchange.ledger.written", "exchange.ledger.committed", "exchange.acknowledgement.answering",
        "exchange.quarantine.judged", "exchange.quarantine.written", "exchange.quarantine.opened",
        "platform.outbox.consumed", "platform.outbox.handled", "platform.outbox.done",
        "claims.check.judged", "claims.check.page", "claims.check.written", "claims.check.committed",
        "claims.confirm.written", "claims.confirm.committed", "claims.cancel.written", "claims.cancel.committed",
        "claims.autoconfirm.written", "claims.autoconfirm.committed",
        "claims.close.written", "claims.close.committed", "claims.review.written", "claims.review.committed",
        "claims.decide.written", "claims.decide.committed",
        "claims.deliver.packaged", "exchange.post.stored", "claims.deliver.posted", "claims.deliver.written", "claims.deliver.committed",
        "claims.settle.written", "claims.settle.committed",
        "exchange.receipt.written", "exchange.receipt.committed",
        "exchange.handover.written", "exchange.handover.committed",
        "exchange.sweep.written", "exchange.sweep.expired", "exchange.sweep.removed",
    ];

    /// <summary>Dies here, if this is the moment that was armed.</summary>
    public static void Pass(string point)
    {
        if (_armed is { } armed && armed.Point == point)
        {
            armed.Reach();
        }
    }

    /// <summary>Reads <c>Faults:Die</c>. Refuses it outside 開発, and a name that nobody passes.</summary>
    internal static void Arm(IConfiguration configuration)
    {
        if (configuration["Faults:Die"] is not { Length: > 0 } wanted)
        {
            return;
        }

        if (!string.Equals(configuration["Environment"], "development", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException("設定 Faults:Die は開発環境 (Environment=development) だけで使えます。設定から除いてください。");
        }

        var parts = wanted.Split(':');
        if (!Names.Contains(parts[0]) || parts.Length > 2 || !int.TryParse(parts.ElementAtOrDefault(1) ?? "1", out var nth) || nth < 1)
        {
            throw new InvalidOperationException($"設定 Faults:Die の「{wanted}」は障害点の名称[:回数]ではありません。docs/operations/fault-points.md を確認してください。");
        }

        _armed = new Armed(parts[0], nth);
    }

    private sealed class Armed(string point, int nth)
    {
        private int _left = nth;

        public string Point => point;

        public void Reach()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Console.Error.WriteLine($"fault point {point}: dying");
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        }
    }
}
