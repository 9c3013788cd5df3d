using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Modules.Claims.Judging;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Month;

/// <summary>
/// 自動確定: when the period in which a file was received is over, what the institution has not decided is confirmed, without the claims that have an
/// error or 要確認 (L2, L3, L4). Doing it again changes nothing.
/// </summary>
internal sealed class ConfirmAutomatically(
    DbSession session, Receptions receptions, Transitions transitions, Tally tally, ClaimsCalendar calendar, IBusinessTime business)
{
    /// <summary>How many receptions were confirmed.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var waiting = new List<ReceptionRow>();
        foreach (var month in await DueMonths(ct))
        {
            waiting.AddRange(await session.InReading(async () => await receptions.Where("r.state = 'Checked' AND r.month = @month", ct, ("month", month)), ct));
        }

        var confirmed = 0;
        foreach (var reception in waiting.Where(IsDue))
        {
            await session.Write(ct);
            if ((await transitions.Take(reception, Act.ConfirmAutomatically, null, "", ct)).Refused(out _, out _))
            {
                await session.Rollback();
                continue;
            }

            await session.Execute(
                $"UPDATE {session.Prefix("claims")}claim SET state = @dropped WHERE reception = @number AND state = @accepted AND worst IN ('L3', 'L4')",
                ct,
                ("dropped", ClaimState.Dropped),
                ("number", reception.Number),
                ("accepted", ClaimState.Accepted));
            await tally.Confirmed(reception.Number, ct);
            FaultPoints.Pass("claims.autoconfirm.written");
            await session.Commit(ct);
            FaultPoints.Pass("claims.autoconfirm.committed");
            confirmed++;
        }

        return confirmed;
    }

    /// <summary>The months of which the reception that came first, and so is due first, is due: nearly always none, and found without reading receptions.</summary>
    private async Task<List<string>> DueMonths(CancellationToken ct)
    {
        var earliest = await session.InReading(
            async () => await session.Query(
                $"SELECT month, MIN(business_at) FROM {session.Prefix("claims")}reception WHERE state = 'Checked' GROUP BY month",
                r => (Month: r.GetString(0), At: Instants.FromMicroseconds(r.GetInt64(1)).InJapan()),
                ct),
            ct);
        return [.. earliest.Where(e => YearMonth.TryParse(e.Month, out var month) && IsDue(month, e.At)).Select(e => e.Month)];
    }

    private bool IsDue(ReceptionRow reception) => reception.Month is { } month && IsDue(month, reception.BusinessAt);

    private bool IsDue(YearMonth month, DateTimeOffset received) => StateMachine.Permits(Timing.AfterPeriod, calendar, month, received, business.Now);
}
