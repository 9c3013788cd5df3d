using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What a person ticked is taken over from the answer they saw. What was on file before is in their own system, not here.</summary>
internal sealed class Adopt(DbSession session, Visits visits, Patients patients, Answers answers, Audit audit)
{
    public async ValueTask<Outcome<int>> Run(Actor by, Guid id, Guid answer, IReadOnlyList<string> fields, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        await session.Write(ct);
        var visit = await visits.Find(by.Organisation, id, ct);
        if (visit is null || by.Person is null || await answers.Find(by.Organisation, visit.PatientId, answer, ct) is not { } seen)
        {
            await session.Rollback();
            return visit is not null && by.Person is null ? Refusals.PersonOnly : Refusals.NoVisit;
        }

        var (adopted, count) = Differences.Adopted(visit.Patient, seen.Answer, fields.ToHashSet(StringComparer.Ordinal));
        if (count == 0)
        {
            await session.Rollback();
            return Refusals.NothingTicked;
        }

        // Of the fields only which were taken over: what is posted is anybody's text.
        var taken = Differences.Of(visit.Patient, seen.Answer).Where(d => d.MayAdopt && fields.Contains(d.Field)).Select(d => d.Field);
        await patients.Keep(by.Organisation, adopted, ct);
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"visit:{id}", "adopted " + string.Join('・', taken)) { By = by, Whose = Patients.Subject(adopted) }, ct);
        await session.Commit(ct);
        return count;
    }
}
