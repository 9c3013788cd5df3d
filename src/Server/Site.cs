using Sekisho.Modules.Claims;
using Sekisho.Modules.Exchange;
using Sekisho.Modules.Identity;
using Sekisho.Platform;
using Sekisho.Web;

namespace Sekisho.Server;

/// <summary>Puts a site together: every module, the pages, and the two ports.</summary>
public static class Site
{
    /// <summary>A site ready to start: schema applied, endpoints verified.</summary>
    public static async Task<WebApplication> Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services
            .AddPlatform(builder.Configuration)
            .AddIdentity(builder.Configuration)
            .AddExchange(builder.Configuration)
            .AddClaims(builder.Configuration)
            .AddWebPages();

        var app = builder.Build();
        await app.Services.PreparePlatform(CancellationToken.None);
        app.UseRouting();
        app.UseAccess();
        app.MapIdentity();
        app.MapExchange();
        app.MapClaims();
        app.MapWebPages();
        app.VerifyEndpoints();
        return app;
    }
}
