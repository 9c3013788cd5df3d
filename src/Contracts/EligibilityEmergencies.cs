using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>救急時: who it is, why, and the second factor of whoever opens it.</summary>
public sealed record EmergencyRequest
{
    /// <summary>券面, where it is at hand.</summary>
    public CardKeys? Card { get; init; }

    /// <summary>氏名カナ, where it is not.</summary>
    public string Kana { get; init; } = "";

    /// <summary>生年月日, with the name.</summary>
    public DateOnly? Birth { get; init; }

    /// <summary>性別, with the name: 1 男, 2 女.</summary>
    public string Sex { get; init; } = "";

    /// <summary>Why nobody could be asked.</summary>
    public string Reason { get; init; } = "";

    /// <summary>One-time code of the person who opens it, now.</summary>
    public string Code { get; init; } = "";
}

/// <summary>What was opened.</summary>
/// <param name="Id">Which.</param>
/// <param name="Until">Until when.</param>
/// <param name="Coverage">Whose, as far as a card would show it.</param>
public sealed record EmergencyAccess(Guid Id, DateTimeOffset Until, Coverage Coverage)
{
    /// <summary>What the facility may see; not what it does not use (医療機関環境設定情報).</summary>
    public IReadOnlyList<ConsentKind> Kinds { get; init; } = [];
}

/// <summary>What the review found.</summary>
public enum EmergencyVerdict
{
    /// <summary>適切.</summary>
    Proper,

    /// <summary>不適切.</summary>
    Improper,
}

/// <summary>An emergency in a list; not whose.</summary>
/// <param name="Id">Which.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Until">Until when it was open.</param>
/// <param name="OpenerName">By whom.</param>
/// <param name="ReviewerName">Who reviewed it; empty while nobody did.</param>
/// <param name="Reviewed">When.</param>
/// <param name="Verdict">What they found.</param>
public sealed record EmergencySummary(
    Guid Id, DateTimeOffset At, DateTimeOffset Until, string OpenerName, string ReviewerName, DateTimeOffset? Reviewed, EmergencyVerdict? Verdict);

/// <summary>An emergency as its reviewer sees it.</summary>
/// <param name="Summary">When and by whom.</param>
/// <param name="Reason">As stated.</param>
/// <param name="Note">Of the review.</param>
/// <param name="Name">Whose data.</param>
/// <param name="Birth">生年月日.</param>
/// <param name="Own">True when the asker opened it: somebody else must review it.</param>
public sealed record EmergencyDetail(EmergencySummary Summary, string Reason, string Note, string Name, DateOnly? Birth, bool Own);

/// <summary>A facility that may open data in an emergency.</summary>
/// <param name="Facility">Which.</param>
/// <param name="Name">For display.</param>
/// <param name="Since">Since when.</param>
public sealed record EmergencyPermit(OrganisationId Facility, string Name, DateTimeOffset Since);

/// <summary>救急時の閲覧: without a consent, because nobody could be asked. Every one of them is looked at afterwards by somebody else.</summary>
public interface IEmergencies
{
    /// <summary>Opens 薬剤・診療・手術・特定健診 of a person to the facility for a few hours, as far as it uses them. Commits, refusals too; EL-0121, EL-0122, EL-0315, EL-0451 to EL-0454, ID-0202, ID-0520.</summary>
    ValueTask<Outcome<EmergencyAccess>> Open(Actor by, EmergencyRequest request, CancellationToken ct);

    /// <summary>Those of the facility, unreviewed ones first, newest first. Commits its event; EL-0455.</summary>
    ValueTask<Outcome<IReadOnlyList<EmergencySummary>>> List(Actor by, CancellationToken ct);

    /// <summary>One of them. Commits its event; EL-0455, EL-0456.</summary>
    ValueTask<Outcome<EmergencyDetail>> Read(Actor by, Guid id, CancellationToken ct);

    /// <summary>Keeps what a review found. Commits; EL-0455 to EL-0458.</summary>
    ValueTask<Outcome<Guid>> Review(Actor by, Guid id, EmergencyVerdict verdict, string note, CancellationToken ct);

    /// <summary>Facilities that may.</summary>
    ValueTask<IReadOnlyList<EmergencyPermit>> Permits(CancellationToken ct);

    /// <summary>Permits a facility, or does not any more. By the centre; commits; EL-0451, EL-0454, EL-0459.</summary>
    ValueTask<Outcome<bool>> Permit(Actor by, OrganisationId facility, bool permitted, string reason, CancellationToken ct);
}
