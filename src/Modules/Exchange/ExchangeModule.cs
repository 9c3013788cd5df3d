using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Modules.Exchange.Deliveries;
using Sekisho.Modules.Exchange.Ledger;
using Sekisho.Modules.Exchange.Notices;
using Sekisho.Modules.Exchange.Overload;
using Sekisho.Modules.Exchange.Quarantine;
using Sekisho.Modules.Exchange.Storage;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Modules.Exchange.Uploads;
using Sekisho.Platform;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange;

/// <summary>The assembly's only public type; see README.md for what the module owns.</summary>
public static class ExchangeModule
{
    public static IServiceCollection AddExchange(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSchema("exchange", typeof(ExchangeModule).Assembly);
        services.AddSingleton(configuration.GetSection("Exchange").Get<ExchangeOptions>() ?? new ExchangeOptions());
        services.AddSingleton(configuration.GetSection("Ledger").Get<LedgerOptions>() ?? new LedgerOptions());
        services.AddSingleton<MasterKeys>().AddSingleton<ContentStore>().AddSingleton<DiskSpace>().AddSingleton<UploadLocks>().AddSingleton<Numbers>();
        services.AddSingleton<LedgerSignal>().AddSingleton<AwaitedSignal>().AddSingleton<LedgerOrigin>().AddSingleton<Checkpoints>().AddSingleton<AcknowledgementWait>();
        services.AddSingleton<LedgerKey>().AddSingleton<SequencerLease>().AddSingleton<WitnessClient>();
        services.AddScoped<ILedger, LedgerWriter>().AddScoped<LedgerReading>().AddScoped<LedgerTiles>();
        services.AddScoped<ILedgerProofs, LedgerProofs>();
        services.AddSingleton<TransmissionVerification>().AddSingleton<ISiteHealth, LedgerVerification>();
        services.AddScoped<TransmissionTable>().AddScoped<Admission>().AddScoped<Completion>().AddScoped<UploadProgress>();
        services.AddScoped<OpenTransmission>().AddScoped<ReadAcknowledgement>();
        services.AddScoped<OpenLimit>().AddScoped<HeadUpload>().AddScoped<PatchUpload>().AddScoped<DeleteUpload>();
        services.AddScoped<PostDelivery>().AddScoped<HandOver>().AddScoped<ReadDeliveries>().AddScoped<AcknowledgeDelivery>();
        services.AddScoped<IExchange, ExchangeService>();
        services.AddHostedService<Sequencer>();
        AddQuarantine(services, configuration);
        services.AddSingleton(configuration.GetSection("Admission").Get<AdmissionOptions>() ?? new AdmissionOptions());
        services.AddSingleton<Tickets>().AddSingleton<Gate>().AddSingleton<Pulse>().AddHostedService(s => s.GetRequiredService<Pulse>());
        services.AddSingleton<Publisher>().AddHostedService(s => s.GetRequiredService<Publisher>());
        services.AddSingleton<Sweep>().AddHostedService(s => s.GetRequiredService<Sweep>());
        return services;
    }

    /// <summary>Scanner, clock, and what stays closed until both are well.</summary>
    private static void AddQuarantine(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Scanner").Get<ScannerOptions>() ?? new ScannerOptions());
        services.AddSingleton(configuration.GetSection("Clock").Get<ClockOptions>() ?? new ClockOptions());
        services.AddSingleton<Clamd>().AddSingleton<ScannerState>().AddSingleton<QuarantineSignal>().AddSingleton<Intake>();
        services.AddSingleton<ReadClock>(KernelClock.Read);
        services.AddSingleton(s => new ReceptionClock(
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ClockOptions>(),
            ClockModes.Of(s.GetRequiredService<ClockOptions>(), s.GetRequiredService<ICertificates>().Environment),
            s.GetRequiredService<ReadClock>()));
        services.AddScoped<QuarantineTable>().AddScoped<Opening>().AddScoped<IQuarantine, Decide>();
        services.AddScoped<NoticeTable>().AddScoped<OperatorNotices>().AddScoped<INotices>(s => s.GetRequiredService<OperatorNotices>());
        services.AddSingleton<SiteWatch>().AddHostedService(s => s.GetRequiredService<SiteWatch>());
        services.AddSingleton<Inspection>().AddHostedService(s => s.GetRequiredService<Inspection>());
    }

