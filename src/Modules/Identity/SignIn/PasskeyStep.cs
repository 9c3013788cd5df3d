using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>Sign-in with a passkey: both factors in one step. Whatever does not hold is answered alike.</summary>
internal sealed class PasskeyStep(Store store, Passkeys passkeys, Progress progress, SessionDoor sessions, SignInOptions options, TimeProvider time)
{
    // A passkey answer is a few kilobytes at most.
    private const int LongestAnswer = 32 * 1024;

    public async ValueTask<Outcome<SignInStep>> Run(string credential, string state, CancellationToken ct)
    {
        if (options.RequireDevice && Place.Of(sessions.Http).Device is null)
        {
            return Refusals.DeviceRequired;
        }

        if (sessions.Http is not { } http || credential.Length > LongestAnswer || await passkeys.Assert(http, credential, state) is not var (passkey, person))
        {
            return await Refuse("-", "passkey failed", ct);
        }

        await using (var unit = await store.Write(ct))
        {
            if (await passkeys.IsFirstAnswer(unit, state, ct) && await PasskeyTable.Used(unit, passkey, time.Now(), ct) == 1)
            {
                var step = await progress.Begin(unit, person, Proved.Passkey, ct);
                if (step.Succeeded(out _, out _))
                {
                    return step;
                }
            }
        }

        return await Refuse(person.ToString("D"), "passkey failed", ct);
    }

    private async Task<Outcome<SignInStep>> Refuse(string subject, string result, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.Record(null, AuditKind.SignIn, subject, result, ct);
        await unit.Commit(ct);
        return Refusals.PasskeyFailed;
    }
}
