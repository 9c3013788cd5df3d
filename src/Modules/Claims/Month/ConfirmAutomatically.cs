using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Claims.Calendar;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Month;

/// <summary>
/// 自動確定: when the period in which a file was received is over, what the institution has not decided is confirmed, without the claims that have an
/// error or 要確認 (L2, L3, L4). Doing it again changes nothing.
/// </summary>
internal sealed class ConfirmAutomatically(DbSession session, Receptions receptions, Transitions transitions, ClaimsCalendar calendar, IBusinessTime business)
{
    /// <summary>How many receptions were confirmed.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        var waiting = await session.InReading(async () => await receptions.Where("r.state = 'Checked'", ct), ct);
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
            FaultPoints.Pass("claims.autoconfirm.written");
            await session.Commit(ct);
            FaultPoints.Pass("claims.autoconfirm.committed");
            confirmed++;
        }

        return confirmed;
    }

    private bool IsDue(ReceptionRow reception) =>
        reception.Month is { } month && StateMachine.Permits(Timing.AfterPeriod, calendar, month, reception.BusinessAt, business.Now);
}
