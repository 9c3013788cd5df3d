using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn.Passwords;

/// <summary>A person's new password, judged by the rules and against the past ones. Everything else that knew the old one ends.</summary>
internal sealed class PasswordChange(Store store, Members members, SessionDoor sessions, Progress progress, PasswordStep step, TimeProvider time)
{
    private const int Remembered = 5;

    public async ValueTask<Outcome<SignInStep>> Run(string current, string password, CancellationToken ct)
    {
        if (sessions.Current is not { Stage: SignInStage.ChangePassword or SignInStage.Complete } session)
        {
            return Refusals.NoSession;
        }

        PersonRow person;
        List<string> past;
        await using (var unit = await store.Read(ct))
        {
            person = await unit.Context.People.AsNoTracking().SingleAsync(p => p.Id == session.Person, ct);
            past = await Past(unit, person.Id, ct);
        }

        if (session.Proved != Proved.Recovery && !await IsCurrent(person, current, ct))
        {
            return await Wrong(person, ct);
        }

        if (await Judge(person, session.Proved == Proved.Recovery ? "" : current, password, past, ct) is { } refusal)
        {
            return refusal;
        }

        var digest = await Task.Run(() => PasswordDigest.Hash(password), ct);
        return await Store(session, person, digest, ct);
    }

    /// <summary>Judges a password that somebody else sets for a person.</summary>
    public async ValueTask<Refusal?> JudgeGiven(string password, string login, string name, Organisation organisation, CancellationToken ct) =>
        PasswordRules.Check(password, await members.Policy(organisation.Id, ct), new PasswordOwner(login, name, Words([organisation])));

    private async Task<Refusal?> Judge(PersonRow person, string current, string password, List<string> past, CancellationToken ct)
    {
        var id = new PersonId(person.Id);
        var owner = new PasswordOwner(person.Login, person.Name, Words(await members.Of(id, ct)));
        if (PasswordRules.Check(password, await members.Policy(id, ct), owner) is { } refusal)
        {
            return refusal;
        }

        if (current.Length > 0 && PasswordRules.IsSimilar(password, current))
        {
            return Refusals.PasswordSimilar;
        }

        foreach (var digest in past.Append(person.Password))
        {
            if (await step.Verify(password, digest, ct))
            {
                return Refusals.PasswordReused;
            }
        }

        return null;
    }

    private async Task<bool> IsCurrent(PersonRow person, string current, CancellationToken ct)
    {
        var right = await step.Verify(current, person.Password, ct);
        await using var unit = await store.Write(ct);
        return !await Lockout.IsLocked(unit, Lockout.OfLogin(person.Login), time.GetUtcNow(), ct) && right;
    }

    private async Task<Outcome<SignInStep>> Wrong(PersonRow person, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        await Lockout.Count(unit, Lockout.OfLogin(person.Login), time.GetUtcNow(), ct);
        await unit.Record(AuditKind.PasswordChanged, $"{person.Id:D}", "failed", ct);
        await unit.Commit(ct);
        return Refusals.CurrentPasswordWrong;
    }

    private async Task<Outcome<SignInStep>> Store(SessionRow session, PersonRow person, string digest, CancellationToken ct)
    {
        var now = time.Now();
        await using var unit = await store.Write(ct);
        if (await unit.Context.People.Where(p => p.Id == person.Id && p.Password == person.Password).ExecuteUpdateAsync(p => p.SetProperty(x => x.Password, digest), ct) == 0)
        {
            return Refusals.CurrentPasswordWrong;
        }

        await Remember(unit, person, now, ct);
        await (await Credential.Of(unit, person.Id, ct) with { Changed = now, Own = true }).Save(unit, ct);
        await sessions.EndAll(unit, person.Id, session.Id, "パスワードを変更した", ct);
        await unit.Record(AuditKind.PasswordChanged, $"{person.Id:D}", "changed", ct);
        return await progress.Advance(unit, session with { Proved = session.Proved == Proved.Recovery ? Proved.Password : session.Proved }, ct);
    }

    private static async Task Remember(Store.Unit unit, PersonRow person, DateTimeOffset now, CancellationToken ct)
    {
        var identity = unit.Session.Prefix("identity");
        await unit.Session.Execute(
            $"INSERT INTO {identity}password_past (person, until, digest) VALUES (@person, @until, @digest)",
            ct,
            ("person", person.Id),
            ("until", now),
            ("digest", person.Password));
        await unit.Session.Execute(
            $"""
            DELETE FROM {identity}password_past WHERE person = @person AND until NOT IN
                (SELECT until FROM {identity}password_past WHERE person = @person ORDER BY until DESC LIMIT {Remembered - 1})
            """,
            ct,
            ("person", person.Id));
    }

    private static ValueTask<List<string>> Past(Store.Unit unit, Guid person, CancellationToken ct) => unit.Session.Query(
        $"SELECT digest FROM {unit.Session.Prefix("identity")}password_past WHERE person = @person", r => r.GetString(0), ct, ("person", person));

    private static List<string> Words(IEnumerable<Organisation> organisations) => [.. organisations.SelectMany(o => o.Codes.Select(c => c.Value).Append(o.Name))];
}
