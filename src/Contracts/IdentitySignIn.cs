using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>What is still asked of somebody who signs in.</summary>
public enum SignInStage
{
    /// <summary>二段階目: a one-time code, or a passkey.</summary>
    SecondStep,

    /// <summary>パスワードの変更.</summary>
    ChangePassword,

    /// <summary>二要素目の登録: the regulation asks for one and there is none yet.</summary>
    EnrolFactor,

    /// <summary>Signed in elsewhere: going on ends that session.</summary>
    Elsewhere,

    /// <summary>Nothing: signed in.</summary>
    Complete,
}

/// <summary>Where a sign-in stands after a step.</summary>
/// <param name="Stage">What comes next.</param>
/// <param name="Actor">Who is signed in; null until <see cref="SignInStage.Complete"/>.</param>
/// <param name="Notice">What the person should know now; empty when there is nothing.</param>
public sealed record SignInStep(SignInStage Stage, Actor? Actor, string Notice);

/// <summary>The session of the current request.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Name">For display.</param>
/// <param name="Stage">What is still asked.</param>
/// <param name="Recovering">True after a one-time code of the システム管理者: there is no current password.</param>
/// <param name="Policy">What the regulation asks of the password.</param>
/// <param name="HasTotp">True when a one-time code can be asked for.</param>
/// <param name="EndsAt">When it ends unless something is done.</param>
/// <param name="Notice">A warning to show on every page, e.g. of a password that runs out.</param>
/// <param name="Elsewhere">The session that going on would end, at <see cref="SignInStage.Elsewhere"/>.</param>
/// <param name="Organisations">For whom the person may act; one entry when there is nothing to choose.</param>
public sealed record SignInStatus(
    PersonId Person,
    string Name,
    SignInStage Stage,
    bool Recovering,
    PasswordPolicy Policy,
    bool HasTotp,
    DateTimeOffset EndsAt,
    string Notice,
    SessionSummary? Elsewhere,
    IReadOnlyList<OrganisationChoice> Organisations);

/// <summary>An organisation a person may act for.</summary>
public sealed record OrganisationChoice(OrganisationId Id, string Name, bool Current);

/// <summary>What a browser is asked to prove with a passkey.</summary>
/// <param name="Options">For <c>navigator.credentials</c>, JSON.</param>
/// <param name="State">Comes back with the answer, sealed.</param>
public sealed record PasskeyRequest(string Options, string State);

/// <summary>Sign-in on the current request: the steps keep the session cookie. Every failure is answered alike, in the same time, and recorded.</summary>
public interface ISignIn
{
    /// <summary>First step. ID-0201 for every failure, ID-0202 while locked, ID-0510 when the device shows no certificate and the site asks for one.</summary>
    ValueTask<Outcome<SignInStep>> Password(string login, string password, CancellationToken ct);

    /// <summary>Second step: a one-time code or an unused recovery code.</summary>
    ValueTask<Outcome<SignInStep>> Code(string code, CancellationToken ct);

    /// <summary>What a passkey is asked to sign, for whoever it belongs to.</summary>
    ValueTask<PasskeyRequest> PasskeyRequest(CancellationToken ct);

    /// <summary>The passkey's answer: both factors at once.</summary>
    ValueTask<Outcome<SignInStep>> Passkey(string credential, string state, CancellationToken ct);

    /// <summary>A one-time code of the システム管理者 in place of what was lost; a new password follows.</summary>
    ValueTask<Outcome<SignInStep>> Recover(string login, string code, CancellationToken ct);

    /// <summary>Ends the session elsewhere and goes on here.</summary>
    ValueTask<Outcome<SignInStep>> TakeOver(CancellationToken ct);

    /// <summary>When the current request's session ends unless something is done; null without one.</summary>
    DateTimeOffset? EndsAt { get; }

    /// <summary>True when people need a device of their organisation here and the connection shows none.</summary>
    bool LacksDevice { get; }

    /// <summary>What the current request's session is; null without one.</summary>
    ValueTask<SignInStatus?> Status(CancellationToken ct);

