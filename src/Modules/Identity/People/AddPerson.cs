using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Gives a person an account, on the word of whoever holds the data folder: that is recorded as the post that appointed.</summary>
internal sealed class AddPerson(Store store, Standing standing, IDirectory directory, PasswordChange passwords, TimeProvider time)
{
    public async ValueTask<Outcome<PersonId>> Run(NewPerson person, string password, CancellationToken ct)
    {
        if ((await directory.Organisation(person.Organisation, ct)).Refused(out var unknown, out var organisation))
        {
            return unknown;
        }

        var login = PasswordStep.Normal(person.Login);
        if (await passwords.JudgeGiven(password, login, person.Name, organisation, ct) is { } weak)
        {
            return weak;
        }

        if (await IsTaken(login, ct))
        {
            return Refusals.LoginTaken;
        }

        var hash = await Task.Run(() => PasswordDigest.Hash(password), ct);
        await using var unit = await store.Write(ct);
        if (!await unit.Context.Organisations.AnyAsync(o => o.Id == person.Organisation.Value, ct))
        {
            return Refusals.OrganisationUnknown;
        }

        await unit.NextVersion(ct);
        if (await unit.Context.People.AnyAsync(p => p.Login == login, ct))
        {
            return Refusals.LoginTaken;
        }

        var row = new PersonRow { Id = Guid.CreateVersion7(), Login = login, Name = person.Name, Password = hash };
        unit.Context.People.Add(row);
        Join(unit.Context, row.Id, person);
        await unit.Record(AuditKind.PeopleChanged, row.Id.ToString("D"), $"added to {person.Organisation}: {Listed(person)}", ct);
        await unit.Commit(ct);
        await standing.Refresh(ct);
        return new PersonId(row.Id);
    }

    private void Join(IdentityContext context, Guid person, NewPerson added)
    {
        var now = time.Now();
        var membership = new MembershipRow { Id = Guid.CreateVersion7(), Person = person, Organisation = added.Organisation.Value, Since = now };
        context.Memberships.Add(membership);
        context.Roles.AddRange(added.Roles.Distinct().Select(role => new MembershipRoleRow { Id = Guid.CreateVersion7(), Membership = membership.Id, Role = role, Since = now }));
        context.Posts.AddRange(added.Posts.Distinct().Select(title => new PostRow { Id = Guid.CreateVersion7(), Membership = membership.Id, Title = title, Since = now }));
        context.Appointments.AddRange(added.Appointments.Distinct().Select(role => new AppointmentRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = membership.Organisation,
            Membership = membership.Id,
            Person = person,
            Role = role,
            Since = now,
            AppointedByPost = "サイトの管理コマンド",
            Recorded = now,
        }));
    }

    /// <summary>Somebody who has an account already joins another organisation, too. They choose for which one they act.</summary>
    public async ValueTask<Outcome<PersonId>> Join(NewPerson person, CancellationToken ct)
    {
        var login = person.Login.Trim().ToLowerInvariant();
        PersonId joined;
        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            var now = time.Now();
            if (await unit.Context.People.SingleOrDefaultAsync(p => p.Login == login && p.Ended == null, ct) is not { } known)
            {
                return Refusals.ColleagueUnknown;
            }

            var organisation = person.Organisation.Value;
            if (await unit.Context.Memberships.AnyAsync(m => m.Person == known.Id && m.Organisation == organisation && (m.Until == null || m.Until > now), ct))
            {
                return Refusals.AlreadyColleague;
            }

            if (await Audits(unit, known.Id, person, now, ct))
            {
                return Refusals.AuditorOperates;
            }

            Join(unit.Context, known.Id, person);
            await unit.Record(AuditKind.PeopleChanged, known.Id.ToString("D"), $"joined {person.Organisation}: {Listed(person)}", ct);
            await unit.Commit(ct);
            joined = new PersonId(known.Id);
        }

        await standing.Refresh(ct);
        return joined;
    }

    /// <summary>Somebody who works anywhere does not become an auditor, nor the reverse.</summary>
    private static async Task<bool> Audits(Store.Unit unit, Guid person, NewPerson joining, DateTimeOffset now, CancellationToken ct) =>
        joining.Appointments.Contains(GovernanceRole.Auditor)
            ? await unit.Context.Memberships.AnyAsync(m => m.Person == person && (m.Until == null || m.Until > now), ct)
            : await unit.Context.Appointments.AnyAsync(a => a.Person == person && a.Role == GovernanceRole.Auditor && (a.Until == null || a.Until > now), ct);

    private static string Listed(NewPerson person) => string.Join(' ', [.. person.Appointments, .. person.Roles.Cast<object>()]);

    private async Task<bool> IsTaken(string login, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await unit.Context.People.AnyAsync(p => p.Login == login, ct);
    }
}
