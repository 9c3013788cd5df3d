using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Modules.Eligibility.Registration;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>What 医療扶助 adds to the module.</summary>
internal static class WelfareSetup
{
    public static void AddWelfare(this IServiceCollection services)
    {
        services.AddScoped<Tickets>().AddScoped<TicketRegistrar>().AddScoped<IFileRows<TicketEntry>, TicketFile>();
        services.AddScoped<RegisterTicket>().AddScoped<FindTickets>().AddScoped<ITicketRegistration, TicketDoor>().AddScoped<Aid>();
        services.AddBulk<AidBulk>("OQSmutic");
    }

    public static void MapWelfare(this IEndpointRouteBuilder endpoints)
    {
        RegisterTicket.Map(endpoints);
        FindTickets.Map(endpoints);
        FileDoor.Map<ITicketRegistration>(endpoints, "/eligibility/tickets/files/{file}", Permission.RegisterTickets, AuditKind.TicketFileTaken, "医療券・調剤券");
    }
}
