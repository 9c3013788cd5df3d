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

/// <summary>POST /eligibility/bulk-inquiries takes a list (JSON, or one person a line), POST …/result answers. Signed as every inquiry of a device is.</summary>
internal static class BulkOverHttp
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/eligibility/bulk-inquiries", Submit)
            .WithMetadata(new RequestSizeLimitAttribute(MessageLimits.Upload.MaxBytes))
            .Signed()
            .Takes<BulkInquiry>("application/json", "application/x-ndjson")
            .Produces<BulkState>(StatusCodes.Status202Accepted)
            .WithSummary("資格確認一括照会（JSON、または1行に1人）")
            .WithDescription("`application/x-ndjson` では、1行に1つの BulkInquiryRow。資格確認日は `on` に書きます。")
            .Requires(Permission.InquireEligibility)
            .Audits(AuditKind.BulkTaken);
        endpoints.MapSigned<BulkDoor, BulkAsked, BulkInquiryResult>(
                "/eligibility/bulk-inquiries/result", (door, by, asked, prove, ct) => door.Result(by, asked.Number, prove, ct))
            .WithSummary("資格確認一括照会の進み具合と結果")
            .Requires(Permission.InquireEligibility)
            .Audits(AuditKind.BulkRead);
    }

    private static async Task<IResult> Submit(HttpContext http, BulkDoor door, SignedExchange exchange, BulkPace pace, ICurrentActor current, DateOnly? on, CancellationToken ct)
    {
        using var place = await pace.Enter(ct);
        if (place is null)
        {
            return Later(http, pace, Refusals.TooMuchWaiting);
        }

        if ((await exchange.Read(http.Request, MessageLimits.Upload.MaxBytes, Refusals.ListTooLong, ct)).Refused(out var refusal, out var body))
        {
            return refusal.ToResult();
        }

        byte[] answer = [];
        var inquiry = http.Request.ContentType?.Split(';')[0].Trim() == "application/x-ndjson" ? BulkDoor.Lines(body, on) : Json.Read<BulkInquiry>(body);
        var taken = await door.Submit(current.Actor, inquiry, state => exchange.Prove(http.Response, answer = JsonSerializer.SerializeToUtf8Bytes(state, SiteJson.Options)), ct);
        if (taken.Refused(out refusal, out _))
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
