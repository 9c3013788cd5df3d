using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.SignIn.Factors;
using Sekisho.Modules.Identity.SignIn.Recovery;
using Sekisho.Modules.Identity.SignIn.Sessions;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.SignIn;

/// <inheritdoc cref="ISignIn"/>
internal sealed class SignInDoor(
    Store store, Members members, SessionDoor sessions, Progress progress, SignInOptions options, PasswordStep first, CodeStep second, PasskeyStep both,
    Passkeys passkeys, RecoveryStep recovery) : ISignIn
{
    public DateTimeOffset? EndsAt => sessions.Current?.EndsAt(options);

    public bool LacksDevice => options.RequireDevice && Place.Of(sessions.Http).Device is null;

    public ValueTask<Outcome<SignInStep>> Password(string login, string password, CancellationToken ct) => first.Run(login, password, ct);

    public ValueTask<Outcome<SignInStep>> Code(string code, CancellationToken ct) => second.Run(code, ct);

    public ValueTask<PasskeyRequest> PasskeyRequest(CancellationToken ct) =>
        passkeys.Request(sessions.Http ?? throw new InvalidOperationException("A passkey is asked for on a request"));

    public ValueTask<Outcome<SignInStep>> Passkey(string credential, string state, CancellationToken ct) => both.Run(credential, state, ct);

    public ValueTask<Outcome<SignInStep>> Recover(string login, string code, CancellationToken ct) => recovery.Run(login, code, ct);

    public async ValueTask<Outcome<SignInStep>> TakeOver(CancellationToken ct)
    {
        if (sessions.Current is not { Stage: SignInStage.Elsewhere } session)
        {
            return Refusals.NoSession;
        }

        await using var unit = await store.Write(ct);
        return await progress.Advance(unit, session, ct, takeOver: true);
    }

    public async ValueTask<SignInStatus?> Status(CancellationToken ct)
    {
        if (sessions.Current is not { } session)
        {
            return null;
        }

        var id = new PersonId(session.Person);
        var own = await members.Of(id, ct);
        var policy = await members.Policy(id, ct);
        await using var unit = await store.Read(ct);
        var credential = await Credential.Of(unit, session.Person, ct);
        var elsewhere = session.Stage == SignInStage.Elsewhere ? await progress.Elsewhere(unit, session, ct) : null;
        return new SignInStatus(
            id,
            (await members.ActorOf(id, null, ct)).Succeeded(out var actor, out _) ? actor.PersonName : "",
            session.Stage,
            session.Proved == Proved.Recovery,
            policy,
            credential.HasTotp,
            session.EndsAt(options),
            session.Stage == SignInStage.Complete ? progress.Warning(policy, credential) : "",
            elsewhere?.Summary("", session.Id),
            [.. own.Select(o => new OrganisationChoice(o.Id, o.Name, o.Id.Value == session.Organisation))]);
    }

    public async ValueTask<Outcome<Actor>> ActFor(OrganisationId organisation, CancellationToken ct)
    {
        if (sessions.Current is not { Stage: SignInStage.Complete } session)
        {
            return Refusals.NoSession;
        }

        var device = Place.Of(sessions.Http).Device;
        if (options.RequireDevice && device?.Organisation != organisation)
        {
            return Refusals.DeviceOfAnother;
        }

        if ((await members.ActorOf(new PersonId(session.Person), organisation, ct)).Refused(out _, out var actor))
        {
            return Refusals.NotYourMembership;
        }

        // Who never chose acts for their usual organisation, or for that of the device: the event names it all the same.
        var before = sessions.Http?.Features.Get<Actor>()?.Organisation.Value ?? session.Organisation;
        await using var unit = await store.Write(ct);
        await (session with { Organisation = organisation.Value }).Update(unit, ct);
        await unit.Record(actor, AuditKind.OrganisationSwitched, organisation.ToString(), $"from {before:D}", ct);
        await unit.Commit(ct);
        return actor;
    }

    public async ValueTask End(CancellationToken ct)
    {
        if (sessions.Http is { } http)
        {
            SessionCookie.Remove(http);
        }

        if (sessions.Current is not { } session)
        {
            return;
        }

        await using var unit = await store.Write(ct);
        await SessionRow.End(unit, session.Id, sessions.Now, "サインアウトした", ct);
        await unit.Record(AuditKind.SignOut, $"{session.Person:D}", "signed out", ct);
        await unit.Commit(ct);
    }
}
