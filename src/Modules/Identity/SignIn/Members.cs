using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.People;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>What sign-in asks of people's standing: the one place where it does.</summary>
internal sealed class Members(Store store, Memberships memberships, IDirectory directory, TimeProvider time)
{
    /// <summary>The person acting for an organisation of theirs (null: the usual one); ID-0203 when they may no longer.</summary>
    public ValueTask<Outcome<Actor>> ActorOf(PersonId id, OrganisationId? organisation, CancellationToken ct) => memberships.ActorOf(id, organisation, ct);

    /// <summary>For whom the person may act.</summary>
    public async ValueTask<IReadOnlyList<Organisation>> Of(PersonId id, CancellationToken ct)
    {
        var organisations = new List<Organisation>();
        foreach (var membership in await memberships.Of(id, ct))
        {
            organisations.Add((await directory.Organisation(membership.Organisation, ct)).Value);
        }

        return organisations;
    }

    /// <summary>The people who belong to an organisation now.</summary>
    public async ValueTask<IReadOnlyList<Guid>> People(OrganisationId organisation, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await unit.Session.Query(
            $"SELECT DISTINCT person FROM {unit.Session.Prefix("identity")}membership WHERE organisation = @organisation AND since <= @now AND (until IS NULL OR until > @now)",
            r => r.GetGuid(0),
            ct,
            ("organisation", organisation.Value),
            ("now", time.GetUtcNow()));
    }

    /// <summary>Who may approve a recovery there: its システム管理者.</summary>
    public async ValueTask<IReadOnlyList<Guid>> Administrators(OrganisationId organisation, CancellationToken ct)
    {
        var administrators = new List<Guid>();
        foreach (var person in await People(organisation, ct))
        {
            if ((await ActorOf(new PersonId(person), organisation, ct)).Succeeded(out var actor, out _) && actor.May(Permission.ManageSignIn))
            {
                administrators.Add(person);
            }
        }

        return administrators;
    }

    /// <summary>The strictest of the regulations of the person's organisations.</summary>
    public async ValueTask<PasswordPolicy> Policy(PersonId id, CancellationToken ct)
    {
        var strictest = PasswordPolicy.Long13;
        foreach (var membership in await memberships.Of(id, ct))
        {
            var policy = await Policy(membership.Organisation, ct);
            strictest = Strictness(policy) > Strictness(strictest) ? policy : strictest;
        }

        return strictest;
    }

    /// <summary>What an organisation's regulation asks for.</summary>
    public ValueTask<PasswordPolicy> Policy(OrganisationId organisation, CancellationToken ct) => memberships.PasswordPolicyOf(organisation, ct);

    private static int Strictness(PasswordPolicy policy) => policy switch
    {
        PasswordPolicy.Long13 => 0,
        PasswordPolicy.TwoMonths8 => 1,
        PasswordPolicy.TwoFactor8 => 2,
        _ => 2,
    };
}
