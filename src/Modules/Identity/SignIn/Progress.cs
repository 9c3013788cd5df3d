using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Passwords;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <summary>
/// Carries a sign-in on: from what was proved to what is still asked, and in the end to the session. A person has one live session: the same place goes on
/// silently, another one is asked first whether the session elsewhere may end. Every step gives the browser a new cookie.
/// </summary>
internal sealed class Progress(Members members, SessionDoor sessions, SignInOptions options, TimeProvider time)
{
    /// <summary>How long ended sessions are shown; the audit trail keeps them longer.</summary>

    /// <summary>Begins a session for somebody who proved something. Commits.</summary>
    public async ValueTask<Outcome<SignInStep>> Begin(Store.Unit unit, Guid person, Proved proved, CancellationToken ct)
    {
        var place = Place.Of(sessions.Http);
        var now = time.Now();
        var session = new SessionRow(
            Guid.CreateVersion7(), "", person, null, place.Device?.Device.Value, place.Address, proved, SignInStage.SecondStep, null, now, now, null, "");
        return await Go(unit, session, isNew: true, takeOver: false, ct);
    }

    /// <summary>Goes on with what was proved since. Commits.</summary>
    public ValueTask<Outcome<SignInStep>> Advance(Store.Unit unit, SessionRow session, CancellationToken ct, bool takeOver = false) =>
        Go(unit, session, isNew: false, takeOver, ct);

    private async ValueTask<Outcome<SignInStep>> Go(Store.Unit unit, SessionRow session, bool isNew, bool takeOver, CancellationToken ct)
    {
        var credential = await Credential.Of(unit, session.Person, ct);
        var policy = await members.Policy(new PersonId(session.Person), ct);
        var stage = Next(session.Proved, policy, credential, time.GetUtcNow());
        if (stage == SignInStage.Complete && !takeOver && await Elsewhere(unit, session, ct) is not null)
        {
            stage = SignInStage.Elsewhere;
        }

        var actor = await ActorOf(session, ct);
        if (actor.Refused(out var refusal, out var known))
        {
            return refusal;
        }

        var value = SessionRow.NewValue();
        var complete = stage == SignInStage.Complete;
        var wasComplete = session.Stage == SignInStage.Complete;
        var now = time.Now();
        session = session with
        {
            Digest = SessionRow.DigestOf(value),
            Stage = stage,
            LastUsed = now,
            Organisation = known.Organisation.Value,
            Created = complete && !wasComplete ? now : session.Created,
        };
        await (isNew ? session.Insert(unit, ct) : session.Update(unit, ct));
        var notice = complete ? await Complete(unit, session, credential, policy, known, ct) : "";
        if (!complete || !wasComplete)
        {
            await unit.Record(complete ? known : null, AuditKind.SignIn, $"{session.Person:D}", complete ? "signed in" : $"continues: {stage}", ct);
        }

        await unit.Commit(ct);
        Show(session, value);
        return new SignInStep(stage, complete ? known : null, notice);
    }

    /// <summary>What is still asked.</summary>
    public static SignInStage Next(Proved proved, PasswordPolicy policy, Credential credential, DateTimeOffset now) => proved switch
    {
        Proved.Recovery => SignInStage.ChangePassword,
        Proved.Passkey => SignInStage.Complete,
        Proved.Password when credential.HasTotp || (policy == PasswordPolicy.TwoFactor8 && credential.HasSecond) => SignInStage.SecondStep,
        _ when !credential.Own || PasswordAge.IsOver(Due(policy, credential), now) => SignInStage.ChangePassword,
        Proved.Password when policy == PasswordPolicy.TwoFactor8 => SignInStage.EnrolFactor,
        _ => SignInStage.Complete,
    };

    public static DateOnly? Due(PasswordPolicy policy, Credential credential) =>
        credential.Changed is { } changed ? PasswordAge.Due(policy, credential.HasTotp, changed) : null;

    /// <summary>What to say of a password that runs out; empty when there is time.</summary>
    public string Warning(PasswordPolicy policy, Credential credential) =>
        Due(policy, credential) is { } due && PasswordAge.IsNear(due, time.GetUtcNow())
            ? $"パスワードは {due.Year}年{due.Month}月{due.Day}日 から使えなくなります。それまでに変更してください。" : "";

    /// <summary>The live session of the person in another place.</summary>
    public async ValueTask<SessionRow?> Elsewhere(Store.Unit unit, SessionRow session, CancellationToken ct)
    {
        var place = new Place(session.Address, Place.Of(sessions.Http).Device);
        return (await SessionRow.Open(unit, session.Person, ct))
            .FirstOrDefault(s => s.Id != session.Id && s.Stage == SignInStage.Complete && s.IsLive(time.GetUtcNow(), options) && !s.IsSamePlace(place));
    }

    private async ValueTask<string> Complete(Store.Unit unit, SessionRow session, Credential credential, PasswordPolicy policy, Actor actor, CancellationToken ct)
    {
        foreach (var other in await SessionRow.Open(unit, session.Person, ct))
        {
            if (other.Id != session.Id && await SessionRow.End(unit, other.Id, time.Now(), "ほかでサインインした", ct) > 0 && other.Stage == SignInStage.Complete)
            {
                await unit.Record(actor, AuditKind.SessionEnded, $"{session.Person:D}", $"session {other.Id:D}: signed in again", ct);
            }
        }

        var notice = credential.Notice;
        if (notice.Length > 0)
        {
            await (credential with { Notice = "" }).Save(unit, ct);
        }

        return string.Join('\n', new[] { notice, Warning(policy, credential) }.Where(t => t.Length > 0));
    }

    /// <summary>The organisation chosen before, else the one of the device, else the usual one.</summary>
    private async ValueTask<Outcome<Actor>> ActorOf(SessionRow session, CancellationToken ct)
    {
        var device = Place.Of(sessions.Http).Device;
        var wanted = session.Organisation is { } chosen ? new OrganisationId(chosen) : device?.Organisation;
        var actor = await members.ActorOf(new PersonId(session.Person), wanted, ct);
        return actor.Succeeded(out _, out _) || wanted is null ? actor
            : options.RequireDevice ? Refusals.DeviceOfAnother
            : await members.ActorOf(new PersonId(session.Person), null, ct);
    }

    private void Show(SessionRow session, string value)
    {
        if (sessions.Http is { } http)
        {
            http.Features.Set(session);
            SessionCookie.Set(http, value);
        }
    }
}