    /// <summary>Acts for another of one's organisations from now on.</summary>
    ValueTask<Outcome<Actor>> ActFor(OrganisationId organisation, CancellationToken ct);

    /// <summary>Signs out.</summary>
    ValueTask End(CancellationToken ct);
}

/// <summary>A session as its person and the システム管理者 see it.</summary>
/// <param name="Id">Not the cookie.</param>
/// <param name="Person">Whose.</param>
/// <param name="PersonName">For display.</param>
/// <param name="Address">From where.</param>
/// <param name="Device">Certificate's device, when there is one.</param>
/// <param name="Proved">パスワード, パスキー ….</param>
/// <param name="Created">Since when.</param>
/// <param name="LastUsed">Last request.</param>
/// <param name="Ended">When it ended; null while it lives.</param>
/// <param name="Why">Why it ended.</param>
/// <param name="Current">True for the session that asks.</param>
public sealed record SessionSummary(
    Guid Id,
    PersonId Person,
    string PersonName,
    string Address,
    DeviceId? Device,
    string Proved,
    DateTimeOffset Created,
    DateTimeOffset LastUsed,
    DateTimeOffset? Ended,
    string Why,
    bool Current);

/// <summary>A registered passkey.</summary>
public sealed record PasskeySummary(Guid Id, string Name, DateTimeOffset Created, DateTimeOffset? LastUsed);

/// <summary>自分の認証: what a person signs in with.</summary>
/// <param name="Policy">What the regulation asks for.</param>
/// <param name="PasswordChanged">When it was last set; null when unknown.</param>
/// <param name="PasswordDue">The day from which it must be replaced; null when never.</param>
/// <param name="TotpSince">Since when one-time codes are asked for; null without.</param>
/// <param name="RecoveryCodes">How many are unused.</param>
/// <param name="Passkeys">All of them.</param>
/// <param name="Sessions">Live ones and those that ended lately.</param>
public sealed record OwnCredentials(
    PasswordPolicy Policy,
    DateTimeOffset? PasswordChanged,
    DateOnly? PasswordDue,
    DateTimeOffset? TotpSince,
    int RecoveryCodes,
    IReadOnlyList<PasskeySummary> Passkeys,
    IReadOnlyList<SessionSummary> Sessions);

/// <summary>A key for one-time codes that waits for its first code.</summary>
/// <param name="Key">In groups of four, to be typed.</param>
/// <param name="Address">otpauth link.</param>
public sealed record TotpEnrolment(string Key, string Address);

/// <summary>回復用コード, each good once; shown once.</summary>
public sealed record RecoveryCodeSheet(IReadOnlyList<string> Codes);

/// <summary>What a person may do with what they sign in with. On the current request's session; recorded. ID-0511 without a session that may.</summary>
public interface IOwnCredentials
{
    /// <summary>Everything about it.</summary>
    ValueTask<Outcome<OwnCredentials>> Overview(CancellationToken ct);

    /// <summary>Replaces the password; ends every other session. An empty <paramref name="current"/> only after a recovery.</summary>
    ValueTask<Outcome<SignInStep>> ChangePassword(string current, string password, CancellationToken ct);

    /// <summary>A new key, shown until <see cref="ConfirmTotp"/>.</summary>
    ValueTask<Outcome<TotpEnrolment>> BeginTotp(CancellationToken ct);

    /// <summary>The key counts from the first right code on. Answers with the recovery codes, shown once.</summary>
    ValueTask<Outcome<RecoveryCodeSheet>> ConfirmTotp(string code, CancellationToken ct);

    /// <summary>New recovery codes; the old ones end.</summary>
    ValueTask<Outcome<RecoveryCodeSheet>> RenewRecoveryCodes(CancellationToken ct);

    /// <summary>Ends one-time codes; ID-0521 when they are the last factor the regulation asks for.</summary>
    ValueTask<Outcome<OwnCredentials>> RemoveTotp(CancellationToken ct);

