using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Month;

/// <summary>審査: 請求どおり or 保留, for all claims of a reception or for some. After 決定 only what was held back can still be reviewed.</summary>
internal sealed class Review(DbSession session, Receptions receptions, ClaimRows rows, Transitions transitions)
{
    /// <summary>What the reviewer decides.</summary>
    internal sealed record Request(ReviewDecision Decision, IReadOnlyList<int>? Ordinals);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/receptions/{number}/review", async (string number, HttpRequest http, IClaims claims, ICurrentActor current, CancellationToken ct) =>
        {
            var request = await http.ReadFromJsonAsync<Request>(SiteJson.Options, ct) ?? throw new BadHttpRequestException("JSON expected");
            return (await claims.Review(current.Actor, number, request.Decision, request.Ordinals, ct))
                .ToResult(reception => Results.Json(reception, SiteJson.Options));
        })
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.ClaimsTransition);

    public async ValueTask<Outcome<Reception>> Run(Actor by, string number, ReviewDecision decision, IReadOnlyList<int>? ordinals, CancellationToken ct)
    {
        await session.Write(ct);
        var outcome = await Decide(by, number, decision, ordinals, ct);
        if (outcome.Refused(out var refusal, out var reviewed))
        {
            await session.Rollback();
            return refusal;
        }

        FaultPoints.Pass("claims.review.written");
        await session.Commit(ct);
        FaultPoints.Pass("claims.review.committed");
        return reviewed.View();
    }

    private async Task<Outcome<ReceptionRow>> Decide(Actor by, string number, ReviewDecision decision, IReadOnlyList<int>? ordinals, CancellationToken ct)
    {
        if (await receptions.Find(by, Sides.Reviewing(by), number, ct) is not { } reception)
        {
            return Refusals.NoReception;
        }

        var open = reception.State is ReceptionState.Decided or ReceptionState.Delivered
            ? new[] { ClaimState.Held }
            : [ClaimState.Accepted, ClaimState.Approved, ClaimState.Held];
        var reviewable = (await rows.Claims(number, ct)).Where(c => open.Contains(c.State)).Select(c => c.Entry.Ordinal).ToHashSet();
        if (ordinals is not null && ordinals.Where(o => !reviewable.Contains(o)).ToList() is { Count: > 0 } wrong)
        {
            return Refusals.NoSuchOrdinals with { Text = $"審査の対象でないレセプトが指定されています: {string.Join('、', wrong.Take(20))}" };
        }

        if ((ordinals?.Count ?? reviewable.Count) == 0 && StateMachine.Find(reception.State, Act.Review) is not null)
        {
            return Refusals.NothingToReview;
        }

        var chosen = ordinals is null ? reviewable : [.. ordinals];
        var step = await transitions.Take(reception, Act.Review, by, $"{decision} {chosen.Count}", ct);
        if (step.Succeeded(out _, out _))
        {
            foreach (var ordinal in chosen)
            {
                await session.Execute(
                    $"UPDATE {session.Prefix("claims")}claim SET state = @state WHERE reception = @reception AND ordinal = @ordinal AND state <> @withdrawn",
                    ct,
                    ("withdrawn", ClaimState.Withdrawn),
                    ("state", decision == ReviewDecision.AsClaimed ? ClaimState.Approved : ClaimState.Held),
                    ("reception", number),
                    ("ordinal", ordinal));
            }
        }

        return step;
    }
}
