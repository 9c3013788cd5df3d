using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Checkups;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Desk;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Medicines;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.Quality;
using Sekisho.Modules.Eligibility.References;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Modules.Eligibility.Responsibility;
using Sekisho.Modules.Eligibility.Settings;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Platform;

namespace Sekisho.Modules.Eligibility;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class EligibilityModule
{
    public static IServiceCollection AddEligibility(this IServiceCollection services)
    {
        services.AddSchema("eligibility", typeof(EligibilityModule).Assembly);
        services.AddSingleton<RegistryKeys>().AddScoped<Coverages>().AddScoped<CoverageStore>();
        services.AddScoped<Disclosure>().AddScoped<SharedProtection>().AddScoped<Ask>().AddScoped<IEligibilityDesk>(s => s.GetRequiredService<Ask>());
        services.AddScoped<IPersonVault, PersonVault>();
        services.AddSingleton<ShieldSignal>().AddScoped<Shields>().AddHostedService<ShieldWorker>();
        services.AddScoped<MemberOf>().AddScoped<Links>().AddScoped<Matches>().AddScoped<DecideMatch>().AddScoped<StopViewing>().AddScoped<IRegisteredPeople, RegisteredPeople>();
        services.AddScoped<RegisterReference>().AddScoped<IReferenceNumbers>(s => s.GetRequiredService<RegisterReference>());
        services.AddScoped<IEligibility, ReadResponsible>().AddScoped<AskResponsible>();
        services.AddScoped<Registrar>().AddScoped<Files>().AddScoped<RegisterOne>().AddScoped<FindRegistered>().AddScoped<ICoverageRegistration, RegistrationDoor>();
        services.AddScoped<SignedExchange>().AddScoped<OwnInstitution>().AddScoped<AnswerMessage>();
        services.AddMessages();
        services.AddDesk();
        services.AddMedicines();
        services.AddScoped<IFileRows<CoverageEntry>, CoverageFile>().AddScoped(typeof(TakeFile<>));
        services.AddKeyedScoped(typeof(IFileForm<>), CoverageFileForm.Csv, typeof(CsvForm<>)).AddKeyedScoped(typeof(IFileForm<>), CoverageFileForm.JsonLines, typeof(JsonLinesForm<>));
        services.AddWelfare();
        services.AddCards();
        services.AddCheckups();
        services.AddQuality();
        services.AddScoped<FacilitySettings>().AddScoped<ChangeSettings>().AddScoped<IFacilitySettings>(s => s.GetRequiredService<ChangeSettings>());
        return services;
    }

    public static IEndpointRouteBuilder MapEligibility(this IEndpointRouteBuilder endpoints)
    {
        AskOverHttp.Map(endpoints);
        RegisterOne.Map(endpoints);
        FileDoor.Map<ICoverageRegistration>(endpoints, "/eligibility/coverages/files/{file}", Permission.RegisterCoverage, AuditKind.CoverageFileTaken, "加入者情報");
        FindRegistered.Map(endpoints);
        RegisterReference.Map(endpoints);
        RegisteredPeople.Map(endpoints);
        AskResponsible.Map(endpoints);
        MessageOverHttp.Map(endpoints);
        BulkOverHttp.Map(endpoints);
        SettingsOverHttp.Map(endpoints);
        endpoints.MapDesk();
        ViewMedicines.Map(endpoints);
        endpoints.MapWelfare();
        endpoints.MapCards();
        endpoints.MapCheckups();
        endpoints.MapQuality();
        return endpoints;
    }
}
