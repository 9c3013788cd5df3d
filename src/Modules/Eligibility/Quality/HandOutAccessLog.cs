using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>
/// Who looked at one of an insurer's people: only under what this insurer itself registered, so that it learns nothing of the person elsewhere. Of a protected person there
/// is nothing, and nothing that tells why.
/// </summary>
internal sealed class HandOutAccessLog(DbSession session, Coverages coverages, AccessTrail trail, Audit audit, TimeProvider time) : IAccessLogs
{
    private const int MostDays = 366 * 5;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<IAccessLogs, AccessLogRequest, AccessLog>("/eligibility/access-logs", (logs, by, request, ct) => logs.HandOut(by, request, ct))
        .WithSummary("利用の記録: 自組織の登録の1人について、だれが・いつ・何を見たか")
        .Requires(Permission.HandOutAccessLog)
        .Audits(AuditKind.AccessLogRead);

    public async ValueTask<Outcome<AccessLog>> HandOut(Actor by, AccessLogRequest request, CancellationToken ct)
    {
        // The trail is in real time, whatever business day is set.
        var until = request.Until ?? time.Now().DayInJapan();
        var from = request.From ?? until.AddMonths(-AccessTrail.MonthsBack);
        if (Fault(by, request, from, until) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        var own = (await coverages.OfCard(by.Organisation, request.Card, null, ct)).Where(r => r.KnownUntil is null && !r.Stopped).ToList();
        if (own.DistinctBy(r => r.Person).Count() != 1)
        {
            await session.Rollback();
            return own.Count == 0 ? Refusals.NobodyFound : Refusals.SeveralFound;
        }

        var found = await trail.Of(await coverages.OfPerson(own[0].Person, null, ct), by.Organisation, from, until, ct);
        var named = coverages.Open(own[0]).Coverage;
        await audit.Record(
            new AuditEvent(AuditKind.AccessLogRead, "insurer", found.Count.ToString(CultureInfo.InvariantCulture)) { By = by, Whose = Disclosure.Subject(named), Reason = request.Reason.Trim() }, ct);
        await session.Commit(ct);
        return new AccessLog(named.Name, time.Now(), from, until, found);
    }

    private static Refusal? Fault(Actor by, AccessLogRequest request, DateOnly from, DateOnly until) =>
        !by.May(Permission.HandOutAccessLog) ? Refusals.MayNotHandOut
        : !Audit.IsReason(request.Reason) ? Refusals.NoReasonToHandOut
        : !Coverages.IsComplete(request.Card) ? Refusals.KeysIncomplete
        : from > until || until.DayNumber - from.DayNumber >= MostDays || until.Year > 9990 ? Refusals.BadPeriod : null;
}
