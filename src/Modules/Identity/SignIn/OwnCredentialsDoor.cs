using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <inheritdoc cref="IOwnCredentials"/>
internal sealed class OwnCredentialsDoor(
    Store store, Members members, SessionDoor sessions, Progress progress, PasswordChange change, Passkeys passkeys, Sealed seal, SiteOptions site, TimeProvider time)
    : IOwnCredentials
{
    private const int SessionsShown = 10;
    private const int LongestName = 40;

    /// <summary>Factors may be changed once signed in, and registered where the sign-in waits for one.</summary>
    private SessionRow? Session => sessions.Current is { Stage: SignInStage.Complete or SignInStage.EnrolFactor } session ? session : null;

    public async ValueTask<Outcome<OwnCredentials>> Overview(CancellationToken ct)
    {
        if (Session is not { } session)
        {
            return Refusals.NoSession;
        }

        var policy = await members.Policy(new PersonId(session.Person), ct);
        await using var unit = await store.Read(ct);
        return await Overview(unit, session, policy, ct);
    }

    public ValueTask<Outcome<SignInStep>> ChangePassword(string current, string password, CancellationToken ct) => change.Run(current, password, ct);

    public async ValueTask<Outcome<TotpEnrolment>> BeginTotp(CancellationToken ct)
    {
        if (Session is not { } session)
        {
            return Refusals.NoSession;
        }

        await using var unit = await store.Write(ct);
        var person = await unit.Context.People.AsNoTracking().SingleAsync(p => p.Id == session.Person, ct);
        byte[] key;
        if (session.Enrolling is { } begun)
        {
            // The same key while it waits: going back and forth must not undo what the phone has taken.
            key = seal.OpenKey(begun);
        }
        else
        {
            key = Totp.NewKey();
            await (session with { Enrolling = seal.Key(key) }).Update(unit, ct);
            await unit.Commit(ct);
        }

        var text = Totp.Base32(key);
        return new TotpEnrolment(Totp.Grouped(text), Totp.Address(site.CentreName, person.Login, text));
    }

    public async ValueTask<Outcome<RecoveryCodeSheet>> ConfirmTotp(string code, CancellationToken ct)
    {
        if (Session is not { Enrolling: { } begun } session)
        {
            return Refusals.NoSession;
        }

        await using var unit = await store.Write(ct);
        var now = time.Now();
        if (Totp.Match(seal.OpenKey(begun), code, now, 0) is not { } step)
        {
            return Refusals.CodeWrong;
        }

        var credential = await Credential.Of(unit, session.Person, ct);
        await (credential with { Totp = begun, TotpSince = now, TotpStep = step }).Save(unit, ct);
        var codes = await RecoveryCodes.Renew(unit, session.Person, ct);
        await (session with { Enrolling = null, Proved = session.Proved == Proved.Password ? Proved.PasswordAndCode : session.Proved }).Update(unit, ct);
        await sessions.EndAll(unit, session.Person, session.Id, "認証手段を変更した", ct);
        await unit.Record(AuditKind.FactorChanged, $"{session.Person:D}", "one-time codes registered", ct);
        await unit.Commit(ct);
        return new RecoveryCodeSheet(codes);
    }

    public async ValueTask<Outcome<RecoveryCodeSheet>> RenewRecoveryCodes(CancellationToken ct)
    {
        if (Session is not { Stage: SignInStage.Complete } session)
        {
            return Refusals.NoSession;
        }

        await using var unit = await store.Write(ct);
        if (!(await Credential.Of(unit, session.Person, ct)).HasTotp)
        {
            return Refusals.NotFound;
        }

        var codes = await RecoveryCodes.Renew(unit, session.Person, ct);
        await unit.Record(AuditKind.FactorChanged, $"{session.Person:D}", "recovery codes renewed", ct);
        await unit.Commit(ct);
        return new RecoveryCodeSheet(codes);
    }

    public ValueTask<Outcome<OwnCredentials>> RemoveTotp(CancellationToken ct) => Change(
        async (unit, session, policy) =>
        {
            var credential = await Credential.Of(unit, session.Person, ct);
            if (!credential.HasTotp)
            {
                return Refusals.NotFound;
            }

            if (policy == PasswordPolicy.TwoFactor8 && credential.Passkeys == 0)
            {
                return Refusals.LastFactor;
            }

            await (credential with { Totp = null, TotpSince = null }).Save(unit, ct);
            await RecoveryCodes.Remove(unit, session.Person, ct);
            return "one-time codes removed";
        },
        ct);

    public async ValueTask<Outcome<PasskeyRequest>> PasskeyCreation(CancellationToken ct)
    {
        if (Session is not { } session || sessions.Http is not { } http)
        {
            return Refusals.NoSession;
        }

        PersonRow person;
        await using (var unit = await store.Read(ct))
        {
            person = await unit.Context.People.AsNoTracking().SingleAsync(p => p.Id == session.Person, ct);
        }

        return await passkeys.Creation(http, person.Id, person.Login, person.Name);
    }

    public async ValueTask<Outcome<OwnCredentials>> AddPasskey(string name, string credential, string state, CancellationToken ct)
    {
        if (Session is not { } session || sessions.Http is not { } http)
        {
            return Refusals.NoSession;
        }

        if (!IsName(name))
        {
            return Refusals.PasskeyNameMissing;
        }

        var passkey = await passkeys.Attest(http, session.Person, credential, state);
        return await Change(
            async (unit, current, _) =>
            {
                if (passkey is null || !await passkeys.IsFirstAnswer(unit, state, ct))
                {
                    return Refusals.PasskeyRefused;
                }

                await PasskeyTable.Insert(unit, current.Person, name.Trim(), passkey, time.Now(), ct);
                if (current.Proved == Proved.Password)
                {
                    await (current with { Proved = Proved.PasswordAndPasskey }).Update(unit, ct);
                }

                return "passkey registered";
            },
            ct);
    }

    public ValueTask<Outcome<OwnCredentials>> RenamePasskey(Guid id, string name, CancellationToken ct) => Change(
        async (unit, session, _) => !IsName(name) ? Refusals.PasskeyNameMissing
            : await PasskeyTable.Rename(unit, session.Person, id, name.Trim(), ct) == 0 ? Refusals.NotFound : "passkey renamed",
        ct);

    public ValueTask<Outcome<OwnCredentials>> RemovePasskey(Guid id, CancellationToken ct) => Change(
        async (unit, session, policy) =>
        {
            var credential = await Credential.Of(unit, session.Person, ct);
            if (policy == PasswordPolicy.TwoFactor8 && !credential.HasTotp && credential.Passkeys <= 1)
            {
                return Refusals.LastFactor;
            }

            return await PasskeyTable.Remove(unit, session.Person, id, ct) == 0 ? Refusals.NotFound : "passkey removed";
        },
        ct);

    public async ValueTask<Outcome<OwnCredentials>> EndSession(Guid id, CancellationToken ct)
    {
        if (Session is not { } session)
        {
            return Refusals.NoSession;
        }

        await using (var unit = await store.Read(ct))
        {
            if ((await SessionRow.ById(unit, id, ct))?.Person != session.Person)
            {
                return Refusals.NotFound;
            }
        }

        return await Change(
            async (unit, _, _) => await SessionRow.End(unit, id, time.Now(), "本人が終了した", ct) == 0 ? Refusals.NotFound : $"session {id:D} ended by its person",
            ct,
            AuditKind.SessionEnded);
    }

    public async ValueTask<Outcome<SignInStep>> Continue(CancellationToken ct)
    {
        if (sessions.Current is not { Stage: SignInStage.EnrolFactor } session)
        {
            return Refusals.NoSession;
        }

        // What was registered in this very request counts.
        await using var unit = await store.Write(ct);
        return await progress.Advance(unit, await SessionRow.ById(unit, session.Id, ct) ?? session, ct);
    }

    private static bool IsName(string name) => name.Trim().Length is > 0 and <= LongestName;

    /// <summary>One recorded change, and how it is afterwards.</summary>
    private async ValueTask<Outcome<OwnCredentials>> Change(
        Func<Store.Unit, SessionRow, PasswordPolicy, Task<Outcome<string>>> act, CancellationToken ct, AuditKind kind = AuditKind.FactorChanged)
    {
        if (Session is not { } session)
        {
            return Refusals.NoSession;
        }

        var policy = await members.Policy(new PersonId(session.Person), ct);
        await using (var unit = await store.Write(ct))
        {
            // One after the other: two removals at once must not each leave the other's as the last.
            await unit.NextVersion(ct);
            if ((await act(unit, session, policy)).Refused(out var refusal, out var done))
            {
                return refusal;
            }

            await unit.Record(kind, $"{session.Person:D}", done, ct);
            await unit.Commit(ct);
        }

        return await Overview(ct);
    }

    private static async ValueTask<Outcome<OwnCredentials>> Overview(Store.Unit unit, SessionRow session, PasswordPolicy policy, CancellationToken ct)
    {
        var credential = await Credential.Of(unit, session.Person, ct);
        var latest = await SessionRow.Latest(unit, session.Person, SessionsShown, ct);
        return new OwnCredentials(
            policy,
            credential.Changed,
            Progress.Due(policy, credential),
            credential.TotpSince,
            await RecoveryCodes.Unused(unit, session.Person, ct),
            await PasskeyTable.List(unit, session.Person, ct),
            [.. latest.Select(s => s.Summary("", session.Id))]);
    }
}