    /// <summary>What a new passkey is made from.</summary>
    ValueTask<Outcome<PasskeyRequest>> PasskeyCreation(CancellationToken ct);

    /// <summary>Registers the passkey.</summary>
    ValueTask<Outcome<OwnCredentials>> AddPasskey(string name, string credential, string state, CancellationToken ct);

    /// <summary>Names it anew.</summary>
    ValueTask<Outcome<OwnCredentials>> RenamePasskey(Guid id, string name, CancellationToken ct);

    /// <summary>Ends it; ID-0521 when it is the last factor the regulation asks for.</summary>
    ValueTask<Outcome<OwnCredentials>> RemovePasskey(Guid id, CancellationToken ct);

    /// <summary>Ends one of one's sessions.</summary>
    ValueTask<Outcome<OwnCredentials>> EndSession(Guid id, CancellationToken ct);

    /// <summary>Goes on with the sign-in once a factor is registered.</summary>
    ValueTask<Outcome<SignInStep>> Continue(CancellationToken ct);
}

/// <summary>State of a request for recovery.</summary>
public enum RecoveryState
{
    /// <summary>Nobody approved yet.</summary>
    Requested,

    /// <summary>One approved; another must.</summary>
    Approved,

    /// <summary>The one-time code was handed out.</summary>
    Issued,

    /// <summary>The code was used.</summary>
    Used,

    /// <summary>Rejected, or replaced by a later request.</summary>
    Closed,
}

/// <summary>A request for recovery as the approvers see it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Person">Who asks.</param>
/// <param name="PersonName">For display.</param>
/// <param name="Login">Their login.</param>
/// <param name="OrganisationName">Where they work.</param>
/// <param name="Requested">When.</param>
/// <param name="Address">From where.</param>
/// <param name="State">State.</param>
/// <param name="Mine">True when the asking administrator approved it already.</param>
public sealed record RecoveryRequest(
    Guid Id, PersonId Person, string PersonName, string Login, string OrganisationName, DateTimeOffset Requested, string Address, RecoveryState State, bool Mine);

/// <summary>Recovery with four eyes, and sessions of others. For システム管理者 of the person's organisation; those of the centre fill in where there are too few.</summary>
public interface ISignInAdministration
{
    /// <summary>Asks for recovery; tells nothing about whether the account exists.</summary>
    ValueTask Request(string login, CancellationToken ct);

    /// <summary>What waits for this administrator.</summary>
    ValueTask<IReadOnlyList<RecoveryRequest>> Waiting(Actor by, CancellationToken ct);

    /// <summary>Approves. The second approval, by another person, answers with the one-time code, shown once; the first with an empty text.</summary>
    ValueTask<Outcome<string>> Approve(Actor by, Guid request, CancellationToken ct);

    /// <summary>Rejects.</summary>
    ValueTask<Outcome<Guid>> Reject(Actor by, Guid request, CancellationToken ct);

    /// <summary>Live sessions of the people of the administrator's organisation.</summary>
    ValueTask<IReadOnlyList<SessionSummary>> Sessions(Actor by, CancellationToken ct);

    /// <summary>Ends one of them.</summary>
    ValueTask<Outcome<Guid>> EndSession(Actor by, Guid session, CancellationToken ct);

    /// <summary>At the machine that holds the data folder only: a one-time code for a person of a site whose every administrator is locked out.</summary>
    ValueTask<Outcome<string>> Reset(string login, string reason, CancellationToken ct);

    /// <summary>In 開発 only: takes the password as the person's own, so that a demo needs no first change.</summary>
    ValueTask TakeAsOwn(PersonId person, CancellationToken ct);
}

/// <summary>A second factor at this moment, asked of somebody who is signed in already, before something that must be theirs without doubt.</summary>
public interface IStepUp
{
    /// <summary>A one-time code, or an unused recovery code, of the person. Commits what it uses up and every failure; not while a transaction runs. ID-0202 while locked, ID-0520 for a wrong one.</summary>
    ValueTask<Outcome<PersonId>> Code(PersonId person, string code, CancellationToken ct);
}