    public static IEndpointRouteBuilder MapExchange(this IEndpointRouteBuilder endpoints)
    {
        MapTransmissions(endpoints.MapGroup("/exchange/transmissions").Requires(Permission.SendTransmissions));
        MapUploads(endpoints.MapGroup("/exchange/uploads/{id:guid}").AddEndpointFilter(Tus.Filter));
        MapDeliveries(endpoints.MapGroup("/exchange/deliveries").Requires(Permission.ReceiveTransmissions));
        MapSent(endpoints.MapGroup("/exchange/sent").Requires(Permission.SendTransmissions, Permission.ReadSubmissions));
        MapLedger(endpoints.MapGroup("/exchange/ledger").OpenToMembers("台帳の検証に必要で、個人情報も伝送の内容も含まない"));
        MapTiles(endpoints.MapGroup("/ledger").WithMetadata(new ClassifiedAttribute(Classification.Confidential)));
        return endpoints;
    }

    private static void MapTransmissions(RouteGroupBuilder group)
    {
        group.MapPost("", (HttpContext http, OpenTransmission use) => use.Handle(http)).Audits(AuditKind.TransmissionOpened);
        group.MapGet("/{id:guid}/acknowledgement", (Guid id, ReadAcknowledgement use, CancellationToken ct) => use.Acknowledgement(id, ct))
            .Audits(AuditKind.AcknowledgementRead);
        group.MapGet("/{id:guid}/proof", (Guid id, ReadAcknowledgement use, CancellationToken ct) => use.Proof(id, ct))
            .Audits(AuditKind.AcknowledgementRead);
        group.MapGet("/{id:guid}/tlog-proof", (Guid id, ReadAcknowledgement use, CancellationToken ct) => use.TlogProof(id, ct))
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
        group.MapGet("/{id:guid}/content", (Guid id, HttpContext http, ReadDeliveries use, CancellationToken ct) => use.Content(id, http, ct)).Audits(AuditKind.DeliveryRead).WithMetadata(new ExportsAttribute());
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

    /// <summary>C2SP tlog-tiles (docs/adr/0006): what is hashes only is for every member, what people and organisations did is for auditors.</summary>
    private static void MapTiles(RouteGroupBuilder group)
    {
        group.MapGet("/checkpoint", (HttpContext http, LedgerTiles use, CancellationToken ct) => use.Checkpoint(http, ct)).Published();
        group.MapGet("/vkey", (HttpContext http, LedgerTiles use, CancellationToken ct) => use.Key(http, ct)).Published();
        group.MapGet("/vkey.p7s", (HttpContext http, LedgerTiles use, CancellationToken ct) => use.Binding(http, ct)).Published();
        group.MapGet("/tile/entries/{**path}", (string path, HttpContext http, LedgerTiles use, CancellationToken ct) => use.Entries(path, http, ct))
            .Requires(Permission.ReadLedger).Audits(AuditKind.LedgerRead);
        group.MapGet("/tile/{**path}", (string path, HttpContext http, LedgerTiles use, CancellationToken ct) => use.Tile(path, http, ct))
            .OpenToMembers("台帳の検証に必要で、ハッシュ値だけを返す").NotAudited("ハッシュ値のみ");
    }

    private static void Published(this RouteHandlerBuilder endpoint) => endpoint
        .OpenToAll("台帳の要約と公開鍵。外部の者が固定し、比べるために公開する").NotAudited("公開の要約のみ")
        .WithMetadata(new ClassifiedAttribute(Classification.Public));
}
