using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>One ticket at a time: registers, corrects or withdraws it.</summary>
internal sealed class RegisterTicket(DbSession session, TicketRegistrar registrar, IDirectory directory, RegistryKeys keys, Audit audit)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ITicketRegistration, TicketEntry, EntryReport>(
            "/eligibility/tickets", (registration, by, entry, ct) => registration.Register(by, entry, ct), RegisterOne.Status)
        .Produces<EntryReport>(StatusCodes.Status422UnprocessableEntity)
        .WithSummary("医療券・調剤券を1件、登録・訂正・取消")
        .Requires(Permission.RegisterTickets)
        .Audits(AuditKind.TicketRegistered);

    public async ValueTask<Outcome<EntryReport>> Run(Actor by, TicketEntry entry, CancellationToken ct)
    {
        if (!by.May(Permission.RegisterTickets))
        {
            return Refusals.MayNotRegisterTickets;
        }

        var own = await RegisterOne.Numbers(directory, by.Organisation, ct);
        await session.Write(ct);
        var report = (await registrar.Run(by.Organisation, own, [new Numbered<TicketEntry>(1, entry)], ct))[0];
        await audit.Record(
            new AuditEvent(AuditKind.TicketRegistered, "entry:" + Convert.ToHexStringLower(keys.Ticket(by.Organisation, entry.Id)), RegisterOne.Result(report))
            {
                By = by,
                Whose = entry.Recipient is { } recipient ? Disclosure.Subject(recipient) : null,
            },
            ct);
        await session.Commit(ct);
        return report;
    }
}
