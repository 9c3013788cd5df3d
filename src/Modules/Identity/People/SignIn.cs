using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>
/// Sign-in with a password. One answer for every failure; five failures lock the login name for a minute, each further one for twice as long, up to a day.
/// The lock is judged in the transaction that counts, so that many guesses at once gain nothing.
/// </summary>
internal sealed class SignIn(Store store, IDirectory directory, TimeProvider time) : ISignIn, IDisposable
{
    private const int FreeFailures = 5;
    private static readonly TimeSpan _firstLock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestLock = TimeSpan.FromDays(1);
    private readonly SemaphoreSlim _hashing = new(Environment.ProcessorCount);

    public async ValueTask<Outcome<Actor>> Password(string login, string password, CancellationToken ct)
    {
        var name = Normal(login);
        PersonRow? person;
        await using (var unit = await store.Read(ct))
        {
            person = await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Login == name && p.Ended == null, ct);
        }

        var right = await Verify(password, person, ct);
        var actor = person is not null && right ? await ActorOf(person, ct) : null;
        return await Judge(name, person, actor, ct);
    }

    public async ValueTask<Outcome<Actor>> Person(PersonId id, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var person = await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id.Value && p.Ended == null, ct);
        return person is null ? Refusals.AccountEnded : await ActorOf(person, ct);
    }

    public async ValueTask Ended(Actor by, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.Record(by, AuditKind.SignOut, by.Person?.ToString() ?? "-", "signed out", ct);
        await unit.Commit(ct);
    }

    /// <summary>Login names are compared without case and surrounding space.</summary>
    public static string Normal(string login) => login.Trim().ToLowerInvariant();

    public void Dispose() => _hashing.Dispose();

    /// <summary>The digest costs the same whether the login is known or not, and only as many run at once as there are processors.</summary>
    private async Task<bool> Verify(string password, PersonRow? person, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Passwords.Verify(password, person?.Password ?? Passwords.Nobody), ct);
        }
        finally
        {
            _hashing.Release();
        }
    }

    private async Task<Outcome<Actor>> Judge(string login, PersonRow? person, Actor? actor, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(login)));
        var subject = person?.Id.ToString("D") ?? "-";
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        var failure = await unit.Context.SignInFailures.SingleOrDefaultAsync(f => f.Login == key, ct);
        if (failure?.LockedUntil > now)
        {
            await unit.Record(null, AuditKind.SignIn, subject, "locked", ct);
            await unit.Commit(ct);
            return Refusals.SignInLocked;
        }

        if (actor is null)
        {
            await Count(unit, failure, key, now, ct);
            await unit.Record(null, AuditKind.SignIn, subject, "failed", ct);
            await unit.Commit(ct);
            return Refusals.SignInFailed;
        }

        if (failure is not null)
        {
            unit.Context.SignInFailures.Remove(failure);
        }

        await unit.Record(actor, AuditKind.SignIn, subject, "signed in", ct);
        await unit.Commit(ct);
        return actor;
    }

    private static async Task Count(Store.Unit unit, SignInFailureRow? failure, string key, DateTimeOffset now, CancellationToken ct)
    {
        var forgotten = now - _longestLock - _longestLock;
        await unit.Context.SignInFailures.Where(f => f.Last < forgotten && f.Login != key).ExecuteDeleteAsync(ct);
        if (failure is null)
        {
            failure = new SignInFailureRow { Login = key };
            unit.Context.SignInFailures.Add(failure);
        }

        failure.Failed++;
        failure.Last = now;
        failure.LockedUntil = now + LockAfter(failure.Failed);
    }

    private static TimeSpan LockAfter(int failed) => failed < FreeFailures
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(_longestLock.Ticks, _firstLock.Ticks << Math.Min(failed - FreeFailures, 12)));

    private async Task<Actor> ActorOf(PersonRow person, CancellationToken ct)
    {
        var organisation = (await directory.Organisation(new OrganisationId(person.Organisation), ct)).Value;
        return new Actor(
            organisation.Id, organisation.Name, null, new PersonId(person.Id), person.Name, Permissions.OfPerson(organisation.Kinds, person.Role));
    }
}
