using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>First step with a password. One answer for every failure, and the digest costs the same whether the login is known or not.</summary>
internal sealed class PasswordStep(Store store, Progress progress, SessionDoor sessions, SignInOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _hashing = new(Environment.ProcessorCount);

    /// <summary>Login names are compared without case and surrounding space.</summary>
    public static string Normal(string login) => login.Trim().ToLowerInvariant();

    public async ValueTask<Outcome<SignInStep>> Run(string login, string password, CancellationToken ct)
    {
        if (options.RequireDevice && Place.Of(sessions.Http).Device is null)
        {
            return Refusals.DeviceRequired;
        }

        var name = Normal(login);
        PersonRow? person;
        await using (var unit = await store.Read(ct))
        {
            person = await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Login == name && p.Ended == null, ct);
        }

        var right = await Verify(password, person?.Password, ct);
        return await Judge(name, person, right, ct);
    }

    /// <summary>Only as many digests are computed at once as there are processors.</summary>
    public async Task<bool> Verify(string password, string? stored, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => PasswordDigest.Verify(password, stored ?? PasswordDigest.Nobody), ct) && stored is not null;
        }
        finally
        {
            _hashing.Release();
        }
    }

    public void Dispose() => _hashing.Dispose();

    private async Task<Outcome<SignInStep>> Judge(string login, PersonRow? person, bool right, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var key = Lockout.OfLogin(login);
        var subject = person?.Id.ToString("D") ?? "-";
        await using (var unit = await store.Write(ct))
        {
            if (await Lockout.IsLocked(unit, key, now, ct))
            {
                return await Refuse(unit, subject, "locked", Refusals.SignInLocked, ct);
            }

            if (person is not null && right)
            {
                await Lockout.Clear(unit, key, ct);
                await unit.Context.SaveChangesAsync(ct);
                var step = await progress.Begin(unit, person.Id, Proved.Password, ct);
                if (step.Succeeded(out _, out _))
                {
                    return step;
                }
            }
            else
            {
                await Lockout.Count(unit, key, now, ct);
                return await Refuse(unit, subject, "failed", Refusals.SignInFailed, ct);
            }
        }

        // The right password of somebody who may not sign in (any more, or here): told like a wrong one.
        await using var again = await store.Write(ct);
        await again.NextVersion(ct);
        await Lockout.Count(again, key, now, ct);
        return await Refuse(again, subject, "failed: no standing", Refusals.SignInFailed, ct);
    }

    private static async Task<Outcome<SignInStep>> Refuse(Store.Unit unit, string subject, string result, Refusal refusal, CancellationToken ct)
    {
        await unit.Record(null, AuditKind.SignIn, subject, result, ct);
        await unit.Commit(ct);
        return refusal;
    }
}
