using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Ends an appointment now. The row stays, with its end and the reason.</summary>
internal sealed class EndAppointment(PeopleActs acts)
{
    public const int LongestReason = 200;

    public ValueTask<Outcome<ActState>> Run(Actor by, Guid appointment, string reason, CancellationToken ct) =>
        acts.Run(by, Permission.AppointPeople, null, scene => Act(scene, appointment, reason.Trim(), ct), ct);

    private static async ValueTask<Outcome<ActState>> Act(PeopleActs.Scene scene, Guid appointment, string reason, CancellationToken ct)
    {
        if (scene.Chart.Appointments.Find(a => a.Id == appointment && a.Lives(scene.Now)) is not { } row)
        {
            return Refusals.AppointmentUnknown;
        }

        if (reason.Length is 0 or > LongestReason)
        {
            return Refusals.NoReason;
        }

        // Whoever is audited does not dismiss their auditor.
        if (row.Role == GovernanceRole.Auditor && !scene.By.Governance.Contains(GovernanceRole.Head) && scene.Chart.Holders(GovernanceRole.Head, scene.Now).Count > 0)
        {
            return Refusals.NotTheirsToAppoint with { Text = "監査人の任命を終えられるのは、機関の長だけです。" };
        }

        (row.Until, row.Reason, row.EndedBy) = (Later(row.Since, scene.Now), reason, scene.Person);
        await scene.Record(AuditKind.AppointmentChanged, row.Person, $"ended {row.Role} {row.Scope} {row.Id:D}", ct);
        return ActState.Done;
    }

    /// <summary>What had not begun ends where it would have.</summary>
    private static DateTimeOffset Later(DateTimeOffset since, DateTimeOffset now) => since > now ? since : now;
}
