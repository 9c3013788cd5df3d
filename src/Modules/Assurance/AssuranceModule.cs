using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Assurance.Export;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Modules.Assurance.Protection;
using Sekisho.Modules.Assurance.Retention;
using Sekisho.Platform;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Assurance;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class AssuranceModule
{
    public static IServiceCollection AddAssurance(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("assurance", typeof(AssuranceModule).Assembly);
        services.AddSingleton(configuration.GetSection("Assurance").Get<AssuranceOptions>() ?? new AssuranceOptions());
        services.AddSingleton<AuditViews>().AddScoped<AuditTable>().AddScoped<AuditEntries>();
        services.AddScoped<SearchAudit>().AddScoped<ReadEvent>().AddScoped<ExportAudit>().AddScoped<GatherExport>().AddScoped<Expire>();
        services.AddScoped<IAuditLog, AuditLogDoor>().AddScoped<IPersonAccesses, PersonAccesses>();
        services.AddScoped<ProtectedPersons>().AddScoped<IProtectedPersons>(s => s.GetRequiredService<ProtectedPersons>());
        services.AddSingleton<ILedgerRows, AuditRows>().AddSingleton<IExports, StateExport>();
        services.AddHostedService<DailyWorker>();
        return services;
    }

    public static IEndpointRouteBuilder MapAssurance(this IEndpointRouteBuilder endpoints)
    {
        SearchAudit.Map(endpoints);
        ReadEvent.Map(endpoints);
        ExportAudit.Map(endpoints);
        Expire.Map(endpoints);
        ProtectedPersons.Map(endpoints);
        return endpoints;
    }
}
