using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Claims.Judging;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Month;

/// <summary>取消 by the institution: none of the reception's claims is claimed; the same bytes may be sent again.</summary>
internal sealed class Cancel(DbSession session, Receptions receptions, Transitions transitions, Tally tally)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/receptions/{number}/cancel", async (string number, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            (await claims.Cancel(current.Actor, number, ct)).ToResult(reception => Results.Json(reception, SiteJson.Options)))
        .Requires(Permission.ConfirmClaims)
        .Audits(AuditKind.ClaimsTransition);

    public async ValueTask<Outcome<Reception>> Run(Actor by, string number, CancellationToken ct)
    {
        await session.Write(ct);
        if (await receptions.Find(by, Sides.Confirming(by), number, ct) is not { } reception)
        {
            await session.Rollback();
            return Refusals.NoReception;
        }

        if ((await transitions.Take(reception, Act.Cancel, by, "", ct)).Refused(out var refusal, out var cancelled))
        {
            await session.Rollback();
            return refusal;
        }

        await session.Execute(
            $"UPDATE {session.Prefix("claims")}claim SET state = @dropped WHERE reception = @number", ct, ("dropped", ClaimState.Dropped), ("number", number));
        await tally.Cancelled(number, ct);
        FaultPoints.Pass("claims.cancel.written");
        await session.Commit(ct);
        FaultPoints.Pass("claims.cancel.committed");
        return cancelled.View();
    }
}
