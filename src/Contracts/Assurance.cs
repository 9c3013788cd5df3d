using Sekisho.Wire;

namespace Sekisho.Contracts.Assurance;

/// <summary>What an auditor asks for. Everything left out is not asked about.</summary>
public sealed record AuditQuery
{
    /// <summary>From the start of this day, JST; a week ago when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>To the end of this day, JST; today when left out.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who acted.</summary>
    public Guid? Person { get; init; }

    /// <summary>Through which device.</summary>
    public Guid? Device { get; init; }

    /// <summary>On whose behalf; only the site's auditor may name another organisation.</summary>
    public Guid? Organisation { get; init; }

    /// <summary>What happened.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>Result, from its beginning.</summary>
    public string? Result { get; init; }

    /// <summary>Text within the subject: a number, an id.</summary>
    public string? Subject { get; init; }

    /// <summary>Whose data.</summary>
    public DataSubject? Whose { get; init; }

    /// <summary>Also events of protected persons: the site's auditor with <see cref="Permission.OpenSealed"/> and a reason.</summary>
    public bool IncludeProtected { get; init; }

    /// <summary>Why, where a reason is asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>The last event of the page before.</summary>
    public Guid? After { get; init; }
}

/// <summary>An event as an auditor reads it.</summary>
/// <param name="Id">Which.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What happened, by name.</param>
/// <param name="Organisation">On whose behalf.</param>
/// <param name="OrganisationName">Its name today.</param>
/// <param name="Person">Who.</param>
/// <param name="PersonName">Their name, when they still have an account.</param>
/// <param name="Roles">規程上・業務上の役割 in force then, by name.</param>
/// <param name="Device">Through which device.</param>
/// <param name="Session">In which session.</param>
/// <param name="Subject">What was touched.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="HasWhose">True when it says whose data it was.</param>
/// <param name="HasSealed">True when that can still be opened.</param>
/// <param name="Correlation">Joins the events of one request.</param>
/// <param name="Position">Position in the ledger; null until the sequencer gave it.</param>
/// <param name="Expired">True when its details were deleted because their time is over.</param>
public sealed record AuditEntry(
    Guid Id,
    DateTimeOffset At,
    string Kind,
    Guid? Organisation,
    string OrganisationName,
    Guid? Person,
    string PersonName,
    IReadOnlyList<string> Roles,
    Guid? Device,
    Guid? Session,
    string Subject,
    string Result,
    string Reason,
    bool HasWhose,
    bool HasSealed,
    string Correlation,
    long? Position,
    bool Expired);

/// <summary>A page of events, newest first.</summary>
/// <param name="Entries">The events.</param>
/// <param name="Next">Ask for what comes after this one; null when this is the end.</param>
/// <param name="From">First day asked about.</param>
/// <param name="Until">Last day asked about.</param>
/// <param name="WholeSite">True when all organisations are in view.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, Guid? Next, DateOnly From, DateOnly Until, bool WholeSite);

/// <summary>An export: one ZIP that proves itself.</summary>
/// <param name="FileName">Its name, with the classification.</param>
/// <param name="Sha256">Digest of the ZIP, hex: the event of the export names it.</param>
/// <param name="Events">Rows of its CSV.</param>
/// <param name="Content">The ZIP; the caller disposes it.</param>
public sealed record AuditExport(string FileName, string Sha256, int Events, Stream Content);

/// <summary>When details of a kind are deleted next.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Years">How long they are kept.</param>
/// <param name="NextDue">When the oldest is due; null when there is none.</param>
/// <param name="Overdue">True when it is past: the daily worker has not run.</param>
public sealed record AuditDue(AuditKind Kind, int Years, DateTimeOffset? NextDue, bool Overdue);

/// <summary>監査ログ — reading what was recorded. Answers are limited to what the asker may see; every answer is recorded first. AU-01xx.</summary>
public interface IAuditLog
{
    /// <summary>Events, newest first, a page at a time. Commits its own event; AU-0101 to AU-0106.</summary>
    ValueTask<Outcome<AuditPage>> Search(Actor by, AuditQuery query, CancellationToken ct);

