using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.People;

/// <summary>Everybody of one organisation with everything dated about them, and what follows from it at an instant. What acts change here is judged before it is saved.</summary>
internal sealed class Chart
{
    private Chart(Organisation organisation, DateTimeOffset now) => (Organisation, Now) = (organisation, now);

    public Organisation Organisation { get; }

    public DateTimeOffset Now { get; }

    public List<MembershipRow> Memberships { get; private init; } = [];

    public List<MembershipRoleRow> Roles { get; private init; } = [];

    public List<PostRow> Posts { get; private init; } = [];

    public List<AppointmentRow> Appointments { get; private init; } = [];

    public List<RegulationRow> Regulations { get; private init; } = [];

    public Dictionary<Guid, PersonRow> People { get; private init; } = [];

    /// <summary>Reads the organisation's chart; rows are tracked, so that an act changes them in place.</summary>
    public static async Task<Chart> Load(Store.Unit unit, Organisation organisation, DateTimeOffset now, CancellationToken ct)
    {
        var (context, id) = (unit.Context, organisation.Id.Value);
        var memberships = context.Memberships.Where(m => m.Organisation == id);
        return new Chart(organisation, now)
        {
            Memberships = await memberships.OrderBy(m => m.Since).ThenBy(m => m.Id).ToListAsync(ct),
            Roles = await context.Roles.Where(r => memberships.Any(m => m.Id == r.Membership)).OrderBy(r => r.Since).ToListAsync(ct),
            Posts = await context.Posts.Where(p => memberships.Any(m => m.Id == p.Membership)).OrderBy(p => p.Since).ToListAsync(ct),
            Appointments = await context.Appointments.Where(a => a.Organisation == id).OrderBy(a => a.Since).ToListAsync(ct),
            Regulations = await context.Regulations.Where(r => r.Organisation == id).OrderBy(r => r.Since).ToListAsync(ct),
            People = await context.People.Where(p => memberships.Any(m => m.Person == p.Id)).ToDictionaryAsync(p => p.Id, ct),
        };
    }

    public Regulation RegulationAt(DateTimeOffset at) => Regulation.At(at, Regulations, Organisation.Kinds);

    /// <summary>The membership in force or to come of somebody who works here.</summary>
    public MembershipRow? Living(PersonId person) => Memberships.LastOrDefault(m => m.Person == person.Value && m.Lives(Now) && People[m.Person].Ended is null);

    public IReadOnlyList<AppointmentRow> InForce(DateTimeOffset at)
    {
        var members = Memberships.Where(m => IsIn(m, at)).Select(m => m.Id).ToHashSet();
        return [.. Appointments.Where(a => a.InForce(at) && members.Contains(a.Membership))];
    }

    public IReadOnlyList<string> PostsOf(MembershipRow member, DateTimeOffset at) =>
        IsIn(member, at) ? [.. Posts.Where(p => p.Membership == member.Id && p.InForce(at)).Select(p => p.Title)] : [];

    public IReadOnlyList<BusinessRole> BusinessOf(MembershipRow member, DateTimeOffset at) =>
        IsIn(member, at) ? [.. Roles.Where(r => r.Membership == member.Id && r.InForce(at)).Select(r => r.Role).Distinct().Order()] : [];

    public IReadOnlySet<GovernanceRole> GovernanceOf(MembershipRow member, DateTimeOffset at) =>
        IsIn(member, at) ? RegulationAt(at).RolesOf(member.Person, PostsOf(member, at), InForce(at)) : new HashSet<GovernanceRole>();

    /// <summary>Members with the role at the instant.</summary>
    public IReadOnlyList<MembershipRow> Holders(GovernanceRole role, DateTimeOffset at)
    {
        var (regulation, inForce) = (RegulationAt(at), InForce(at));
        return [.. Memberships.Where(m => IsIn(m, at) && regulation.RolesOf(m.Person, PostsOf(m, at), inForce).Contains(role))];
    }

    /// <summary>Who fills the post of a 責任者 for a system.</summary>
    public IReadOnlyList<MembershipRow> Managers(GovernanceRole role, SystemScope scope, DateTimeOffset at)
    {
        var inForce = InForce(at);
        var designated = inForce.Where(a => Regulation.Fills(a, role, scope)).Select(a => a.Membership).ToHashSet();
        var post = RegulationAt(at).ManagerPost;
        return designated.Count > 0 ? [.. Memberships.Where(m => designated.Contains(m.Id))]
            : post.Length > 0 ? [.. Memberships.Where(m => PostsOf(m, at).Contains(post))]
            : [];
    }

    private bool IsIn(MembershipRow member, DateTimeOffset at) => member.InForce(at) && People[member.Person].Ended is null;
}
