using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Platform;

namespace Sekisho.Modules.Claims;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class ClaimsModule
{
    public static IServiceCollection AddClaims(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("claims", typeof(ClaimsModule).Assembly);
        return services;
    }

    public static IEndpointRouteBuilder MapClaims(this IEndpointRouteBuilder endpoints) => endpoints;
}
