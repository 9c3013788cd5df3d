using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>An organisation a person belongs to now.</summary>
internal sealed record MemberOf(OrganisationId Organisation, string Name);

/// <summary>
/// Where a person works and what they may do there, read from the database whenever it is asked: an end of a membership, role, post or appointment takes
/// effect at the next request, on every machine, also when it was set for a date.
/// </summary>
internal sealed class Memberships(Store store, IDirectory directory, TimeProvider time)
{
    /// <summary>
    /// The person acting for <paramref name="organisation"/>; for the one they joined first when none is named. ID-0203 when the account has ended or they do
    /// not belong there now.
    /// </summary>
    public async ValueTask<Outcome<Actor>> ActorOf(PersonId person, OrganisationId? organisation, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var now = time.GetUtcNow();
        var joined = await Joined(unit, person, now, ct);
        if (joined.Find(j => organisation is null || j.Organisation == organisation.Value.Value) is not { } membership)
        {
            return Refusals.AccountEnded;
        }

        var where = (await directory.Organisation(new OrganisationId(membership.Organisation), ct)).Value;
        var business = await unit.Session.Query(
            $"SELECT DISTINCT role FROM {unit.Session.Prefix("identity")}membership_role WHERE membership=@membership AND since<=@now AND (until IS NULL OR until>@now)",
            r => Enum.Parse<BusinessRole>(r.GetString(0)), ct, ("membership", membership.Id), ("now", now));
        var governance = await Governance(unit, where, membership, person, now, ct);
        var roles = business.ToHashSet();
        return new Actor(where.Id, where.Name, null, person, membership.Name, Permissions.OfPerson(where.Kinds, governance, roles))
        {
            Governance = governance,
            Business = roles,
        };
    }

    /// <summary>The organisations a person belongs to now, the one they joined first in front.</summary>
    public async ValueTask<IReadOnlyList<MemberOf>> Of(PersonId person, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var of = new List<MemberOf>();
        foreach (var membership in await Joined(unit, person, time.GetUtcNow(), ct))
        {
            var organisation = (await directory.Organisation(new OrganisationId(membership.Organisation), ct)).Value;
            of.Add(new MemberOf(organisation.Id, organisation.Name));
        }

        return of;
    }

    /// <summary>The password rules of the organisation's regulation.</summary>
    public async ValueTask<PasswordPolicy> PasswordPolicyOf(OrganisationId organisation, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var kinds = (await directory.Organisation(organisation, ct)).Succeeded(out var known, out _) ? known.Kinds : new HashSet<OrganisationKind>();
        return Regulation.At(time.GetUtcNow(), await Regulations(unit, organisation.Value, ct), kinds).Password;
    }

    private sealed record Membership(Guid Id, Guid Organisation, string Name);

    private static ValueTask<List<Membership>> Joined(Store.Unit unit, PersonId person, DateTimeOffset now, CancellationToken ct)
    {
        var prefix = unit.Session.Prefix("identity");
        return unit.Session.Query(
            $"""
            SELECT m.id, m.organisation, p.name FROM {prefix}membership m JOIN {prefix}person p ON p.id = m.person
            WHERE m.person=@person AND p.ended IS NULL AND m.since<=@now AND (m.until IS NULL OR m.until>@now) ORDER BY m.since, m.id
            """,
            r => new Membership(r.GetGuid(0), r.GetGuid(1), r.GetString(2)), ct, ("person", person.Value), ("now", now));
    }

    private static async ValueTask<IReadOnlySet<GovernanceRole>> Governance(
        Store.Unit unit, Organisation organisation, Membership membership, PersonId person, DateTimeOffset now, CancellationToken ct)
    {
        var prefix = unit.Session.Prefix("identity");
        var posts = await unit.Session.Query(
            $"SELECT title FROM {prefix}post WHERE membership=@membership AND since<=@now AND (until IS NULL OR until>@now)",
            r => r.GetString(0), ct, ("membership", membership.Id), ("now", now));
        var appointments = await unit.Session.Query(
            $"""
            SELECT person, role, scope, since FROM {prefix}appointment
            WHERE organisation=@organisation AND since<=@now AND (until IS NULL OR until>@now)
              AND role IN ('SystemAdministrator', 'InformationManager', 'OperationsManager')
            UNION ALL
            SELECT person, role, scope, since FROM {prefix}appointment
            WHERE membership=@membership AND since<=@now AND (until IS NULL OR until>@now) AND role NOT IN ('SystemAdministrator', 'InformationManager', 'OperationsManager')
            """,
            r => new AppointmentRow { Person = r.GetGuid(0), Role = Enum.Parse<GovernanceRole>(r.GetString(1)), Scope = Enum.Parse<SystemScope>(r.GetString(2)) },
            ct, ("organisation", organisation.Id.Value), ("membership", membership.Id), ("now", now));
        var regulation = Regulation.At(now, await Regulations(unit, organisation.Id.Value, ct), organisation.Kinds);
        return regulation.RolesOf(person.Value, posts, appointments);
    }

    private static ValueTask<List<RegulationRow>> Regulations(Store.Unit unit, Guid organisation, CancellationToken ct) => unit.Session.Query(
        $"""
        SELECT template, since, head_post, administrator_post, manager_post, combining, password_policy, recorded
        FROM {unit.Session.Prefix("identity")}regulation WHERE organisation=@organisation
        """,
        r => new RegulationRow
        {
            Template = r.GetString(0),
            Since = Platform.Data.Instants.FromMicroseconds(r.GetInt64(1)),
            HeadPost = r.GetString(2),
            AdministratorPost = r.GetString(3),
            ManagerPost = r.GetString(4),
            Combining = Enum.Parse<Combining>(r.GetString(5)),
            PasswordPolicy = Enum.Parse<PasswordPolicy>(r.GetString(6)),
            Recorded = Platform.Data.Instants.FromMicroseconds(r.GetInt64(7)),
        },
        ct, ("organisation", organisation));
}
