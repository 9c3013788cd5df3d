using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>How much of a coverage an answer may show. Whereabouts of a protected person are shown to nobody; plain eligibility is never withheld. Scoped.</summary>
internal sealed class Disclosure(IProtectedPersons protection)
{
    /// <summary>By 券面: certificates in force on the day, 限度額 with consent only, 特定疾病 never.</summary>
    public ValueTask<Coverage> ByCard(Coverage coverage, bool shielded, bool limitConsent, DateOnly on, CancellationToken ct) =>
        InForce(coverage, shielded, limitConsent, diseases: false, on, ct);

    /// <summary>Certificates in force on the day, as far as the person agreed to them.</summary>
    public async ValueTask<Coverage> InForce(Coverage coverage, bool shielded, bool limits, bool diseases, DateOnly on, CancellationToken ct) =>
        await Whereabouts(coverage, shielded, ct) with
        {
            Elderly = [.. coverage.Elderly.Where(e => In(e.From, e.Until, on))],
            Limits = limits ? InForce(coverage.Limits, on) : [],
            Diseases = diseases ? [.. coverage.Diseases.Where(d => In(d.From, d.Until, on))] : [],
        };

    /// <summary>Those that are in force on the day.</summary>
    public static IReadOnlyList<LimitCertificate> InForce(IReadOnlyList<LimitCertificate> limits, DateOnly on) => [.. limits.Where(l => In(l.From, l.Until, on))];

    /// <summary>
    /// Without 住所, 郵便番号 and 世帯主 where the person is protected by the insurer's flag or by the site's list: with whom somebody lives tells where. What a claim
    /// needs (氏名, 保険者, 記号・番号, 割合) stays.
    /// </summary>
    public async ValueTask<Coverage> Whereabouts(Coverage coverage, bool shielded, CancellationToken ct) =>
        (coverage.Address.Length > 0 || coverage.PostalCode.Length > 0 || coverage.Holder.Length > 0) && await IsProtected(coverage, shielded, ct)
            ? coverage with { Address = "", PostalCode = "", Holder = "" }
            : coverage;

    /// <summary>The same as <see cref="IsProtected"/>, told from what was shown where that tells it already.</summary>
    public async ValueTask<bool> WasProtected(Coverage coverage, Coverage shown, bool shielded, CancellationToken ct) =>
        coverage.Address.Length > 0 ? shown.Address.Length == 0
        : coverage.PostalCode.Length > 0 ? shown.PostalCode.Length == 0
        : coverage.Holder.Length > 0 ? shown.Holder.Length == 0
        : await IsProtected(coverage, shielded, ct);

    /// <summary>Protected by the insurer's flag or by the site's list.</summary>
    public async ValueTask<bool> IsProtected(Coverage coverage, bool shielded, CancellationToken ct) => shielded || await protection.IsProtected(Subject(coverage), ct);

    public static DataSubject Subject(Coverage coverage) => new()
    {
        Insurer = coverage.Insurer,
        Symbol = coverage.Symbol,
        Number = coverage.Number,
        Branch = coverage.Branch,
        Name = coverage.Name,
        Birth = coverage.Birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
    };

    public static DataSubject Subject(CardKeys card) => new()
    {
        Insurer = card.Insurer,
        Symbol = card.Symbol,
        Number = card.Number,
        Branch = card.Branch,
        Birth = card.Birth == default ? "" : card.Birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
    };

    private static bool In(DateOnly? from, DateOnly? until, DateOnly on) => (from is null || from <= on) && (until is null || on <= until);
}
