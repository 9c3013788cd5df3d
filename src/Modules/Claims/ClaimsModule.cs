using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.Checks;
using Sekisho.Modules.Claims.Delivery;
using Sekisho.Modules.Claims.Judging;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Month;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Modules.Claims.Withdrawals;
using Sekisho.Platform;

namespace Sekisho.Modules.Claims;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class ClaimsModule
{
    public static IServiceCollection AddClaims(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("claims", typeof(ClaimsModule).Assembly);
        services.AddSingleton(ClaimsCalendar.Published).AddSingleton<ClaimsSignal>().AddSingleton<MasterShelf>().AddHostedService<ClaimsWorker>();
        services.AddScoped<IClaims, ClaimsDoor>().AddScoped<IClaimChecks, ClaimsDoor>().AddScoped<IClaimWithdrawals, ClaimsDoor>().AddScoped<IClaimsAdministration, ClaimsDoor>();
        services.AddScoped<ITransmissionGate, ClaimGate>();
        services.AddConsumer<TransmissionAccepted, Receive>().AddConsumer<TransmissionReceived, DeliveryReceived>();
        services.AddScoped<Receptions>().AddScoped<ClaimRows>().AddScoped<Transitions>();
        services.AddScoped<RegistryReader>().AddScoped<LoadRegistry>().AddScoped<LoadMasters>();
        services.AddScoped<Corrections>().AddScoped<AwaitedMarks>().AddScoped<Examine>().AddScoped<CheckReception>().AddScoped<StoreResult>();
        services.AddScoped<Desk>().AddScoped<ListReceptions>().AddScoped<ReadResult>().AddScoped<OpenClaim>();
        services.AddScoped<IClaimContents, ReadContents>();
        services.AddSingleton<PreviewPlaces>().AddScoped<PreviewFile>().AddScoped<ReadResultPage>();
        services.AddScoped<Tally>().AddScoped<Judge>().AddScoped<ListJudged>().AddScoped<ReadStatistics>();
        services.AddScoped<Confirm>().AddScoped<Cancel>().AddScoped<ConfirmAutomatically>().AddScoped<Close>().AddScoped<Review>().AddScoped<Decide>();
        services.AddScoped<DeliveryPackage>().AddScoped<SettleDelivery>().AddScoped<Deliver>();
        services.AddScoped<WithdrawalRows>().AddScoped<TellInsurers>().AddScoped<RequestWithdrawal>().AddScoped<DecideWithdrawal>().AddScoped<ListWithdrawals>();
        return services;
    }

    public static IEndpointRouteBuilder MapClaims(this IEndpointRouteBuilder endpoints)
    {
        LoadRegistry.Map(endpoints);
        ReadRegistry.Map(endpoints);
        Desk.Map(endpoints);
        ListReceptions.Map(endpoints);
        ReadResult.Map(endpoints);
        OpenClaim.Map(endpoints);
        PreviewFile.Map(endpoints);
        Judge.Map(endpoints);
        ListJudged.Map(endpoints);
        ReadStatistics.Map(endpoints);
        Confirm.Map(endpoints);
        Cancel.Map(endpoints);
        Close.Map(endpoints);
        Review.Map(endpoints);
        Decide.Map(endpoints);
        Deliver.Map(endpoints);
        RequestWithdrawal.Map(endpoints);
        DecideWithdrawal.Map(endpoints);
        ListWithdrawals.Map(endpoints);
        return endpoints;
    }
}
