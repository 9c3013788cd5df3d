using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Deliveries;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Modules.Exchange.Uploads;
using Sekisho.Platform;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Exchange;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("exchange", typeof(ExchangeModule).Assembly);
        services.AddSingleton(configuration.GetSection("Exchange").Get<ExchangeOptions>() ?? new ExchangeOptions());
        services.AddSingleton<MasterKeys>().AddSingleton<ContentStore>().AddSingleton<DiskSpace>().AddSingleton<UploadLocks>().AddSingleton<Numbers>();
        services.AddSingleton<LedgerSignal>().AddSingleton<LedgerOrigin>().AddSingleton<Checkpoints>().AddSingleton<AcknowledgementWait>();
        services.AddScoped<ILedger, LedgerWriter>().AddScoped<LedgerReading>();
        services.AddSingleton<TransmissionVerification>().AddSingleton<ISiteHealth, LedgerVerification>();
        services.AddScoped<TransmissionTable>().AddScoped<Admission>().AddScoped<Completion>().AddScoped<UploadProgress>();
        services.AddScoped<OpenTransmission>().AddScoped<ReadAcknowledgement>();
        services.AddScoped<OpenLimit>().AddScoped<HeadUpload>().AddScoped<PatchUpload>().AddScoped<DeleteUpload>();
        services.AddScoped<PostDelivery>().AddScoped<HandOver>().AddScoped<ReadDeliveries>().AddScoped<AcknowledgeDelivery>();
        services.AddScoped<IExchange, ExchangeService>();
        services.AddHostedService<Sequencer>();
        services.AddSingleton<Sweep>().AddHostedService(s => s.GetRequiredService<Sweep>());
        return services;
    }

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder endpoints)
    {
        MapTransmissions(endpoints.MapGroup("/exchange/transmissions").Requires(Permission.SendTransmissions));
        MapUploads(endpoints.MapGroup("/exchange/uploads/{id:guid}").AddEndpointFilter(Tus.Filter));
        MapDeliveries(endpoints.MapGroup("/exchange/deliveries").Requires(Permission.ReceiveTransmissions));
        MapSent(endpoints.MapGroup("/exchange/sent").OpenToMembers("自組織が送信した、または自組織の名で送信されたものだけを返す"));
        MapLedger(endpoints.MapGroup("/exchange/ledger").OpenToMembers("台帳の検証に必要で、個人情報も伝送の内容も含まない"));
        return endpoints;
    }

    private static void MapTransmissions(RouteGroupBuilder group)
    {
        group.MapPost("", (HttpContext http, OpenTransmission use) => use.Handle(http)).Audits(AuditKind.TransmissionOpened);
        group.MapGet("/{id:guid}/acknowledgement", (Guid id, ReadAcknowledgement use, CancellationToken ct) => use.Acknowledgement(id, ct))
            .Audits(AuditKind.AcknowledgementRead);
        group.MapGet("/{id:guid}/proof", (Guid id, ReadAcknowledgement use, CancellationToken ct) => use.Proof(id, ct))
            .Audits(AuditKind.AcknowledgementRead);
    }

    private static void MapUploads(RouteGroupBuilder group)
    {
        group.MapMethods("", [HttpMethods.Head], (Guid id, HttpContext http, HeadUpload use) => use.Handle(id, http))
            .Requires(Permission.SendTransmissions).Audits(AuditKind.TransmissionUpload);
        group.MapPatch("", (Guid id, HttpContext http, PatchUpload use) => use.Handle(id, http))
            .Requires(Permission.SendTransmissions).Audits(AuditKind.TransmissionUpload);
        group.MapDelete("", (Guid id, DeleteUpload use, CancellationToken ct) => use.Handle(id, ct))
            .Requires(Permission.SendTransmissions).Audits(AuditKind.TransmissionUpload);
        group.MapMethods("", [HttpMethods.Options], (HttpContext http, HeadUpload use) => use.Options(http))
            .OpenToMembers("通信規約の版を知るため").NotAudited("伝送に触れない");
    }

    private static void MapDeliveries(RouteGroupBuilder group)
    {
        group.MapGet("", (bool? waiting, ReadDeliveries use, CancellationToken ct) => use.Inbox(waiting, ct)).Audits(AuditKind.DeliveryRead);
        group.MapGet("/{id:guid}/envelope", (Guid id, ReadDeliveries use, CancellationToken ct) => use.Envelope(id, ct)).Audits(AuditKind.DeliveryRead);
        group.MapGet("/{id:guid}/content", (Guid id, ReadDeliveries use, CancellationToken ct) => use.Content(id, ct)).Audits(AuditKind.DeliveryRead);
        group.MapPost("/{id:guid}/receipt", (Guid id, HttpContext http, AcknowledgeDelivery use) => use.Handle(id, http))
            .Audits(AuditKind.DeliveryAcknowledged);
    }

    private static void MapSent(RouteGroupBuilder group)
    {
        group.MapGet("", (ReadDeliveries use, CancellationToken ct) => use.Sent(ct)).Audits(AuditKind.DeliveryRead);
        group.MapGet("/{id:guid}/receipt", (Guid id, ReadDeliveries use, CancellationToken ct) => use.Receipt(id, ct)).Audits(AuditKind.DeliveryRead);
    }

    private static void MapLedger(RouteGroupBuilder group)
    {
        group.MapGet("/checkpoint", (LedgerReading use, CancellationToken ct) => use.Checkpoint(ct)).NotAudited("台帳の要約のみ");
        group.MapGet("/consistency", (long from, long to, LedgerReading use, CancellationToken ct) => use.Consistency(from, to, ct)).NotAudited("台帳のハッシュ値のみ");
    }
}
