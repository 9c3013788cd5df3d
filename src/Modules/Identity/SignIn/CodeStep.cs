using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>Second step: a one-time code, or a recovery code in its place.</summary>
internal sealed class CodeStep(Store store, Progress progress, SessionDoor sessions, CodeCheck check)
{
    public async ValueTask<Outcome<SignInStep>> Run(string code, CancellationToken ct)
    {
        if (sessions.Current is not { Stage: SignInStage.SecondStep } session)
        {
            return Refusals.NoSession;
        }

        await using var unit = await store.Write(ct);
        if (await check.Run(unit, session.Person, code, "second step", ct) is { } refusal)
        {
            await unit.Commit(ct);
            return refusal;
        }

        await unit.Context.SaveChangesAsync(ct);
        return await progress.Advance(unit, session with { Proved = Proved.PasswordAndCode }, ct);
    }
}

/// <inheritdoc cref="IStepUp"/>
internal sealed class StepUp(Store store, CodeCheck check) : IStepUp
{
    public async ValueTask<Outcome<PersonId>> Code(PersonId person, string code, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        var refusal = await check.Run(unit, person.Value, code, "step up", ct);
        await unit.Commit(ct);
        return refusal is null ? person : refusal;
    }
}

/// <summary>Whether a code is the person's; locked like passwords are, by a count of its own, whatever it was asked for.</summary>
internal sealed class CodeCheck(Sealed seal, TimeProvider time)
{
    /// <summary>Null when it is; a refusal is recorded, and the caller commits.</summary>
    public async ValueTask<Refusal?> Run(Store.Unit unit, Guid person, string code, string what, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var key = Lockout.OfSecondStep(person);
        if (await Lockout.IsLocked(unit, key, now, ct))
        {
            await unit.Record(null, AuditKind.SignIn, $"{person:D}", what + " locked", ct);
            return Refusals.SignInLocked;
        }

        if (!await Accept(unit, person, code, now, ct))
        {
            await Lockout.Count(unit, key, now, ct);
            await unit.Record(null, AuditKind.SignIn, $"{person:D}", what + " failed", ct);
            return Refusals.CodeWrong;
        }

        await Lockout.Clear(unit, key, ct);
        return null;
    }

    private async ValueTask<bool> Accept(Store.Unit unit, Guid person, string code, DateTimeOffset now, CancellationToken ct)
    {
        var credential = await Credential.Of(unit, person, ct);
        if (credential is { HasTotp: true, Totp: { } sealedKey } && Totp.Match(seal.OpenKey(sealedKey), code, now, credential.TotpStep) is { } step)
        {
            await (credential with { TotpStep = step }).Save(unit, ct);
            return true;
        }

        if (!await RecoveryCodes.Use(unit, person, code, now, ct))
        {
            return false;
        }

        await credential.Tell("回復用コードでサインインしました。残りが少ないときは「自分の認証」で作り直してください。").Save(unit, ct);
        await unit.Record(null, AuditKind.FactorChanged, $"{person:D}", "recovery code used", ct);
        return true;
    }
}
