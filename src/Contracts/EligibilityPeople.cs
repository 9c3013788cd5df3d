using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>What a day is like for the asked person.</summary>
public enum DayStanding
{
    /// <summary>Exactly one coverage counts.</summary>
    Covered,

    /// <summary>The person is known; nothing covers the day.</summary>
    NotCovered,

    /// <summary>Several coverages count, and the asked card is not one of them.</summary>
    Several,

    /// <summary>Nobody, or nobody in particular, is found by the card.</summary>
    Unknown,
}

/// <summary>Who was responsible on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Standing">Whether that is known.</param>
/// <param name="Insurer">The responsible insurer's organisation; null unless covered.</param>
/// <param name="Coverage">The coverage, as the claim must name it; null unless covered.</param>
public sealed record ResponsibleDay(DateOnly Day, DayStanding Standing, OrganisationId? Insurer, Coverage? Coverage);

/// <summary>Asks who was responsible. Eligibility answers; whoever asks records for whom.</summary>
public interface IEligibility
{
    /// <summary>
    /// For each day, in the order asked, whose coverage of the card's person counts, as known now or at <paramref name="asOf"/>. A wrong 枝番 is overlooked where
    /// only one person is left without it. In the current transaction, or a reading one of its own.
    /// </summary>
    ValueTask<IReadOnlyList<ResponsibleDay>> Responsible(CardKeys card, IReadOnlyList<DateOnly> days, DateTimeOffset? asOf, CancellationToken ct);
}

/// <summary>照会番号の登録.</summary>
public sealed record ReferenceEntry
{
    /// <summary>照会番号, up to 50 characters; empty removes it.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Whose.</summary>
    public CardKeys Card { get; init; } = new();
}

/// <summary>照会番号 — a facility's own number of a patient: returned in its later answers, never to another facility, never a key.</summary>
public interface IReferenceNumbers
{
    /// <summary>Registers, replaces or removes; true when there is one now. Commits; EL-0101, EL-0102, EL-0121 to EL-0123.</summary>
    ValueTask<Outcome<bool>> Register(Actor by, ReferenceEntry entry, CancellationToken ct);
}

/// <summary>What an insurer looks for among its own people: a row by its id, or a card.</summary>
public sealed record RegisteredQuery
{
    /// <summary>登録ID.</summary>
    public string Id { get; init; } = "";

    /// <summary>券面の照会キー.</summary>
    public CardKeys? Card { get; init; }

    /// <summary>As known then; every version when left out.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>A version of a coverage as its insurer sees it.</summary>
/// <param name="Id">登録ID.</param>
/// <param name="Member">加入者番号.</param>
/// <param name="KnownFrom">Registered.</param>
/// <param name="KnownUntil">Replaced or withdrawn; null for what is known now.</param>
/// <param name="Stopped">閲覧停止.</param>
/// <param name="Shielded">不開示該当 or 自己情報提供不可 by the insurer's own word.</param>
/// <param name="LagDays">From 取得届出日 to this registration.</param>
/// <param name="Coverage">What it said; without whereabouts for a protected person.</param>
public sealed record RegisteredVersion(
    string Id, string Member, DateTimeOffset KnownFrom, DateTimeOffset? KnownUntil, bool Stopped, bool Shielded, int? LagDays, Coverage Coverage);

/// <summary>Two registrations at different insurers that may be one person.</summary>
/// <param name="One">One version; stands for its person.</param>
/// <param name="Other">The other.</param>
/// <param name="OneCoverage">What one says.</param>
/// <param name="OtherCoverage">What the other says.</param>
public sealed record MatchProposal(Guid One, Guid Other, Coverage OneCoverage, Coverage OtherCoverage);

/// <summary>A page of proposals.</summary>
/// <param name="Proposals">Nobody has decided about them.</param>
/// <param name="Next">Ask for what comes after this; null at the end.</param>
public sealed record MatchPage(IReadOnlyList<MatchProposal> Proposals, string? Next);

/// <summary>A decision about two people.</summary>
/// <param name="Id">Which.</param>
/// <param name="Same">One person, or two.</param>
/// <param name="Since">When.</param>
/// <param name="Other">What the other one says.</param>
public sealed record MatchDecision(Guid Id, bool Same, DateTimeOffset Since, Coverage Other);

/// <summary>Two keys are one person now.</summary>
public sealed record PersonsLinked(Guid Link, PersonKey One, PersonKey Other);

/// <summary>They are not, and never were: whatever followed from the link is to be taken back.</summary>
public sealed record PersonsUnlinked(Guid Link, PersonKey One, PersonKey Other);

/// <summary>本人の紐付けと閲覧停止, by people of the centre. Recorded with whose data it was and why.</summary>
public interface IRegisteredPeople
{
    /// <summary>People of different insurers with the same 生年月日, カナ and 性別. Commits its events; EL-0131.</summary>
    ValueTask<Outcome<MatchPage>> Proposals(Actor by, string? after, CancellationToken ct);

    /// <summary>What was decided about a card's person. Commits its event; EL-0131, EL-0121, EL-0122.</summary>
    ValueTask<Outcome<IReadOnlyList<MatchDecision>>> Decisions(Actor by, CardKeys card, CancellationToken ct);

    /// <summary>One person, or two. Commits; EL-0131 to EL-0134.</summary>
    ValueTask<Outcome<Guid>> Decide(Actor by, Guid one, Guid other, bool same, string reason, CancellationToken ct);

    /// <summary>Takes a decision back: everything that followed from it ends with it. Commits; EL-0131, EL-0132, EL-0135.</summary>
    ValueTask<Outcome<Guid>> Undo(Actor by, Guid link, string reason, CancellationToken ct);

    /// <summary>閲覧停止 until the insurer corrects what the residents' register says otherwise. Commits; how many coverages. EL-0131, EL-0132, EL-0121, EL-0122.</summary>
    ValueTask<Outcome<int>> Stop(Actor by, CardKeys card, string reason, CancellationToken ct);
}
