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

/// <summary>請求確定 by the institution: what the check accepted is claimed; what it rejected is not.</summary>
internal sealed class Confirm(DbSession session, Receptions receptions, Transitions transitions, Tally tally)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/receptions/{number}/confirm", async (string number, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            (await claims.Confirm(current.Actor, number, ct)).ToResult(reception => Results.Json(reception, SiteJson.Options)))
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

        if ((await transitions.Take(reception, Act.Confirm, by, "", ct)).Refused(out var refusal, out var confirmed))
        {
            await session.Rollback();
            return refusal;
        }

        await tally.Confirmed(number, ct);
        FaultPoints.Pass("claims.confirm.written");
        await session.Commit(ct);
        FaultPoints.Pass("claims.confirm.committed");
        return confirmed.View();
    }
}
