using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Gives a person an account.</summary>
internal sealed class AddPerson(Store store)
{
    public async ValueTask<Outcome<PersonId>> Run(NewPerson person, string password, CancellationToken ct)
    {
        if (password.Length < Passwords.Shortest)
        {
            return Refusals.PasswordTooShort;
        }

        var login = SignIn.Normal(person.Login);
        if (await IsTaken(login, ct))
        {
            return Refusals.LoginTaken;
        }

        var hash = await Task.Run(() => Passwords.Hash(password), ct);
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

        var row = new PersonRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = person.Organisation.Value,
            Login = login,
            Name = person.Name,
            Password = hash,
            Role = person.Role,
        };
        unit.Context.People.Add(row);
        await unit.Record(AuditKind.OrganisationChanged, person.Organisation.ToString(), $"person {row.Id:D} {person.Role}", ct);
        await unit.Commit(ct);
        return new PersonId(row.Id);
    }

    private async Task<bool> IsTaken(string login, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await unit.Context.People.AnyAsync(p => p.Login == login, ct);
    }
}
