using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Brings somebody's business roles to exactly the given ones. One's own are proposed: a second person decides.</summary>
internal sealed class ChangeRoles(PeopleActs acts)
{
    public const string Kind = "Roles";

    public ValueTask<Outcome<ActState>> Run(Actor by, PersonId person, IReadOnlyList<BusinessRole> roles, CancellationToken ct) =>
        acts.Run(by, Permission.ManagePeople, null, scene => Act(scene, person, roles, ct), ct);

    /// <summary>Applies the change; also what a second person approved.</summary>
    public static async ValueTask<Outcome<ActState>> Apply(PeopleActs.Scene scene, PersonId person, IReadOnlyList<BusinessRole> roles, CancellationToken ct)
    {
        if (scene.Chart.Living(person) is not { } membership)
        {
            return Refusals.ColleagueUnknown;
        }

        Bring(scene, membership, roles);
        await scene.Record(AuditKind.PeopleChanged, person.Value, $"roles: {string.Join(' ', roles.Distinct().Order())}".TrimEnd(), ct);
        return ActState.Done;
    }

    public static void Bring(PeopleActs.Scene scene, MembershipRow membership, IReadOnlyList<BusinessRole> roles)
    {
        var living = scene.Chart.Roles.Where(r => r.Membership == membership.Id && r.Lives(scene.Now)).ToList();
        foreach (var row in living.Where(r => !roles.Contains(r.Role)))
        {
            (row.Until, row.TakenBy) = (scene.Now, scene.Person);
        }

        foreach (var role in roles.Distinct().Where(role => !living.Exists(r => r.Role == role)))
        {
            var row = new MembershipRoleRow { Id = Guid.CreateVersion7(), Membership = membership.Id, Role = role, Since = scene.Now, GivenBy = scene.Person };
            scene.Context.Roles.Add(row);
            scene.Chart.Roles.Add(row);
        }
    }

    private static ValueTask<Outcome<ActState>> Act(PeopleActs.Scene scene, PersonId person, IReadOnlyList<BusinessRole> roles, CancellationToken ct) =>
        person.Value == scene.Person
            ? Propose.Put(scene, Kind, person, JsonSerializer.Serialize(roles, SiteJson.Options), ct)
            : Apply(scene, person, roles, ct);
}
