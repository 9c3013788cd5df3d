using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>職員と役割 as the page and the API show it.</summary>
internal sealed class ReadStaff(Store store, IDirectory directory, TimeProvider time)
{
    public async ValueTask<Outcome<Staff>> Run(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.ReadPeople))
        {
            return Refusals.NotYours;
        }

        var organisation = (await directory.Organisation(by.Organisation, ct)).Value;
        await using var unit = await store.Read(ct);
        var chart = await Chart.Load(unit, organisation, time.Now(), ct);
        var waiting = await Waiting(unit, by, chart, ct);
        var members = chart.Memberships.Select(m => (Row: m, Shown: Shown(chart, m))).ToList();
        return new Staff(
            Shown(chart.RegulationAt(chart.Now)),
            [.. chart.Regulations.Where(r => r.Since > chart.Now).Select(r => Shown(Regulation.Of(r)))],
            [.. members.Where(m => m.Row.Lives(chart.Now)).Select(m => m.Shown)],
            [.. members.Where(m => !m.Row.Lives(chart.Now)).Select(m => m.Shown)],
            AppointmentRules.Lacks(chart),
            waiting,
            StaffHistory.Of(chart),
            Roles.Useful(organisation.Kinds));
    }

    public static RegulationInForce Shown(Regulation regulation) => new(
        regulation.Template.Key, regulation.Template.Name, regulation.Adopted, regulation.Since, regulation.HeadPost, regulation.AdministratorPost, regulation.ManagerPost,
        regulation.Combining, regulation.Password, regulation.ManagedScopes, regulation.Template.Consultation);

    private static Colleague Shown(Chart chart, MembershipRow member)
    {
        var (now, person) = (chart.Now, chart.People[member.Person]);
        var (governance, business) = (chart.GovernanceOf(member, now), chart.BusinessOf(member, now));
        var designated = chart.Appointments.Where(a => a.Membership == member.Id && a.Lives(now)).ToList();
        var regulation = chart.RegulationAt(now);
        var exOfficio = governance.Where(role => !designated.Exists(a => a.Role == role && a.InForce(now))).Order()
            .Select(role => new Appointment(null, role, SystemScope.All, AppointmentBasis.ExOfficio, regulation.Template.Name, null, null, ""));
        return new Colleague(
            new PersonId(person.Id), person.Name, person.Login, member.Since, member.Until, member.Reason, chart.PostsOf(member, now), business,
            [.. exOfficio, .. designated.OrderBy(a => a.Role).Select(a => Shown(chart, a))],
            Permissions.OfPerson(chart.Organisation.Kinds, governance, business.ToHashSet()));
    }

    private static Appointment Shown(Chart chart, AppointmentRow row) => new(
        row.Id, row.Role, row.Scope, AppointmentBasis.Designated, StaffHistory.Appointer(chart, row), row.Since, row.Until, row.Reason);

    /// <summary>What waits here, and for the centre's administrators what waits where nobody else could decide.</summary>
    private async ValueTask<IReadOnlyList<WaitingAct>> Waiting(Store.Unit unit, Actor by, Chart own, CancellationToken ct)
    {
        var here = by.Organisation.Value;
        var everywhere = by.May(Permission.ManageSite);
        var rows = await unit.Context.Proposals.AsNoTracking().Where(p => p.Decided == null && (everywhere || p.Organisation == here)).OrderBy(p => p.Proposed).ToListAsync(ct);
        var acts = new List<WaitingAct>();
        foreach (var group in rows.GroupBy(r => r.Organisation))
        {
            var chart = group.Key == here ? own
                : await Chart.Load(unit, (await directory.Organisation(new OrganisationId(group.Key), ct)).Value, own.Now, ct);
            acts.AddRange(group.Select(row => (Row: row, Second: Propose.IsSecond(by, chart, row.Person))).Where(a => a.Second || group.Key == here)
                .Select(a => Shown(chart, a.Row, a.Second)));
        }

        return acts;
    }

    private static WaitingAct Shown(Chart chart, ProposalRow row, bool second) => new(
        row.Id, chart.Organisation.Id, chart.Organisation.Name, new PersonId(row.Person), chart.People[row.Person].Name, StaffHistory.Text(row), row.Proposed, second);
}
