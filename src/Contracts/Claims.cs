using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Claims;

/// <summary>State of a reception (受付) on its way through the claims month.</summary>
public enum ReceptionState
{
    /// <summary>受信: acknowledged, check not finished.</summary>
    Received,

    /// <summary>受付不能: an L1 rejected the file.</summary>
    Rejected,

    /// <summary>結果: 受付・事務点検 done, the institution decides.</summary>
    Checked,

    /// <summary>取消.</summary>
    Cancelled,

    /// <summary>請求確定.</summary>
    Confirmed,

    /// <summary>締切.</summary>
    Closed,

    /// <summary>審査中 (保留のレセプトあり).</summary>
    UnderReview,

    /// <summary>決定.</summary>
    Decided,

    /// <summary>配信.</summary>
    Delivered,
}

/// <summary>State of one claim.</summary>
public enum ClaimState
{
    /// <summary>受付.</summary>
    Accepted,

    /// <summary>受付不能 (L2).</summary>
    Rejected,

    /// <summary>対象外: dropped at automatic confirmation, or its reception was rejected or cancelled.</summary>
    Dropped,

    /// <summary>請求どおり.</summary>
    Approved,

    /// <summary>保留.</summary>
    Held,

    /// <summary>配信済み.</summary>
    Delivered,

    /// <summary>配信保留: no organisation holds the insurer number.</summary>
    Undeliverable,

    /// <summary>取下げ: the institution asked for it back after 締切, and the payer agreed.</summary>
    Withdrawn,
}

/// <summary>A reception as lists show it.</summary>
public sealed record Reception(
    string Number,
    TransmissionId Transmission,
    string Institution,
    string InstitutionName,
    string Payer,
    YearMonth? BillingMonth,
    string FileName,
    DateTimeOffset ReceivedAt,
    Provenance Provenance,
    ReceptionState State,
    int Claims,
    int RejectedClaims,
    long Points,
    int Findings,
    Severity? Worst);

/// <summary>One claim of a reception as lists show it: no name, no 記号・番号.</summary>
public sealed record ClaimRow(ClaimEntry Entry, ClaimState State, int Findings);

/// <summary>One claim opened for reading.</summary>
public sealed record OpenedClaim(Reception Reception, ClaimRow Row, ClaimDocument Document, IReadOnlyList<Finding> Findings);

/// <summary>The result list of a reception.</summary>
public sealed record ReceptionResult(
    Reception Reception, IReadOnlyList<ClaimRow> Claims, IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, string> NotRun);

/// <summary>The claims month as the institution's home shows it.</summary>
/// <param name="Today">Business day.</param>
/// <param name="BillingMonth">請求年月 being claimed.</param>
/// <param name="MaySend">True inside the sending window.</param>
/// <param name="Window">Japanese: the current window or the next one.</param>
/// <param name="DaysLeft">Days until the sending window ends; 0 on the last day; null outside.</param>
/// <param name="Attention">Receptions that need the institution's decision.</param>
public sealed record ClaimsDesk(DateOnly Today, YearMonth BillingMonth, bool MaySend, string Window, int? DaysLeft, IReadOnlyList<Reception> Attention);

/// <summary>審査結果.</summary>
public enum ReviewDecision
{
    /// <summary>請求どおり.</summary>
    AsClaimed,

    /// <summary>保留.</summary>
    Hold,
}

/// <summary>請求 — receptions, their results, and the acts of the claims month. Every answer is limited to what the actor's organisation may see; every act is recorded and commits.</summary>
public interface IClaims
{
    /// <summary>The institution's home.</summary>
    ValueTask<ClaimsDesk> Desk(Actor by, CancellationToken ct);

    /// <summary>Receptions of the actor's institution, or for a payer all of its receptions of <paramref name="month"/>; newest first.</summary>
    ValueTask<IReadOnlyList<Reception>> Receptions(Actor by, YearMonth? month, CancellationToken ct);

    /// <summary>One reception with its claims and findings; CL-0101 when it is not theirs.</summary>
    ValueTask<Outcome<ReceptionResult>> Result(Actor by, string number, CancellationToken ct);

    /// <summary>The findings of a reception as CSV for people; a person states why (AU-0112); CL-0101.</summary>
    ValueTask<Outcome<ExportedFile>> ExportFindings(Actor by, string number, string? reason, CancellationToken ct);

