using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Modules.Eligibility.Emergencies;
using Sekisho.Modules.Eligibility.Kiosks;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>Cards, and what rests on them: consents, 受付機, 救急時の閲覧.</summary>
internal static class CardSetup
{
    public static void AddCards(this IServiceCollection services)
    {
        services.AddScoped<Consents.Consents>().AddScoped<KeepConsents>().AddScoped<WithdrawConsents>();
        services.AddSingleton<CardAuthorities>().AddScoped<CardProofs>().AddScoped<Cards>().AddScoped<CardInquiries>().AddScoped<CardAnswers>();
        services.AddScoped<Newcomers>().AddScoped<CardGuesses>().AddScoped<AdmitNewcomer>().AddScoped<ILostCards, LoseCards>().AddHostedService<NewcomerSweeper>();
        services.AddScoped<InquireByCard>().AddScoped<AskAgain>().AddScoped<RegisterCard>().AddScoped<CarryOver>().AddScoped<ISightChecks, SightCheck>();
        services.AddScoped<KioskTable>().AddScoped<IKiosks, Kiosk>().AddScoped<IOwnAccesses, ReadOwnAccesses>();
        services.AddScoped<EmergencyTable>().AddScoped<OpenEmergency>().AddScoped<ReviewEmergency>().AddScoped<IEmergencies, EmergencyDoor>();
    }

    public static void MapCards(this IEndpointRouteBuilder endpoints)
    {
        CardProofs.Map(endpoints);
        InquireByCard.Map(endpoints);
        AskAgain.Map(endpoints);
        SightCheck.Map(endpoints);
        RegisterCard.Map(endpoints);
        AdmitNewcomer.Map(endpoints);
        LoseCards.Map(endpoints);
        CarryOver.Map(endpoints);
        ReadAuthorities.Map(endpoints);
        WithdrawConsents.Map(endpoints);
        EmergencyDoor.Map(endpoints);
    }
}
