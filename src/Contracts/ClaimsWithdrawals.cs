using Sekisho.Formats.Identifiers;
using Sekisho.Wire;

namespace Sekisho.Contracts.Claims;

/// <summary>State of a 取下げ依頼.</summary>
public enum WithdrawalState
{
    /// <summary>依頼中: the payer has not decided.</summary>
    Requested,

    /// <summary>取下げ: the claim is withdrawn.</summary>
    Granted,

    /// <summary>認めない: the claim stands, and may be asked for again.</summary>
    Refused,
}

/// <summary>What the payer decides about a 取下げ依頼.</summary>
public enum WithdrawalDecision
{
    /// <summary>認める.</summary>
    Grant,

    /// <summary>認めない; with the reason.</summary>
    Refuse,
}

/// <summary>A request to withdraw one claim that has become a fact, and what was decided: no name, no 記号・番号.</summary>
/// <param name="Reception">受付番号.</param>
/// <param name="Ordinal">Which claim of it.</param>
/// <param name="Institution">医療機関コード.</param>
/// <param name="InstitutionName">Its name.</param>
/// <param name="BillingMonth">請求年月.</param>
/// <param name="TreatmentMonth">診療年月, as the claim says.</param>
/// <param name="Points">点数 of the claim.</param>
/// <param name="Claim">State of the claim now.</param>
/// <param name="State">State of the request.</param>
/// <param name="Reason">Why the institution asks.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="Answer">What the payer says to it; empty when nothing.</param>
/// <param name="DecidedAt">When it decided; null while it has not.</param>
public sealed record Withdrawal(
    string Reception,
    int Ordinal,
    string Institution,
    string InstitutionName,
    YearMonth? BillingMonth,
    string TreatmentMonth,
    long Points,
    ClaimState Claim,
    WithdrawalState State,
    string Reason,
    DateTimeOffset RequestedAt,
    string Answer,
    DateTimeOffset? DecidedAt);

/// <summary>
/// 取下げ — after 締切 an institution asks for its own claim back and the payer decides: two organisations, so nobody decides alone. Every act is recorded and commits.
/// </summary>
public interface IClaimWithdrawals
{
    /// <summary>Asks for claims of one reception, all or none; CL-0101, CL-0102, CL-07xx.</summary>
    ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Request(Actor by, string number, IReadOnlyList<int> ordinals, string reason, CancellationToken ct);

    /// <summary>Decides open requests of one reception, all or none; the same decision again changes nothing. CL-0101, CL-07xx.</summary>
    ValueTask<Outcome<IReadOnlyList<Withdrawal>>> Decide(
        Actor by, string number, IReadOnlyList<int> ordinals, WithdrawalDecision decision, string reason, CancellationToken ct);

    /// <summary>Requests the actor may see, the open ones first and then the newest, 500 at most; of one reception when <paramref name="number"/> is given.</summary>
    ValueTask<IReadOnlyList<Withdrawal>> List(Actor by, string? number, bool openOnly, CancellationToken ct);
}
