using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>What looking at the registration adds to the module.</summary>
internal static class QualitySetup
{
    public static void AddQuality(this IServiceCollection services)
    {
        services.AddScoped<Notices>().AddSingleton<Looks>().AddHostedService<LookWorker>();
        services.AddScoped<IRegistrationQuality, RegistrationQuality>().AddScoped<AccessTrail>().AddScoped<IAccessLogs, HandOutAccessLog>();
    }

    public static void MapQuality(this IEndpointRouteBuilder endpoints) => HandOutAccessLog.Map(endpoints);
}