    /// <summary>One claim, opened; CL-0101, CL-0102.</summary>
    ValueTask<Outcome<OpenedClaim>> Open(Actor by, string number, int ordinal, CancellationToken ct);

    /// <summary>請求確定 by the institution; CL-02xx.</summary>
    ValueTask<Outcome<Reception>> Confirm(Actor by, string number, CancellationToken ct);

    /// <summary>取消 by the institution; CL-02xx.</summary>
    ValueTask<Outcome<Reception>> Cancel(Actor by, string number, CancellationToken ct);

    /// <summary>締切 of a month by the payer; returns how many receptions were closed; CL-03xx.</summary>
    ValueTask<Outcome<int>> Close(Actor by, YearMonth month, CancellationToken ct);

    /// <summary>審査: a decision for all claims of a closed reception, or for the given ordinals; CL-03xx.</summary>
    ValueTask<Outcome<Reception>> Review(Actor by, string number, ReviewDecision decision, IReadOnlyList<int>? ordinals, CancellationToken ct);

    /// <summary>決定 of a month; CL-03xx.</summary>
    ValueTask<Outcome<int>> Decide(Actor by, YearMonth month, CancellationToken ct);

    /// <summary>配信 of a month's decided claims, one delivery per insurer; CL-03xx.</summary>
    ValueTask<Outcome<DeliveryReport>> Deliver(Actor by, YearMonth month, CancellationToken ct);
}

/// <summary>What a delivery run did.</summary>
/// <param name="Deliveries">Deliveries made.</param>
/// <param name="Claims">Claims in them.</param>
/// <param name="Unknown">保険者番号・公費負担者番号 nobody here holds, with the number of claims held back.</param>
public sealed record DeliveryReport(int Deliveries, int Claims, IReadOnlyDictionary<string, int> Unknown);

/// <summary>締切 made this claim a fact. Delivered at least once, ordered per reception.</summary>
public sealed record ClaimAccepted(string Reception, int Ordinal, TransmissionId Transmission, long Offset, int Length, string Insurer, YearMonth TreatmentMonth);

/// <summary>取下げ took back what <see cref="ClaimAccepted"/> said of this claim: whatever was derived from it is to go. Delivered at least once, behind that fact.</summary>
public sealed record ClaimWithdrawn(string Reception, int Ordinal, string Insurer, YearMonth TreatmentMonth);

/// <summary>What loading the registry gave; nothing is taken when any row is refused.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Taken">Rows taken.</param>
/// <param name="Refused">Japanese: line, place, remedy.</param>
public sealed record RegistryLoad(int Rows, int Taken, IReadOnlyList<string> Refused);

/// <summary>Administration of what the claims check knows. Acts are recorded and commit.</summary>
public interface IClaimsAdministration
{
    /// <summary>Loads 医療機関届出 (documented CSV, UTF-8): all or nothing.</summary>
    ValueTask<RegistryLoad> LoadRegistry(Stream csv, CancellationToken ct);

    /// <summary>Takes the official masters of a folder into use.</summary>
    ValueTask<IReadOnlyList<MasterLoad>> LoadMasters(string directory, CancellationToken ct);
}

/// <summary>What a claim that is a fact says, and who claims it.</summary>
/// <param name="Ordinal">Which claim of the reception.</param>
/// <param name="Institution">医療機関コード, 10 digits.</param>
/// <param name="InstitutionName">As the file names it.</param>
/// <param name="Withdrawn">The claim has been withdrawn since: its contents say for whom and when, and no services any more.</param>
/// <param name="Contents">What was given and done, for whom.</param>
public sealed record AcceptedContents(int Ordinal, string Institution, string InstitutionName, bool Withdrawn, ClaimContents Contents);

/// <summary>What stands in claims, for modules that derive something from <see cref="ClaimAccepted"/>, with what <see cref="ClaimWithdrawn"/> took back; never for people: nobody's access is judged or recorded here.</summary>
public interface IClaimContents
{
    /// <summary>The masters the site uses.</summary>
    MasterSet Masters { get; }

    /// <summary>Claims of a reception by their ordinals; those that do not exist are left out. Begins no transaction that lasts.</summary>
    ValueTask<IReadOnlyList<AcceptedContents>> Read(string reception, IReadOnlyCollection<int> ordinals, CancellationToken ct);
}
