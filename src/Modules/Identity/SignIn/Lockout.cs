using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>
/// Five failures lock a name for a minute, each further one for twice as long, up to a day. Judged in the transaction that counts, so that many guesses at
/// once gain nothing. A name nobody has is locked like any other.
/// </summary>
internal static class Lockout
{
    private const int FreeFailures = 5;
    private static readonly TimeSpan _firstLock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestLock = TimeSpan.FromDays(1);

    public static string OfLogin(string login) => Key(login);

    public static string OfSecondStep(Guid person) => Key($"second step {person:D}");

    public static string OfRecovery(string login) => Key($"recovery {login}");

    /// <summary>Serialises the attempts and says whether this one is locked out.</summary>
    public static async Task<bool> IsLocked(Store.Unit unit, string key, DateTimeOffset now, CancellationToken ct)
    {
        await unit.NextVersion(ct);
        return (await unit.Context.SignInFailures.SingleOrDefaultAsync(f => f.Login == key, ct))?.LockedUntil > now;
    }

    public static async Task Count(Store.Unit unit, string key, DateTimeOffset now, CancellationToken ct)
    {
        var forgotten = now - _longestLock - _longestLock;
        await unit.Context.SignInFailures.Where(f => f.Last < forgotten && f.Login != key).ExecuteDeleteAsync(ct);
        var failure = await unit.Context.SignInFailures.SingleOrDefaultAsync(f => f.Login == key, ct);
        if (failure is null)
        {
            failure = new SignInFailureRow { Login = key };
            unit.Context.SignInFailures.Add(failure);
        }

        failure.Failed++;
        failure.Last = now;
        failure.LockedUntil = now + After(failure.Failed);
    }

    public static async Task Clear(Store.Unit unit, string key, CancellationToken ct)
    {
        if (await unit.Context.SignInFailures.SingleOrDefaultAsync(f => f.Login == key, ct) is { } failure)
        {
            unit.Context.SignInFailures.Remove(failure);
        }
    }

    private static TimeSpan After(int failed) => failed < FreeFailures
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(_longestLock.Ticks, _firstLock.Ticks << Math.Min(failed - FreeFailures, 12)));

    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
