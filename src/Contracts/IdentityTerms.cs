using Sekisho.Wire;

namespace Sekisho.Contracts.Identity;

/// <summary>What terms of use cover.</summary>
public enum TermsScope
{
    /// <summary>オンライン請求.</summary>
    OnlineClaims,

    /// <summary>オンライン資格確認.</summary>
    OnlineEligibility,

    /// <summary>電子申請.</summary>
    OnlineFilings,
}

/// <summary>A version of somebody's terms of use.</summary>
/// <param name="Id">Which.</param>
/// <param name="Publisher">Whose.</param>
/// <param name="PublisherName">For display.</param>
/// <param name="Covers">What for.</param>
/// <param name="Version">版.</param>
/// <param name="Text">全文.</param>
/// <param name="Effective">施行日: until then the version before it counts.</param>
public sealed record TermsVersion(Guid Id, OrganisationId Publisher, string PublisherName, TermsScope Covers, string Version, string Text, DateOnly Effective);

/// <summary>A consent.</summary>
public sealed record Consent(DateTimeOffset At, PersonId Person, string PersonName, DeviceId? Device);

/// <summary>A version as an organisation sees it.</summary>
/// <param name="Terms">The version.</param>
/// <param name="Given">The organisation's consent, if any.</param>
/// <param name="IsInForce">True for the version that counts today.</param>
/// <param name="IsNext">True for one that is published and not yet effective.</param>
public sealed record TermsStanding(TermsVersion Terms, Consent? Given, bool IsInForce, bool IsNext);

/// <summary>利用規約 — versions and consents, never overwritten. Acts are recorded and commit on their own.</summary>
public interface ITerms
{
    /// <summary>All versions as the actor's organisation sees them: in force and coming first.</summary>
    ValueTask<IReadOnlyList<TermsStanding>> List(Actor by, CancellationToken ct);

    /// <summary>One version; ID-0711 when unknown.</summary>
    ValueTask<Outcome<TermsStanding>> Find(Actor by, Guid id, CancellationToken ct);

    /// <summary>The organisation agrees, by a person. Again changes nothing.</summary>
    ValueTask<Outcome<TermsStanding>> Accept(Actor by, Guid id, CancellationToken ct);

    /// <summary>Publishes a version; ID-0712 says what is wrong.</summary>
    ValueTask<Outcome<Guid>> Publish(Actor by, TermsScope covers, string version, string text, DateOnly effective, CancellationToken ct);
}

/// <summary>May the organisation use this now, as far as terms of use go? Preloaded: never touches the database.</summary>
public interface ITermsGate
{
    /// <summary>True, or ID-0710 naming the page, when terms of <paramref name="publisher"/> or of the centre are in force that <paramref name="user"/> has not accepted.</summary>
    Outcome<bool> Admit(OrganisationId user, OrganisationId publisher, TermsScope covers);
}
