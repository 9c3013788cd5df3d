using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What the reception screen is made of.</summary>
internal static class DeskParts
{
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddScoped<Patients>().AddScoped<Visits>().AddScoped<Answers>().AddScoped<Plans>().AddScoped<Runs>();
        services.AddScoped<ListDay>().AddScoped<OpenVisit>().AddScoped<Arrive>().AddScoped<AskVisit>().AddScoped<Adopt>().AddScoped<RemoveVisit>().AddScoped<IReception, Reception>();
        services.AddScoped<IDeskFiles, TakeDeskFile>().AddScoped<CardResults>().AddScoped<ICardInbox>(s => s.GetRequiredService<CardResults>());
        services.AddSingleton<NightSignal>().AddScoped<Night>().AddScoped<INightInquiries, NightDoor>().AddHostedService<NightWorker>();
    }

    public static void MapDesk(this IEndpointRouteBuilder endpoints)
    {
        TakeDeskFile.Map(endpoints);
        NightDoor.Map(endpoints);
    }
}
