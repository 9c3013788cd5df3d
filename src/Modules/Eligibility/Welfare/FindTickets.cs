using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>A 福祉事務所 looks at one of its tickets, or at those of one recipient: what is known, and what was known before.</summary>
internal sealed class FindTickets(DbSession session, Tickets tickets, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ITicketRegistration, TicketQuery, IReadOnlyList<TicketVersion>>(
            "/eligibility/tickets/search", (registration, by, query, ct) => registration.Find(by, query, ct))
        .WithSummary("自組織の医療券・調剤券の照会")
        .Requires(Permission.RegisterTickets)
        .Audits(AuditKind.TicketRead);

    public async ValueTask<Outcome<IReadOnlyList<TicketVersion>>> Run(Actor by, TicketQuery query, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterTickets))
        {
            return Refusals.MayNotRegisterTickets;
        }

        if (query.Id.Length == 0 && !Coverages.IsComplete(query.Recipient))
        {
            return Refusals.KeysIncomplete;
        }

        await session.Write(ct);
        var rows = query.Id.Length > 0
            ? await tickets.OfEntry(by.Organisation, query.Id, query.AsOf, ct)
            : await tickets.OfRecipient(by.Organisation, query.Recipient!, query.AsOf, ct);
        var found = rows.ConvertAll(row => (Row: row, Said: tickets.Open(row)));
        var whose = found.Count > 0 ? found[^1].Said.Recipient : query.Recipient;
        await audit.Record(
            new AuditEvent(AuditKind.TicketRead, query.Id.Length > 0 ? "by id" : "by recipient", found.Count.ToString(CultureInfo.InvariantCulture))
            {
                By = by,
                Whose = whose is null ? null : Disclosure.Subject(whose),
            },
            ct);
        await session.Commit(ct);
        return found.ConvertAll(f => new TicketVersion(f.Said.Id, f.Row.KnownFrom, f.Row.KnownUntil, f.Said.Recipient, f.Said.Ticket));
    }
}
