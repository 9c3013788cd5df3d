using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>The institution's home: where the claims month stands, and what waits for a decision.</summary>
internal sealed class Desk(DbSession session, Receptions receptions, Corrections corrections, ClaimsCalendar calendar, IBusinessTime business)
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/claims/desk", async (IClaims claims, ICurrentActor current, CancellationToken ct) =>
            Results.Json(await claims.Desk(current.Actor, ct), SiteJson.Options))
        .OpenToMembers("日程は誰にでも同じ。受付は所属組織と権限で見える範囲だけを返す")
        .Audits(AuditKind.ReceptionRead);

    public ValueTask<ClaimsDesk> Run(Actor by, CancellationToken ct)
    {
        var now = business.Now;
        var standing = calendar.At(now);
        return session.InReading(
            async () =>
            {
                var waiting = await receptions.Where(by, Sides.Confirming(by), "r.state IN ('Received', 'Checked')", ct);
                var rejected = await receptions.Where(
                    by, Sides.Confirming(by), "r.state = 'Rejected' AND r.month = @month", ct, ("month", standing.Month.ToString()));
                var maySend = standing.Current is { } window
                    && (window.Phase == Phase.Sending || await corrections.Awaited(by.Organisation, standing.Month, ct));
                var day = DateOnly.FromDateTime(now.DateTime);
                return new ClaimsDesk(
                    day,
                    standing.Month,
                    maySend,
                    standing.Current is { } current ? $"{JapaneseTime.Say(current)} です。" : $"次の{JapaneseTime.Say(standing.Next)} です。",
                    standing.Phase == Phase.Sending ? calendar.LastSendingDay(standing.Month).DayNumber - day.DayNumber : null,
                    [.. waiting.Concat(rejected).Select(r => r.View())]);
            },
            ct);
    }
}
