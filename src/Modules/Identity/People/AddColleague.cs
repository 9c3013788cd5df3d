using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>Adds a colleague: account, membership, business roles, posts, and 利用者 (or 監査人) as first appointment.</summary>
internal sealed partial class AddColleague(PeopleActs acts)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz";
    private const string Digits = "23456789";

    public async ValueTask<Outcome<AddedColleague>> Run(Actor by, NewColleague colleague, CancellationToken ct)
    {
        var login = colleague.Login.Trim().ToLowerInvariant();
        if (!by.May(Permission.ManagePeople))
        {
            return Refusals.NotYours;
        }

        if (string.IsNullOrWhiteSpace(colleague.Name) || colleague.Name.Length > 100 || !Login().IsMatch(login))
        {
            return Refusals.NameMissing;
        }

        if (colleague.Role is not (GovernanceRole.User or GovernanceRole.Auditor))
        {
            return Refusals.NotTheirsToAppoint;
        }

        var password = FirstPassword();
        var hash = await Task.Run(() => PasswordDigest.Hash(password), ct);
        return await acts.Run(by, Permission.ManagePeople, null, scene => Add(scene, colleague with { Login = login }, hash, password, ct), ct);
    }

    /// <summary>What is read aloud once: 13 letters, digits and signs in groups.</summary>
    private static string FirstPassword() => string.Join(
        '-',
        RandomNumberGenerator.GetString(Letters, 4), RandomNumberGenerator.GetString(Digits, 4), RandomNumberGenerator.GetString(Letters, 4), RandomNumberGenerator.GetString(Digits, 2));

    private static async ValueTask<Outcome<AddedColleague>> Add(PeopleActs.Scene scene, NewColleague colleague, string hash, string password, CancellationToken ct)
    {
        if (await scene.Context.People.AnyAsync(p => p.Login == colleague.Login, ct))
        {
            return Refusals.LoginTaken;
        }

        if (colleague.Posts.Count > 0 && !scene.By.May(Permission.AppointPeople))
        {
            return Refusals.NotYours;
        }

        var person = new PersonRow { Id = Guid.CreateVersion7(), Login = colleague.Login, Name = colleague.Name.Trim(), Password = hash };
        scene.Context.People.Add(person);
        scene.Chart.People.Add(person.Id, person);
        var membership = new MembershipRow
        {
            Id = Guid.CreateVersion7(),
            Person = person.Id,
            Organisation = scene.By.Organisation.Value,
            Since = scene.Now,
            AddedBy = scene.Person,
        };
        scene.Context.Memberships.Add(membership);
        scene.Chart.Memberships.Add(membership);
        ChangeRoles.Bring(scene, membership, colleague.Roles);
        if (ChangePosts.Bring(scene, membership, colleague.Posts) is { } refusal)
        {
            return refusal;
        }

        var first = Appoint.Place(scene, membership, new NewAppointment(new PersonId(person.Id), colleague.Role, SystemScope.All, HeadFor(scene, colleague.Role)));
        if (first.Refused(out var refused, out _))
        {
            return refused;
        }

        await scene.Record(AuditKind.PeopleChanged, person.Id, $"added: {colleague.Role} {string.Join(' ', colleague.Roles.Order())}".TrimEnd(), ct);
        return new AddedColleague(new PersonId(person.Id), person.Login, password);
    }

    /// <summary>監査人 is 機関の長's to appoint: recorded as such when another writes it down.</summary>
    private static string? HeadFor(PeopleActs.Scene scene, GovernanceRole role) =>
        role == GovernanceRole.Auditor && !scene.By.Governance.Contains(GovernanceRole.Head) ? scene.Chart.RegulationAt(scene.Now).HeadPost : null;

    [GeneratedRegex("^[a-z0-9._-]{3,64}$")]
    private static partial Regex Login();
}
