using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>退職: membership, roles, posts and appointments end together; from that instant no request of theirs is served for this organisation.</summary>
internal sealed class Leave(PeopleActs acts)
{
    public ValueTask<Outcome<ActState>> Run(Actor by, PersonId person, string reason, DateTimeOffset? at, CancellationToken ct) =>
        acts.Run(by, Permission.ManagePeople, at, scene => Act(scene, person, reason.Trim(), at, ct), ct);

    private static async ValueTask<Outcome<ActState>> Act(PeopleActs.Scene scene, PersonId person, string reason, DateTimeOffset? at, CancellationToken ct)
    {
        if (scene.Chart.Living(person) is not { } membership)
        {
            return Refusals.ColleagueUnknown;
        }

        if (reason.Length is 0 or > EndAppointment.LongestReason)
        {
            return Refusals.NoReason;
        }

        var end = at > scene.Now ? at.Value : scene.Now;
        if (end < membership.Since)
        {
            return Refusals.EndsBeforeItBegins;
        }

        (membership.Until, membership.Reason, membership.EndedBy) = (end, reason, scene.Person);
        foreach (var row in scene.Chart.Roles.Where(r => r.Membership == membership.Id && r.Lives(end)))
        {
            (row.Until, row.TakenBy) = (end, scene.Person);
        }

        foreach (var row in scene.Chart.Posts.Where(p => p.Membership == membership.Id && p.Lives(end)))
        {
            (row.Until, row.TakenBy) = (end, scene.Person);
        }

        foreach (var row in scene.Chart.Appointments.Where(a => a.Membership == membership.Id && a.Lives(end)))
        {
            (row.Until, row.Reason, row.EndedBy) = (row.Since > end ? row.Since : end, reason, scene.Person);
        }

        await scene.Record(AuditKind.PeopleChanged, person.Value, "left", ct);
        return ActState.Done;
    }
}
