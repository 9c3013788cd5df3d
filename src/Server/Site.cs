using Microsoft.AspNetCore.DataProtection;
using Sekisho.Modules.Assurance;
using Sekisho.Modules.Claims;
using Sekisho.Modules.Eligibility;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Identity;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Server.Demo;
using Sekisho.Server.Edge;
using Sekisho.Web;

namespace Sekisho.Server;

/// <summary>Puts a site together: every module, the pages, and the two ports.</summary>
public static class Site
{
    /// <summary>A site ready to start: schema applied, keys loaded, endpoints verified. A test may replace what the machine is, e.g. its clock.</summary>
    public static async Task<WebApplication> Build(string[] args, Action<IServiceCollection>? machine = null)
    {
        var builder = Builder(args);
        machine?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(Ports.Listen);
        var app = builder.Build();
        app.Services.GetRequiredService<ServerLock>().Take();
        await Prepare(app.Services);
        app.UseExceptionHandler(Faults.Handling);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<Misuse>();
        app.UseWebPages();
        app.UseRouting();
        app.UseDenials();
        app.UseIdentity();
        app.UseMiddleware<Rates>();
        app.UseAccess();
        app.MapIdentity();
        app.MapExchange();
        app.MapClaims();
        app.MapAssurance();
        app.MapEligibility();
        app.MapWebPages();
        app.MapDescription();
        if (app.IsDevelopmentSite())
        {
            app.MapDevelopment();
        }

        app.VerifyEndpoints();
        await DemoWorld.Create(app.Services, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() => DemoWorld.Publish(app.Services));
        return app;
    }

    /// <summary>All services of a site; nothing listens and nothing runs yet. The admin commands use the same.</summary>
    internal static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Site).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var folder = new DataFolder(builder.Configuration["DataFolder"] ?? "data");
        builder.Host.UseDefaultServiceProvider(services => (services.ValidateOnBuild, services.ValidateScopes) = (true, true));
        builder.WebHost.UseStaticWebAssets();
        builder.Services
            .AddPlatform(builder.Configuration)
            .AddIdentity(builder.Configuration)
            .AddExchange(builder.Configuration)
            .AddClaims(builder.Configuration)
            .AddAssurance(builder.Configuration)
            .AddEligibility()
            .AddWebPages(builder.Configuration, folder.Sub("papers"))
            .AddDescription();
        builder.Services.ConfigureHttpJsonOptions(json => SiteJson.Apply(json.SerializerOptions));
        builder.Services.AddDataProtection().SetApplicationName("sekisho").PersistKeysToFileSystem(new DirectoryInfo(folder.Sub("cookie-keys")));
        // The keys of the cookies lie in the data folder, which only its owner can read.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddHostedService<ParentWatch>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }

    /// <summary>Applies the schema and creates or loads what identity needs.</summary>
    internal static async Task Prepare(IServiceProvider services)
    {
        await services.PreparePlatform(CancellationToken.None);
        await services.PrepareIdentity(CancellationToken.None);
    }

    internal static bool IsDevelopmentSite(this IHost app) => app.Services.GetRequiredService<IConfiguration>().IsDevelopmentSite();

    internal static bool IsDevelopmentSite(this IConfiguration configuration) =>
        string.Equals(configuration["Environment"], "development", StringComparison.OrdinalIgnoreCase);
}
