using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn.Recovery;

/// <summary>The one-time code in place of everything that was lost: all factors and sessions end, and a new password must be set.</summary>
internal sealed class RecoveryStep(Store store, Progress progress, SessionDoor sessions, SignInOptions options, TimeProvider time)
{
    public async ValueTask<Outcome<SignInStep>> Run(string login, string code, CancellationToken ct)
    {
        if (options.RequireDevice && Place.Of(sessions.Http).Device is null)
        {
            return Refusals.DeviceRequired;
        }

        var name = PasswordStep.Normal(login);
        var now = time.Now();
        await using var unit = await store.Write(ct);
        var person = await unit.Context.People.AsNoTracking().SingleOrDefaultAsync(p => p.Login == name && p.Ended == null, ct);
        if (await Lockout.IsLocked(unit, Lockout.OfRecovery(name), now, ct))
        {
            return await Refuse(unit, person, "recovery locked", Refusals.SignInLocked, ct);
        }

        var issued = await Issued(unit, person, ct);
        var typed = Encoding.ASCII.GetBytes(RecoveryCodes.DigestOf(code));
        if (person is null || issued is null || issued.Expires <= now || !CryptographicOperations.FixedTimeEquals(typed, Encoding.ASCII.GetBytes(issued.Code!)))
        {
            await Lockout.Count(unit, Lockout.OfRecovery(name), now, ct);
            return await Refuse(unit, person, "recovery failed", Refusals.RecoveryFailed, ct);
        }

        if (await issued.Become(unit, issued with { State = RecoveryState.Used, Code = null }, now, ct) == 0)
        {
            return Refusals.RecoveryFailed;
        }

        await Forget(unit, person, name, ct);
        return await progress.Begin(unit, person.Id, Proved.Recovery, ct);
    }

    private static async Task<RecoveryRow?> Issued(Store.Unit unit, PersonRow? person, CancellationToken ct) =>
        person is null ? null : (await RecoveryRow.Of(unit, person.Id, ct)).SingleOrDefault(r => r is { State: RecoveryState.Issued, Code: not null });

    private async Task Forget(Store.Unit unit, PersonRow person, string login, CancellationToken ct)
    {
        await Lockout.Clear(unit, Lockout.OfRecovery(login), ct);
        await Lockout.Clear(unit, Lockout.OfLogin(login), ct);
        await Lockout.Clear(unit, Lockout.OfSecondStep(person.Id), ct);
        await unit.Context.SaveChangesAsync(ct);
        await PasskeyTable.RemoveAll(unit, person.Id, ct);
        await RecoveryCodes.Remove(unit, person.Id, ct);
        var credential = await Credential.Of(unit, person.Id, ct);
        await (credential with { Own = false, Totp = null, TotpSince = null })
            .Tell("システム管理者の承認で認証を回復しました。以前のパスワード・パスキー・ワンタイムパスワードは無効になりました。心当たりがない場合は、すぐにシステム管理者に連絡してください。")
            .Save(unit, ct);
        await sessions.EndAll(unit, person.Id, null, "認証を回復した", ct);
        await unit.Record(null, AuditKind.SignInRecovery, $"{person.Id:D}", "used", ct);
    }

    private static async Task<Outcome<SignInStep>> Refuse(Store.Unit unit, PersonRow? person, string result, Refusal refusal, CancellationToken ct)
    {
        await unit.Record(null, AuditKind.SignIn, person?.Id.ToString("D") ?? "-", result, ct);
        await unit.Commit(ct);
        return refusal;
    }
}
