using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;

namespace Sekisho.Platform;

/// <summary>Wires what the modules share.</summary>
public static class PlatformSetup
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        FaultPoints.Arm(configuration);
        var options = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new DataFolder(configuration["DataFolder"] ?? "data"));
        services.AddSingleton(options);
        services.AddSingleton<Database>();
        services.AddSingleton<ServerLock>();
        services.AddSingleton<Migrator>();
        services.AddSchema("platform", typeof(PlatformSetup).Assembly);
        services.AddScoped<DbSession>();
        services.AddScoped<Outbox>();
        services.AddScoped<Audit>();
        services.AddSingleton<OutboxSignal>();
        services.AddHostedService<Dispatcher>();
        services.AddSingleton<AccessRecorder>();
        services.AddSingleton<SubjectKeys>().AddSingleton<ISubjectHashes>(s => s.GetRequiredService<SubjectKeys>()).AddSingleton<IReadSubject, ReadSubject>();
        services.AddHttpContextAccessor();
        services.AddSingleton<ICurrentActor, CurrentActor>();
        services.AddSingleton<BusinessTime>();
        services.AddSingleton<IBusinessTime>(s => s.GetRequiredService<BusinessTime>());
        return services;
    }

    /// <summary>Registers a module's embedded schema files.</summary>
    public static IServiceCollection AddSchema(this IServiceCollection services, string module, System.Reflection.Assembly assembly) =>
        services.AddSingleton(new SchemaSource(module, assembly));

    /// <summary>Registers a consumer of a fact.</summary>
    public static IServiceCollection AddConsumer<TFact, TConsumer>(this IServiceCollection services)
        where TFact : notnull
        where TConsumer : class, IConsumer<TFact> =>
        services.AddScoped<TConsumer>().AddSingleton(ConsumerRegistration.Of<TFact, TConsumer>());

    /// <summary>Applies the schema and loads settings; call before the host starts.</summary>
    public static async Task PreparePlatform(this IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<Migrator>().Apply(ct);
        await services.GetRequiredService<BusinessTime>().Load(ct);
    }

    /// <summary>Refuses to start when an endpoint states no permission or no audit event.</summary>
    public static void VerifyEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var faults = endpoints.DataSources.SelectMany(Access.Faults).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOperationException("Endpoints without a stated permission or audit event:\n" + string.Join('\n', faults));
        }
    }

    /// <summary>Records what authentication refuses; goes before it.</summary>
    public static IApplicationBuilder UseDenials(this IApplicationBuilder app) => app.UseMiddleware<DenialMiddleware>();

    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();
}
