using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Month;

/// <summary>締切 of a month by the payer: only now are claims facts. Each gets its レセプト管理番号 and 検索番号 and is published, reception by reception.</summary>
internal sealed class Close(
    DbSession session,
    Receptions receptions,
    ClaimRows rows,
    Transitions transitions,
    ConfirmAutomatically confirm,
    Outbox outbox,
    ClaimsCalendar calendar,
    IBusinessTime business)
{
    private string Prefix => session.Prefix("claims");

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/months/{month}/close", async (string month, IClaims claims, ICurrentActor current, CancellationToken ct) =>
            YearMonth.TryParse(month, out var parsed)
                ? (await claims.Close(current.Actor, parsed, ct)).ToResult(count => Results.Json(new { closed = count }, SiteJson.Options))
                : Refusals.BadMonth.ToResult())
        .Requires(Permission.ReviewClaims)
        .Audits(AuditKind.ClaimsTransition);

    public async ValueTask<Outcome<int>> Run(Actor by, YearMonth month, CancellationToken ct)
    {
        if (!by.May(Permission.ReviewClaims))
        {
            return Refusals.NotPermitted;
        }

        if (calendar.PhaseOf(month, business.Now) != Phase.Over)
        {
            var from = JapaneseTime.Say(calendar.ClosableFrom(month));
            return Refusals.NotYetClosable with { Text = $"請求年月 {month} の締切ができるのは {from} からです。" };
        }

        await confirm.Run(ct);
        var waiting = await Of(by, "r.month IN (@month, '') AND r.state IN ('Received', 'Checked')", month, ct);
        if (waiting.Any(r => r.Month == month || calendar.PhaseOf(month, r.BusinessAt) is Phase.Sending or Phase.Correcting))
        {
            return Refusals.StillChecking;
        }

        var closed = 0;
        foreach (var reception in await Of(by, "r.month = @month AND r.state = 'Confirmed'", month, ct))
        {
            await session.Write(ct);
            if ((await transitions.Take(reception, Act.Close, by, "", ct)).Refused(out var refusal, out _))
            {
                await session.Rollback();
                return refusal;
            }

            await Publish(reception, month, ct);
            FaultPoints.Pass("claims.close.written");
            await session.Commit(ct);
            FaultPoints.Pass("claims.close.committed");
            closed++;
        }

        return closed;
    }

    private ValueTask<List<ReceptionRow>> Of(Actor by, string condition, YearMonth month, CancellationToken ct) => session.InReading(
        async () => await receptions.Where($"r.recipient = @payer AND {condition}", ct, ("payer", by.Organisation.Value), ("month", month.ToString())), ct);

    private async Task Publish(ReceptionRow reception, YearMonth month, CancellationToken ct)
    {
        var claims = (await rows.Claims(reception.Number, ct)).Where(c => c.State == ClaimState.Accepted).ToList();
        var first = await Reserve(month, claims.Count, ct);
        foreach (var (index, claim) in claims.Index())
        {
            var serial = (first + index).ToString("D10", CultureInfo.InvariantCulture);
            await session.Execute(
                $"UPDATE {Prefix}claim SET management_number = @management, search_number = @search WHERE reception = @reception AND ordinal = @ordinal",
                ct,
                ("management", month + serial),
                ("search", reception.Payer.PadLeft(3, '0') + month + serial),
                ("reception", reception.Number),
                ("ordinal", claim.Entry.Ordinal));
            var entry = claim.Entry;
            // The check rejects a claim without a proper 診療年月 (L2), so the fall-back is for a rule list that some day does not.
            var treatment = YearMonth.TryParse(entry.TreatmentMonth, out var parsed) ? parsed : month;
            var fact = new ClaimAccepted(reception.Number, entry.Ordinal, reception.Transmission, entry.Offset, entry.Length, entry.Insurer, treatment);
            await outbox.Publish(fact, "reception:" + reception.Number, ct);
        }
    }

    /// <summary>Reserves serial numbers of the month; the first of them.</summary>
    private async ValueTask<long> Reserve(YearMonth month, int count, CancellationToken ct)
    {
        var last = await session.Scalar(
            $"INSERT INTO {Prefix}numbering AS n (month, last) VALUES (@month, @count) ON CONFLICT (month) DO UPDATE SET last = n.last + excluded.last RETURNING last",
            ct,
            ("month", month.ToString()),
            ("count", (long)count));
        return Convert.ToInt64(last, CultureInfo.InvariantCulture) - count + 1;
    }
}
