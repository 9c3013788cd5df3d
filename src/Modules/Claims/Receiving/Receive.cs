using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>受信: an acknowledged claim file becomes a reception; the worker checks it.</summary>
internal sealed class Receive(
    DbSession session, IExchange exchange, IDirectory directory, IBusinessTime business, Transitions transitions, ClaimsSignal signal)
    : IConsumer<TransmissionAccepted>
{
    public async Task Consume(TransmissionAccepted fact, CancellationToken ct)
    {
        if (fact.Kind != TransmissionKinds.Claim)
        {
            return;
        }

        var transmission = (await exchange.Find(fact.Transmission, ct)).Value;
        var payer = await RecipientPayers.Of(directory, transmission.Recipient, ct);
        var added = await session.Execute(
            $"""
            INSERT INTO {session.Prefix("claims")}reception (number, transmission, sender, recipient, institution, institution_name, payer, month, volume, file_name,
                sha256, provenance, received_at, business_at, state, claims, rejected, points, findings, editions, rule_list, not_run)
            VALUES (@number, @transmission, @sender, @recipient, '', '', @payer, '', '', @file, @sha256, @provenance, @received, @business, @state,
                0, 0, 0, 0, '', '', '')
            ON CONFLICT DO NOTHING
            """,
            ct,
            ("number", transmission.Number),
            ("transmission", transmission.Id.Value),
            ("sender", transmission.Sender.Value),
            ("recipient", transmission.Recipient.Value),
            ("payer", payer.Count > 0 ? payer[0] : ""),
            ("file", transmission.FileName),
            ("sha256", transmission.Sha256),
            ("provenance", transmission.Provenance),
            ("received", transmission.ReceivedAt),
            ("business", business.At(transmission.ReceivedAt)),
            ("state", ReceptionState.Received));
        if (added == 1)
        {
            await transitions.Begin(transmission.Number, ct);
            session.AfterCommit(signal.Set);
        }
    }
}

/// <summary>審査支払機関 codes of an organisation.</summary>
internal static class RecipientPayers
{
    public static async ValueTask<IReadOnlyList<string>> Of(IDirectory directory, OrganisationId organisation, CancellationToken ct) =>
        (await directory.Organisation(organisation, ct)).Succeeded(out var known, out _)
            ? [.. known.Codes.Where(c => c.System == CodeSystem.Payer).Select(c => c.Value)]
            : [];
}
