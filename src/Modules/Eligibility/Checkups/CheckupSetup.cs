using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Messages;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>The parts of 特定健診 and its doors.</summary>
internal static class CheckupSetup
{
    public static void AddCheckups(this IServiceCollection services)
    {
        services.AddSingleton<ReadPackage>().AddScoped<CheckupStore>().AddScoped<CheckupPackages>().AddScoped<CheckupPeople>().AddScoped<RegisterCheckup>();
        services.AddScoped<TakePackage>().AddScoped<WithdrawCheckup>().AddScoped<FindCheckups>().AddScoped<ICheckupRegistration, CheckupDoor>();
        services.AddScoped<ViewCheckups>().AddScoped<ICheckups>(s => s.GetRequiredService<ViewCheckups>());
        services.AddMessage<AnswerCheckups>("TKKsiquc01req");
        services.AddScoped<ExpireCheckups>().AddHostedService<CheckupWorker>();
    }

    public static void MapCheckups(this IEndpointRouteBuilder endpoints)
    {
        TakePackage.Map(endpoints);
        WithdrawCheckup.Map(endpoints);
        FindCheckups.Map(endpoints);
        ViewOverHttp.Map(endpoints);
    }
}
