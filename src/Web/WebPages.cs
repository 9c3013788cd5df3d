using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Sekisho.Contracts.Papers;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Web.Papers;

namespace Sekisho.Web;

/// <summary>The server-rendered pages.</summary>
public static class WebPages
{
    /// <param name="services">Of the site.</param>
    /// <param name="configuration">Section Papers.</param>
    /// <param name="paperFolder">Where papers lie while they are printed, unless configured.</param>
    public static IServiceCollection AddWebPages(this IServiceCollection services, IConfiguration configuration, string paperFolder)
    {
        services.AddRazorPages().ConfigureApplicationPartManager(AddParts);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "sekisho-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.FormFieldName = "form-token";
            options.HeaderName = "X-Form-Token";
        });
        services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = "sekisho-notice";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // Japanese is written as it is: the pages stay readable at the source, and short.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton<SiteNotice>();
        var papers = configuration.GetSection("Papers").Get<PaperOptions>() ?? new PaperOptions();
        papers.Folder = papers.Folder.Length > 0 ? Path.GetFullPath(papers.Folder) : paperFolder;
        services.AddSingleton(papers).AddSingleton<Printer>().AddHostedService(s => s.GetRequiredService<Printer>()).AddSingleton<IPapers, Papers.Papers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, PeopleOrMachines>());
        return services;
    }

    /// <summary>Refusals and faults as pages, for people only. Goes first in the pipeline.</summary>
    public static IApplicationBuilder UseWebPages(this IApplicationBuilder app) =>
        app.UseWhen(
            context => context.Request.IsFromPerson(),
            people => people.UseExceptionHandler("/error/500").UseStatusCodePagesWithReExecute("/error/{0}"));

    public static IEndpointRouteBuilder MapWebPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapAssets();
        endpoints.MapRazorPages();
        return endpoints;
    }

    // Found whatever the entry assembly is: the server, or a test.
    private static void AddParts(ApplicationPartManager manager)
    {
        var assembly = typeof(WebPages).Assembly;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
        {
            if (!manager.ApplicationParts.Any(p => p.Name == part.Name && p.GetType() == part.GetType()))
            {
                manager.ApplicationParts.Add(part);
            }
        }
    }
}
