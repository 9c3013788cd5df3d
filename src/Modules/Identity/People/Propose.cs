using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>
/// 四眼: an act on one's own rights waits for a second person — another system administrator or head of the organisation, or, where there is none, a system
/// administrator of the centre.
/// </summary>
internal sealed class Propose(PeopleActs acts, Store store)
{
    public static async ValueTask<Outcome<ActState>> Put(PeopleActs.Scene scene, string kind, PersonId person, string content, CancellationToken ct)
    {
        if (scene.Chart.Living(person) is null)
        {
            return Refusals.ColleagueUnknown;
        }

        scene.Context.Proposals.Add(new ProposalRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = scene.Chart.Organisation.Id.Value,
            Kind = kind,
            Person = person.Value,
            Content = content,
            ProposedBy = person.Value,
            Proposed = scene.Now,
        });
        await scene.Record(AuditKind.PeopleChanged, person.Value, $"proposed {kind} for oneself", ct);
        return ActState.Waiting;
    }

    /// <summary>The second person's word.</summary>
    public async ValueTask<Outcome<ActState>> Decide(Actor by, Guid waiting, bool approve, CancellationToken ct)
    {
        Guid where;
        await using (var unit = await store.Read(ct))
        {
            var found = await unit.Context.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == waiting && p.Decided == null, ct);
            if (found is null || (found.Organisation != by.Organisation.Value && !by.May(Permission.ManageSite)))
            {
                return Refusals.WaitingUnknown;
            }

            where = found.Organisation;
        }

        return await acts.Run(by, new OrganisationId(where), null, scene => Decide(scene, waiting, approve, ct), ct);
    }

    /// <summary>True when <paramref name="by"/> is the second person for an act on <paramref name="person"/>'s rights.</summary>
    public static bool IsSecond(Actor by, Chart chart, Guid person)
    {
        if (by.Person is null || by.Person.Value.Value == person)
        {
            return false;
        }

        var inside = by.Organisation == chart.Organisation.Id;
        return inside ? by.May(Permission.AppointPeople) : by.May(Permission.ManageSite) && !HasSecond(chart, person);
    }

    private static bool HasSecond(Chart chart, Guid person) => new[] { GovernanceRole.SystemAdministrator, GovernanceRole.Head }
        .SelectMany(role => chart.Holders(role, chart.Now)).Any(m => m.Person != person);

    private static async ValueTask<Outcome<ActState>> Decide(PeopleActs.Scene scene, Guid waiting, bool approve, CancellationToken ct)
    {
        if (await scene.Context.Proposals.SingleOrDefaultAsync(p => p.Id == waiting && p.Decided == null, ct) is not { } row)
        {
            return Refusals.WaitingUnknown;
        }

        if (!IsSecond(scene.By, scene.Chart, row.Person))
        {
            return Refusals.NotTheSecond;
        }

        (row.Decided, row.DecidedBy, row.Outcome) = (scene.Now, scene.Person, approve ? "approved" : "declined");
        await scene.Record(AuditKind.PeopleChanged, row.Person, $"{row.Outcome} {row.Kind}", ct);
        var person = new PersonId(row.Person);
        return !approve ? ActState.Done : row.Kind switch
        {
            ChangeRoles.Kind => await ChangeRoles.Apply(scene, person, JsonSerializer.Deserialize<List<BusinessRole>>(row.Content, SiteJson.Options)!, ct),
            ChangePosts.Kind => await ChangePosts.Apply(scene, person, JsonSerializer.Deserialize<List<string>>(row.Content, SiteJson.Options)!, ct),
            _ => throw new InvalidOperationException($"Proposal {row.Kind}"),
        };
    }
}
