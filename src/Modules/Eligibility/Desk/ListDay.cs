using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>A day's list with the latest answer of each.</summary>
internal sealed class ListDay(DbSession session, Visits visits, Answers answers, IBusinessTime business)
{
    public async ValueTask<Outcome<DeskDay>> Run(Actor by, DateOnly? day, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        var today = DateOnly.FromDateTime(business.Now.DateTime);
        return await session.InReading(
            async () =>
            {
                var asked = day ?? today;
                var latest = await answers.OfDay(by.Organisation, asked, ct);
                var rows = await visits.OfDay(by.Organisation, asked, ct);
                return new DeskDay(asked, today, [.. rows.Select(v => Visits.Shown(v, latest.GetValueOrDefault(v.PatientId)))], await answers.CountWaiting(by.Organisation, ct));
            },
            ct);
    }
}
