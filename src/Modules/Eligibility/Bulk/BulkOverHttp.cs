using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>Which list.</summary>
internal sealed record BulkAsked
{
    /// <summary>受付番号.</summary>
    public string Number { get; init; } = "";
}

/// <summary>POST …-inquiries takes a list (JSON; the facility's own also as one person a line), POST …/result answers. Signed as every inquiry of a device is.</summary>
internal static class BulkOverHttp
{
    private const int MaxQuestion = 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/eligibility/bulk-inquiries", Submit)
            .IsList<BulkInquiry>(MessageLimits.Upload.MaxBytes, "application/json", "application/x-ndjson")
            .WithSummary("資格確認一括照会（JSON、または1行に1人）")
            .WithDescription("`application/x-ndjson` では、1行に1つの BulkInquiryRow。資格確認日は `on` に書きます。");
        endpoints.MapResult<BulkDoor, BulkAnswer>("/eligibility/bulk-inquiries/result", (door, by, asked, prove, ct) => door.Result(by, asked.Number, prove, ct))
            .WithSummary("資格確認一括照会の進み具合と結果");
        endpoints.MapPost("/eligibility/consented-inquiries", Consented)
            .IsList<ConsentedQuestion>(MaxQuestion, "application/json")
            .WithSummary("同意済資格情報の一括取得（訪問診療等・オンライン診療等）");
        endpoints.MapResult<ListDoor, ConsentedAnswer>("/eligibility/consented-inquiries/result", (door, by, asked, prove, ct) => door.ConsentedResult(by, asked.Number, prove, ct))
            .WithSummary("同意済資格情報の一括取得の進み具合と結果");
        endpoints.MapPost("/eligibility/aid-inquiries", Commissioned)
            .IsList<AidQuestion>(MaxQuestion, "application/json")
            .WithSummary("医療扶助 委託先資格情報の一括取得");
        endpoints.MapResult<ListDoor, InquiryAnswer>("/eligibility/aid-inquiries/result", (door, by, asked, prove, ct) => door.CommissionedResult(by, asked.Number, prove, ct))
            .WithSummary("医療扶助 委託先資格情報の一括取得の進み具合と結果");
    }

    private static Task<IResult> Submit(HttpContext http, BulkDoor door, SignedExchange exchange, BulkPace pace, ICurrentActor current, DateOnly? on, CancellationToken ct) => Take(
        http,
        exchange,
        pace,
        MessageLimits.Upload.MaxBytes,
        (body, prove) => door.Submit(
            current.Actor, http.Request.ContentType?.Split(';')[0].Trim() == "application/x-ndjson" ? BulkDoor.Lines(body, on) : Json.Read<BulkInquiry>(body), prove, ct),
        ct);

    private static Task<IResult> Consented(HttpContext http, ListDoor door, SignedExchange exchange, BulkPace pace, ICurrentActor current, CancellationToken ct) =>
        Take(http, exchange, pace, MaxQuestion, (body, prove) => door.Consented(current.Actor, Json.Read<ConsentedQuestion>(body), prove, ct), ct);

    private static Task<IResult> Commissioned(HttpContext http, ListDoor door, SignedExchange exchange, BulkPace pace, ICurrentActor current, CancellationToken ct) =>
        Take(http, exchange, pace, MaxQuestion, (body, prove) => door.Commissioned(current.Actor, Json.Read<AidQuestion>(body), prove, ct), ct);

    private static RouteHandlerBuilder IsList<TQuestion>(this RouteHandlerBuilder door, int most, params string[] mediaTypes) => door
        .WithMetadata(new RequestSizeLimitAttribute(most))
        .Signed()
        .Takes<TQuestion>(mediaTypes)
        .Produces<BulkState>(StatusCodes.Status202Accepted)
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.BulkTaken);

    private static RouteHandlerBuilder MapResult<TDoor, TAnswer>(
        this IEndpointRouteBuilder endpoints,
        string path,
        Func<TDoor, Actor, BulkAsked, Func<BulkAnswers<TAnswer>, string>, CancellationToken, ValueTask<Outcome<BulkAnswers<TAnswer>>>> result)
        where TDoor : notnull => endpoints
        .MapSigned(path, result)
        .Requires(Permission.InquireEligibility)
        .Audits(AuditKind.BulkRead);

    private static async Task<IResult> Take(
        HttpContext http, SignedExchange exchange, BulkPace pace, int most, Func<byte[], Func<BulkState, string>, ValueTask<Outcome<BulkState>>> take, CancellationToken ct)
    {
        using var place = await pace.Enter(ct);
        if (place is null)
        {
            return Later(http, pace, Refusals.TooMuchWaiting);
        }

        if ((await exchange.Read(http.Request, most, Refusals.ListTooLong, ct)).Refused(out var refusal, out var body))
        {
            return refusal.ToResult();
        }

        byte[] answer = [];
        if ((await take(body, state => exchange.Prove(http.Response, answer = JsonSerializer.SerializeToUtf8Bytes(state, SiteJson.Options)))).Refused(out refusal, out _))
        {
            return Later(http, pace, refusal);
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return Results.Bytes(answer, "application/json");
    }

    private static IResult Later(HttpContext http, BulkPace pace, Refusal refusal)
    {
        pace.Tell(http.Response, refusal);
        return refusal.ToResult();
    }
}
