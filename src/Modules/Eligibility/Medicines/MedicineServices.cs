using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>What the folder consists of.</summary>
internal static class MedicineServices
{
    public static IServiceCollection AddMedicines(this IServiceCollection services)
    {
        services.AddSingleton<MedicineSignal>().AddHostedService<MedicineWorker>().AddConsumer<ClaimAccepted, TakeClaim>().AddConsumer<ClaimWithdrawn, DropClaim>();
        services.AddScoped<GivenStore>().AddScoped<ReadClaims>();
        services.AddScoped<ClaimsOfPerson>().AddScoped<ViewMedicines>().AddScoped<IMedicines>(s => s.GetRequiredService<ViewMedicines>());
        services.AddMessage<AnswerMedicines>(AnswerMedicines.Request);
        return services;
    }
}
