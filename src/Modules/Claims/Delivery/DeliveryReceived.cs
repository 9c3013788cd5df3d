using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Delivery;

/// <summary>The insurer has acknowledged a delivery.</summary>
internal sealed class DeliveryReceived(DbSession session, IExchange exchange) : IConsumer<TransmissionReceived>
{
    public async Task Consume(TransmissionReceived fact, CancellationToken ct)
    {
        if (fact.Kind != TransmissionKinds.Delivery || !(await exchange.Find(fact.Transmission, ct)).Succeeded(out var transmission, out _))
        {
            return;
        }

        await session.Execute(
            $"UPDATE {session.Prefix("claims")}delivery SET received_at = @at WHERE id = @id AND received_at IS NULL",
            ct,
            ("at", transmission.ReceiptAt),
            ("id", fact.Transmission.Value));
    }
}
