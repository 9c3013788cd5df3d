using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Connections;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.Devices;
using Sekisho.Modules.Identity.People;
using Sekisho.Modules.Identity.Registry;
using Sekisho.Modules.Identity.SignIn;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Modules.Identity.SignIn.Recovery;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Modules.Identity.Terms;
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
        services.AddSingleton<Store>().AddSingleton<KeyFiles>().AddSingleton<CertificateAuthority>().AddSingleton<Standing>().AddSingleton<Revocation>();
        services.AddSingleton<Issue>().AddSingleton<CentreKey>().AddSingleton<ServerKey>().AddSingleton<MachineTls>().AddSingleton<Preparation>();
        services.AddSingleton<Register>().AddSingleton<AddPerson>().AddSingleton<Memberships>();
        services.AddSingleton<PeopleActs>().AddSingleton<ReadStaff>().AddSingleton<AddColleague>().AddSingleton<ChangeRoles>().AddSingleton<ChangePosts>();
        services.AddSingleton<Appoint>().AddSingleton<EndAppointment>().AddSingleton<Leave>().AddSingleton<AdoptRegulation>().AddSingleton<Propose>();
        services.AddSingleton<IPeople, Staffing>().AddSingleton<IAgencies, Agencies>();
        AddDevices(services, configuration);
        services.AddSingleton<ICertificates, Certificates>().AddSingleton<ISignedInquiries, SignedInquiries>();
        services.AddSingleton<IDirectory, OrganisationDirectory>();
        services.AddSingleton<IDeviceAdministration, DeviceAdministration>();
        services.AddSingleton<IPeopleAdministration, PeopleAdministration>();
        services.AddSignIn();
        services.AddHostedService<StandingWatch>();
        return services;
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        services.AddDataProtection();
        services.AddSingleton<SignInOptions>().AddSingleton<Members>().AddSingleton<Sealed>().AddSingleton<SessionDoor>().AddSingleton<Progress>();
        services.AddSingleton<PasswordStep>().AddSingleton<CodeCheck>().AddSingleton<CodeStep>().AddSingleton<IStepUp, StepUp>().AddSingleton<PasskeyStep>().AddSingleton<RecoveryStep>().AddSingleton<PasswordChange>();
        services.AddSingleton<Passkeys>().AddSingleton<ISignIn, SignInDoor>().AddSingleton<IOwnCredentials, OwnCredentialsDoor>();
        services.AddSingleton<ISignInAdministration, SignInAdministration>();
    }

    /// <summary>Creates or loads the CA and the keys; call after the schema was applied and before the host starts.</summary>
    public static Task PrepareIdentity(this IServiceProvider services, CancellationToken ct) => services.GetRequiredService<Preparation>().Run(ct);

    /// <summary>Turns certificate or cookie into the request's actor.</summary>
    public static IApplicationBuilder UseIdentity(this IApplicationBuilder app) =>
        app.UseMiddleware<ActorMiddleware>().UseMiddleware<ConnectionGate>().UseExpiryHeader();

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
        identity.MapGet("/centre.pem", ReadDirectory.Centre)
            .OpenToAll("検証に必要な公開の証明書").NotAudited("公開情報").WithMetadata(new ClassifiedAttribute(Classification.Public));
        identity.MapGet("/crl", ReadDirectory.RevocationList)
            .OpenToAll("検証に必要な公開の失効リスト").NotAudited("公開情報").WithMetadata(new ClassifiedAttribute(Classification.Public));
        PeopleEndpoints.Map(identity);
        identity.MapDevices();
        return endpoints;
    }

    /// <summary>Devices, certificates, connections and terms of use.</summary>
    private static void AddDevices(IServiceCollection services, IConfiguration configuration)
    {
        if (TokenCaSigner.IsConfigured(configuration))
        {
            services.AddSingleton<ICaSigner, TokenCaSigner>();
        }
        else
        {
            services.AddSingleton<ICaSigner, FileCaSigner>();
        }

        services.AddSingleton(new TlsOptions(configuration));
        services.AddSingleton<Upkeep>().AddSingleton<ReadDevices>().AddSingleton<CertificateDesk>().AddSingleton<RenewCertificate>();
        services.AddSingleton<IDeviceRegister, DeviceRegister>().AddSingleton<ICertificateOffice, CertificateOffice>();
        services.AddSingleton<SourceRanges>().AddSingleton<IStandingPart>(s => s.GetRequiredService<SourceRanges>());
        services.AddSingleton<TermsGate>().AddSingleton<IStandingPart>(s => s.GetRequiredService<TermsGate>()).AddSingleton<ITermsGate>(s => s.GetRequiredService<TermsGate>());
        services.AddSingleton<IConnections, Lines>().AddSingleton<ITerms, TermsOfUse>();
    }
}
