using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Withdrawals;

/// <summary>取下げ依頼 as both sides see them: the institution its own, the payer those addressed to it.</summary>
internal sealed class ListWithdrawals(DbSession session, Receptions receptions, WithdrawalRows withdrawals)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/claims/withdrawals", async (string? reception, bool? open, IClaimWithdrawals withdrawals, ICurrentActor current, CancellationToken ct) =>
            Results.Json(await withdrawals.List(current.Actor, reception, open == true, ct), SiteJson.Options))
        .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
        .Audits(AuditKind.ReceptionRead);

    public async ValueTask<IReadOnlyList<Withdrawal>> Run(Actor by, string? number, bool openOnly, CancellationToken ct)
    {
        var sides = Sides.Reading(by);
        if (sides is { Institution: false, Payer: false })
        {
            return [];
        }

        var condition = receptions.VisibleTo(by) + (number is null ? "" : " AND r.number = @number") + (openOnly ? " AND w.state = 'Requested'" : "");
        return await session.InReading(
            async () => await withdrawals.Where(
                condition, ct, [.. Receptions.Asker(by, sides), .. number is null ? [] : new (string, object?)[] { ("number", number) }]),
            ct);
    }
}
