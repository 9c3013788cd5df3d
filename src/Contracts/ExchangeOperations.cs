using Sekisho.Wire;

namespace Sekisho.Contracts.Exchange;

/// <summary>時刻の状態.</summary>
public enum ClockState
{
    /// <summary>確認していない (設定).</summary>
    NotChecked,

    /// <summary>同期済み、誤差は上限以内.</summary>
    Synchronised,

    /// <summary>同期しているが、誤差が上限を超える.</summary>
    Inaccurate,

    /// <summary>同期していない.</summary>
    NotSynchronised,

    /// <summary>跳躍を検出した.</summary>
    Jumped,
}

/// <summary>How good the site's clock is.</summary>
/// <param name="State">The judgement.</param>
/// <param name="Error">Largest possible error as the machine states it; null when it cannot.</param>
public sealed record ClockCondition(ClockState State, TimeSpan? Error);

/// <summary>How the scanner is.</summary>
/// <param name="IsOn">False: this site does not scan.</param>
/// <param name="IsWell">It answered the last time it was asked.</param>
/// <param name="Engine">Its version; empty when unknown.</param>
/// <param name="Signatures">Day of its signatures; null when it has local ones only.</param>
/// <param name="SignaturesAreOld">They are older than the site's limit.</param>
/// <param name="AskedAt">When it was last asked; null: never yet.</param>
/// <param name="ScannedAt">When it last finished with a content; null: never since the start.</param>
public sealed record ScannerCondition(
    bool IsOn, bool IsWell, string Engine, DateTimeOffset? Signatures, bool SignaturesAreOld, DateTimeOffset? AskedAt, DateTimeOffset? ScannedAt);

/// <summary>隔離の状態.</summary>
public enum QuarantineState
{
    /// <summary>受領し、開封していない: the check is not done, or the time is not vouched for.</summary>
    Waiting,

    /// <summary>不正ソフトウェアを検出した: never opened.</summary>
    Infected,

    /// <summary>開封した.</summary>
    Opened,

    /// <summary>開封しないと決めた.</summary>
    Rejected,
}

/// <summary>不正ソフトウェア検査の結果.</summary>
public enum ScanState
{
    /// <summary>検査待ち.</summary>
    Waiting,

    /// <summary>検出なし.</summary>
    Clean,

    /// <summary>検出.</summary>
    Infected,

    /// <summary>検査できない (理由あり).</summary>
    Unscannable,

    /// <summary>検査しない (設定).</summary>
    None,
}

/// <summary>A received content that is, or was, kept closed.</summary>
/// <param name="Transmission">Which.</param>
/// <param name="Number">受付番号.</param>
/// <param name="Sender">Whose.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Scan">What the scanner said.</param>
/// <param name="ClockHeld">The time of its acknowledgement is not vouched for yet.</param>
/// <param name="Since">Since when.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Detail">Signature found, or why it was not scanned.</param>
/// <param name="MayDecide">The limit has passed, or the scanner cannot look at it: an operator may decide.</param>
/// <param name="ProposedBy">Who proposed to open it; empty when nobody did.</param>
/// <param name="Reason">Why, as proposed or decided.</param>
/// <param name="DecidedBy">Who decided; empty when nobody did.</param>
public sealed record QuarantineItem(
    TransmissionId Transmission,
    string Number,
    OrganisationId Sender,
    QuarantineState State,
    ScanState Scan,
    bool ClockHeld,
    DateTimeOffset Since,
    long Length,
    string Detail,
    bool MayDecide,
    string ProposedBy,
    string Reason,
    string DecidedBy);

/// <summary>Who decides about a content: a signed-in person, or a person named at the machine itself.</summary>
/// <param name="Actor">The actor, when it is a request's.</param>
/// <param name="Name">Person id, or the name given at the command line; two decisions by the same one count as one.</param>
public sealed record Decider(Actor? Actor, string Name);

/// <summary>隔離 — received, acknowledged, and not opened.</summary>
public interface IQuarantine
{
    /// <summary>The scanner, as last asked.</summary>
    ScannerCondition Scanner { get; }

    /// <summary>The clock, as last looked at.</summary>
    ClockCondition Clock { get; }

    /// <summary>Asks both now, for a report.</summary>
    ValueTask<(ScannerCondition Scanner, ClockCondition Clock)> Look(CancellationToken ct);

    /// <summary>What is closed now, oldest first; of one sender, or of all.</summary>
    ValueTask<IReadOnlyList<QuarantineItem>> Held(OrganisationId? sender, CancellationToken ct);

    /// <summary>
    /// Opens a content that could not be checked within the limit. Two different people: the first proposes, the second decides. EX-0602 unknown,
    /// EX-0603 infected, EX-0604 too early, EX-0605 no reason, EX-0606 the same person. Commits.
    /// </summary>
    ValueTask<Outcome<QuarantineItem>> Open(TransmissionId id, Decider by, string reason, CancellationToken ct);

    /// <summary>Decides that a content is never opened; its sender is told. Refuses as <see cref="Open"/>. Commits.</summary>
    ValueTask<Outcome<QuarantineItem>> Reject(TransmissionId id, Decider by, string reason, CancellationToken ct);
}

/// <summary>An event that an operator must look into.</summary>
/// <param name="Id">Which.</param>
/// <param name="Kind">What kind: one word, permanent.</param>
/// <param name="Subject">Whom or what it is about: an identifier, never a name.</param>
/// <param name="Text">Japanese.</param>
/// <param name="First">First time.</param>
/// <param name="Last">Last time.</param>
/// <param name="Times">How often.</param>
/// <param name="Reminders">How often the operator was reminded.</param>
/// <param name="Cause">原因, once filled in.</param>
/// <param name="Measure">対策, once filled in.</param>
/// <param name="AnsweredAt">When both were filled in.</param>
public sealed record OperatorNotice(
    Guid Id,
    string Kind,
    string Subject,
    string Text,
    DateTimeOffset First,
    DateTimeOffset Last,
    long Times,
    long Reminders,
    string Cause,
    string Measure,
    DateTimeOffset? AnsweredAt);

/// <summary>運用の通知 — what an operator must look into: the cause and the measure are asked for until they are given.</summary>
public interface INotices
{
    /// <summary>Raises a notice within the current transaction; one that is open for the same kind and subject only counts on.</summary>
    ValueTask Raise(string kind, string subject, string text, CancellationToken ct);

    /// <summary>Open ones first, then the latest answered.</summary>
    ValueTask<IReadOnlyList<OperatorNotice>> List(CancellationToken ct);

    /// <summary>原因 and 対策 of an open notice. EX-0607 unknown or answered, EX-0608 when either is missing. Commits.</summary>
    ValueTask<Outcome<OperatorNotice>> Answer(Guid id, Actor by, string cause, string measure, CancellationToken ct);
}
