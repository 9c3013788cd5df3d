using System.Net.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.People;
using Sekisho.Modules.Identity.Registry;
using Sekisho.Platform;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class IdentityModule
{
    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("identity", typeof(IdentityModule).Assembly);
        services.AddSingleton(new SiteOptions(configuration));
        services.AddSingleton<Store>().AddSingleton<KeyFiles>().AddSingleton<CaSigner>().AddSingleton<Standing>().AddSingleton<Revocation>();
        services.AddSingleton<Issue>().AddSingleton<CentreKey>().AddSingleton<ServerKey>().AddSingleton<MachineTls>().AddSingleton<Preparation>();
        services.AddSingleton<Register>().AddSingleton<AddPerson>();
        services.AddSingleton<ICertificates, Certificates>();
        services.AddSingleton<IDirectory, OrganisationDirectory>();
        services.AddSingleton<IIdentityAdministration, Administration>();
        services.AddSingleton<ISignIn, SignIn>();
        services.AddHostedService<StandingWatch>();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(Cookie);
        return services;
    }

    /// <summary>Creates or loads the CA and the keys; call after the schema was applied and before the host starts.</summary>
    public static Task PrepareIdentity(this IServiceProvider services, CancellationToken ct) => services.GetRequiredService<Preparation>().Run(ct);

    /// <summary>Turns certificate or cookie into the request's actor.</summary>
    public static IApplicationBuilder UseIdentity(this IApplicationBuilder app) => app.UseAuthentication().UseMiddleware<ActorMiddleware>();

    /// <summary>TLS of the machine port for one connection.</summary>
    public static SslServerAuthenticationOptions MachineTls(this IServiceProvider services) => services.GetRequiredService<MachineTls>().Machines();

    /// <summary>TLS of the people port for one connection.</summary>
    public static SslServerAuthenticationOptions PeopleTls(this IServiceProvider services) => services.GetRequiredService<MachineTls>().People();

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder endpoints)
    {
        var identity = endpoints.MapGroup("/identity");
        identity.MapGet("/me", ReadDirectory.Me)
            .OpenToMembers("自分が誰として認証されたかの確認").NotAudited("自分自身の情報のみ");
        identity.MapGet("/organisations", ReadDirectory.Holder)
            .OpenToMembers("宛先の組織を知るため").NotAudited("個人情報を含まない").WithMetadata(new ClassifiedAttribute(Classification.Confidential));
        identity.MapGet("/ca.pem", ReadDirectory.Authority)
            .OpenToAll("検証に必要な公開の証明書").NotAudited("公開情報").WithMetadata(new ClassifiedAttribute(Classification.Public));
        identity.MapGet("/crl", ReadDirectory.RevocationList)
            .OpenToAll("検証に必要な公開の失効リスト").NotAudited("公開情報").WithMetadata(new ClassifiedAttribute(Classification.Public));
        return endpoints;
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sekisho";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(30);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
    }
}
