using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>任命: as the regulation permits. Who writes it down and who appointed may be two: 理事長 rarely signs in.</summary>
internal sealed class Appoint(PeopleActs acts)
{
    public ValueTask<Outcome<Guid>> Run(Actor by, NewAppointment appointment, CancellationToken ct) =>
        acts.Run(by, Permission.AppointPeople, appointment.Since, scene => Act(scene, appointment, ct), ct);

    private static async ValueTask<Outcome<Guid>> Act(PeopleActs.Scene scene, NewAppointment appointment, CancellationToken ct)
    {
        if (scene.Chart.Living(appointment.Person) is not { } membership)
        {
            return Refusals.ColleagueUnknown;
        }

        if (appointment.Person.Value == scene.Person)
        {
            return Refusals.AppointsThemself;
        }

        var placed = Place(scene, membership, appointment);
        if (placed.Succeeded(out var id, out _))
        {
            await scene.Record(AuditKind.AppointmentChanged, appointment.Person.Value, $"appointed {appointment.Role} {appointment.Scope} {id:D}", ct);
        }

        return placed;
    }

    /// <summary>Puts the appointment on the chart when the regulation lets it stand there; what it leads to is judged with the whole chart.</summary>
    public static Outcome<Guid> Place(PeopleActs.Scene scene, MembershipRow membership, NewAppointment appointment)
    {
        var (role, scope) = (appointment.Role, appointment.Scope);
        var since = appointment.Since is { } given && given > scene.Now ? given : scene.Now;
        var regulation = scene.Chart.RegulationAt(since);
        if (Wrong(scene, regulation, appointment, since) is { } refusal)
        {
            return refusal;
        }

        var living = scene.Chart.Appointments.Where(a => a.Lives(since) && a.Role == role).ToList();
        if (Regulation.Managers.Contains(role) ? living.Exists(a => Regulation.Fills(a, role, scope)) : living.Exists(a => a.Membership == membership.Id))
        {
            return Refusals.AlreadyFilled;
        }

        var row = new AppointmentRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = membership.Organisation,
            Membership = membership.Id,
            Person = membership.Person,
            Role = role,
            Scope = scope,
            Since = since,
            Until = appointment.Until,
            AppointedBy = scene.Person,
            AppointedByPost = appointment.AppointedByPost ?? "",
            Recorded = scene.Now,
        };
        scene.Context.Appointments.Add(row);
        scene.Chart.Appointments.Add(row);
        return row.Id;
    }

    private static Refusal? Wrong(PeopleActs.Scene scene, Regulation regulation, NewAppointment appointment, DateTimeOffset since)
    {
        if (appointment.Until is { } until && until <= since)
        {
            return Refusals.EndsBeforeItBegins;
        }

        if (appointment.Role == GovernanceRole.Head)
        {
            return Refusals.NotTheirsToAppoint with { Text = $"機関の長は任命しません。「{regulation.HeadPost}」の役職から決まります。" };
        }

        if (!AppointmentRules.HasScope(regulation, appointment.Role, appointment.Scope))
        {
            return Refusals.NoSuchScope;
        }

        var appointers = AppointmentRules.Appointers(regulation, appointment.Role);
        return appointment.AppointedByPost switch
        {
            null => Appoints(scene, appointers) ? null : Refusals.NobodyAppointed with { Text = $"任命した人（{string.Join("または", appointers.Distinct())}）が記録されていません。" },
            "" => Refusals.NobodyAppointed,
            { } post => appointers.Contains(post) ? null : Refusals.NotTheirsToAppoint,
        };
    }

    /// <summary>True when the acting person themself is one who appoints to the role.</summary>
    private static bool Appoints(PeopleActs.Scene scene, IReadOnlyList<string> appointers)
    {
        var posts = scene.By.Person is { } person && scene.Chart.Living(person) is { } own ? scene.Chart.PostsOf(own, scene.Now) : [];
        return posts.Any(appointers.Contains) || scene.By.Governance.Any(role => appointers.Contains(PeopleNames.Governance[role]));
    }
}
