using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Delivery;

/// <summary>After a delivery run: each decided claim is 配信済み or 配信保留, and a reception with nothing left to deliver is 配信.</summary>
internal sealed class SettleDelivery(DbSession session, Receptions receptions, Transitions transitions)
{
    private string Prefix => session.Prefix("claims");

    public async Task Run(Actor by, YearMonth month, CancellationToken ct)
    {
        var decided = await session.InReading(
            async () => await receptions.Where(
                "r.recipient = @payer AND r.month = @month AND r.state = 'Decided'", ct, ("payer", by.Organisation.Value), ("month", month.ToString())),
            ct);
        foreach (var reception in decided)
        {
            await session.Write(ct);
            if (await Settle(by, reception, ct))
            {
                FaultPoints.Pass("claims.settle.written");
                await session.Commit(ct);
                FaultPoints.Pass("claims.settle.committed");
            }
            else
            {
                await session.Rollback();
            }
        }
    }

    /// <summary>False when nothing changed since the last run.</summary>
    private async Task<bool> Settle(Actor by, ReceptionRow reception, CancellationToken ct)
    {
        await receptions.Lock(reception.Number, ct);
        var waiting = $"SELECT 1 FROM {Prefix}target t WHERE t.reception = c.reception AND t.ordinal = c.ordinal AND t.delivery IS NULL";
        var delivered = await Mark(reception, ClaimState.Delivered, $"c.state IN ('Approved', 'Undeliverable') AND NOT EXISTS ({waiting})", ct);
        var held = await Mark(reception, ClaimState.Undeliverable, $"c.state = 'Approved' AND EXISTS ({waiting})", ct);
        var left = await session.Scalar(
            $"SELECT 1 FROM {Prefix}claim c WHERE c.reception = @number AND c.state = 'Undeliverable' LIMIT 1", ct, ("number", reception.Number));
        if (left is not null && delivered + held == 0)
        {
            return false;
        }

        var act = left is null ? Act.Deliver : Act.DeliverPartly;
        return (await transitions.Take(reception, act, by, $"delivered {delivered} held {held}", ct)).Succeeded(out _, out _);
    }

    private async ValueTask<int> Mark(ReceptionRow reception, ClaimState state, string condition, CancellationToken ct) => await session.Execute(
        $"UPDATE {Prefix}claim AS c SET state = @state WHERE c.reception = @number AND {condition}", ct, ("state", state), ("number", reception.Number));
}