    /// <summary>One event; the caller's request records the access. AU-0104.</summary>
    ValueTask<Outcome<AuditEntry>> Find(Actor by, Guid id, CancellationToken ct);

    /// <summary>Whose data an event was about. Commits; AU-0103, AU-0104.</summary>
    ValueTask<Outcome<DataSubject>> Open(Actor by, Guid id, string reason, CancellationToken ct);

    /// <summary>Events with their proof. Commits; AU-0103, AU-0107, AU-0108.</summary>
    ValueTask<Outcome<AuditExport>> Export(Actor by, AuditQuery query, CancellationToken ct);

    /// <summary>The inclusion proof of one event in the ledger; AU-0104, AU-0109.</summary>
    ValueTask<Outcome<LogProof>> Proof(Actor by, Guid id, CancellationToken ct);

    /// <summary>When the details of each kind are due.</summary>
    ValueTask<IReadOnlyList<AuditDue>> Due(CancellationToken ct);
}

/// <summary>Somebody's access to a person's data.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What, by name.</param>
/// <param name="Organisation">On whose behalf; null for the site itself.</param>
/// <param name="OrganisationName">Its name today.</param>
/// <param name="Result">What came of it: a short word or code, never a signature's digest.</param>
public sealed record PersonAccess(DateTimeOffset At, AuditKind Kind, OrganisationId? Organisation, string OrganisationName, string Result);

/// <summary>だれが本人のデータを見たか, from the audit trail. Whoever shows it to anybody records that; who may ask for whom is theirs to decide.</summary>
public interface IPersonAccesses
{
    /// <summary>
    /// What was recorded about one person under any of these identities, newest first; nothing for a protected person. Names of people who worked there are not
    /// in it, nor searches for somebody. In the current transaction, or a reading one of its own.
    /// </summary>
    ValueTask<IReadOnlyList<PersonAccess>> Of(IReadOnlyList<DataSubject> identities, DateOnly from, DateOnly until, int most, CancellationToken ct);
}

/// <summary>A protected person as the list shows them: never by name.</summary>
/// <param name="Id">The registration.</param>
/// <param name="Since">When.</param>
/// <param name="Ground">不開示該当, 自己情報提供不可 or DV.</param>
/// <param name="Ended">When it ended.</param>
public sealed record Protection(Guid Id, DateTimeOffset Since, ProtectionGround Ground, DateTimeOffset? Ended);

/// <summary>Why somebody is protected.</summary>
public enum ProtectionGround
{
    /// <summary>不開示該当.</summary>
    NonDisclosure,

    /// <summary>自己情報提供不可.</summary>
    NoSelfDisclosure,

    /// <summary>DV・虐待等の支援措置.</summary>
    Violence,
}

/// <summary>保護対象者 — whose whereabouts, facilities and access log are disclosed to nobody. Every disclosure asks here first.</summary>
public interface IProtectedPersons
{
    /// <summary>True when the person is protected now.</summary>
    ValueTask<bool> IsProtected(DataSubject subject, CancellationToken ct);

    /// <summary>Those of the hashes (<see cref="ISubjectHashes"/>) that belong to protected persons.</summary>
    ValueTask<IReadOnlySet<string>> Among(IReadOnlyCollection<string> hashes, CancellationToken ct);

    /// <summary>Protects a person. Commits; AU-0103 without a reason, AU-0110 when nothing identifies them.</summary>
    ValueTask<Outcome<Protection>> Protect(Actor by, DataSubject subject, ProtectionGround ground, string reason, CancellationToken ct);

    /// <summary>Ends a protection. Commits; AU-0103, AU-0111.</summary>
    ValueTask<Outcome<Protection>> End(Actor by, Guid id, string reason, CancellationToken ct);

    /// <summary>All registrations, newest first.</summary>
    ValueTask<IReadOnlyList<Protection>> List(CancellationToken ct);
}
