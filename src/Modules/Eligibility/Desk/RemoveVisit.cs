using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>Takes a line off a list; what was asked and answered stays.</summary>
internal sealed class RemoveVisit(DbSession session, Visits visits, Audit audit)
{
    public async ValueTask<Outcome<DateOnly>> Run(Actor by, Guid id, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        await session.Write(ct);
        if (await visits.Find(by.Organisation, id, ct) is not { } visit)
        {
            await session.Rollback();
            return Refusals.NoVisit;
        }

        await visits.Remove(id, ct);
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"visit:{id}", "removed") { By = by, Whose = Patients.Subject(visit.Patient) }, ct);
        await session.Commit(ct);
        return visit.Day;
    }
}
