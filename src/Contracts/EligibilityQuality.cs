using Sekisho.Contracts.Assurance;
using Sekisho.Wire;

namespace Sekisho.Contracts.Eligibility;

/// <summary>A file an insurer sent.</summary>
/// <param name="Report">What became of it, without its problems.</param>
/// <param name="IsTickets">医療券・調剤券, not 加入者情報.</param>
public sealed record RegistrationFile(CoverageFileReport Report, bool IsTickets);

/// <summary>How many coverages were registered so many days after 取得届出日.</summary>
public sealed record LagCount(int Days, long Count);

/// <summary>How many registrations there are with one thing to look at.</summary>
/// <param name="Code">Permanent code of what the registration said.</param>
/// <param name="Text">What it is.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Count">How many.</param>
public sealed record NoticeCount(string Code, string Text, string Remedy, long Count);

/// <summary>A registration to look at.</summary>
/// <param name="Id">登録ID.</param>
/// <param name="Since">When that was found.</param>
/// <param name="Days">Days late; 0 for anything else.</param>
public sealed record NoticedRow(string Id, DateTimeOffset Since, long Days);

/// <summary>Inquiries of one facility about one insurer's people on one day; those about protected persons are in no number.</summary>
public sealed record LookCount(DateOnly Day, OrganisationId Facility, string FacilityName, long Count);

/// <summary>How well an insurer registers, and who looked.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Files">The latest hundred.</param>
/// <param name="Lags">Registered in the period, by days.</param>
/// <param name="Notices">Now, whenever they were found.</param>
/// <param name="Looks">In the period, newest first.</param>
public sealed record RegistrationState(
    DateOnly From, DateOnly Until, IReadOnlyList<RegistrationFile> Files, IReadOnlyList<LagCount> Lags, IReadOnlyList<NoticeCount> Notices, IReadOnlyList<LookCount> Looks);

/// <summary>登録の状況 — an insurer's or 福祉事務所's own.</summary>
public interface IRegistrationQuality
{
    /// <summary>The state; the caller's request records the access. EL-0111, EL-0711.</summary>
    ValueTask<Outcome<RegistrationState>> State(Actor by, DateOnly from, DateOnly until, CancellationToken ct);

    /// <summary>At most 200 registrations with one thing to look at, after <paramref name="skip"/> of them, the latest and the longest late first; what has been put right meanwhile is gone. Commits its event; EL-0111.</summary>
    ValueTask<Outcome<IReadOnlyList<NoticedRow>>> Noticed(Actor by, string code, int skip, CancellationToken ct);
}

/// <summary>Whose accesses are asked for, and why.</summary>
public sealed record AccessLogRequest
{
    /// <summary>A card of the insurer's own.</summary>
    public CardKeys Card { get; init; } = new();

    /// <summary>First day; three months before the last when left out.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; today when left out.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Why, and how the person was recognised; kept.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>Who looked at a person's data.</summary>
/// <param name="Name">氏名.</param>
/// <param name="At">When this was read.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day.</param>
/// <param name="Accesses">Newest first, at most 1,000; none for a protected person, as for somebody nobody looked at.</param>
public sealed record AccessLog(string Name, DateTimeOffset At, DateOnly From, DateOnly Until, IReadOnlyList<PersonAccess> Accesses);

/// <summary>本人のデータの利用の記録 — who looked at the data of one of an insurer's people: for the person who asks, or for the insurer with a reason.</summary>
public interface IAccessLogs
{
    /// <summary>Under the identities of this insurer's own coverages of the person. Commits its event; EL-0711 to EL-0713, EL-0102, EL-0121, EL-0122.</summary>
    ValueTask<Outcome<AccessLog>> HandOut(Actor by, AccessLogRequest request, CancellationToken ct);
}

/// <summary>A page of who looked at the person at a kiosk.</summary>
/// <param name="From">First day; a later one than asked for where there is more than can be shown.</param>
/// <param name="Until">Last day; nothing after the card was put down.</param>
/// <param name="Page">From 1.</param>
/// <param name="Pages">At least 1.</param>
/// <param name="Accesses">Newest first; none for a protected person, as for somebody nobody looked at.</param>
public sealed record OwnAccesses(DateOnly From, DateOnly Until, int Page, int Pages, IReadOnlyList<PersonAccess> Accesses);

/// <summary>本人のデータの利用の記録 at a kiosk — to whoever stands there and whose card signed (暗証番号 or 顔認証), while their check-in lasts.</summary>
public interface IOwnAccesses
{
    /// <summary>One page, of all insurers' coverages of the person, of the last <paramref name="months"/>: 3, 12 or 60. <paramref name="inquiry"/>: the check-in that stands on the screen. Commits its event; EL-0432, EL-0433, EL-0437, EL-0438.</summary>
    ValueTask<Outcome<OwnAccesses>> Read(string secret, string? certificate, Guid inquiry, int page, int months, CancellationToken ct);
}
