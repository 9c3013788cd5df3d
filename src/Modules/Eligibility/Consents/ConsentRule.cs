using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Consents;

/// <summary>What consent is asked for and how long it lasts, from a business day on.</summary>
/// <param name="From">First day.</param>
/// <param name="Viewing">閲覧できる時間 from the consent; 訪問診療等 go on until they are withdrawn.</param>
/// <param name="LimitsIncluded">包括同意: who shows the card agrees to 限度額 with it, and is not asked.</param>
/// <param name="Emergency">How long an emergency stays open. Not published: our own (推定).</param>
internal sealed record ConsentRule(DateOnly From, TimeSpan Viewing, bool LimitsIncluded, TimeSpan Emergency)
{
    private static readonly ConsentRule[] _rules =
    [
        new(new(2021, 10, 20), TimeSpan.FromHours(24), LimitsIncluded: false, TimeSpan.FromHours(4)),
        new(new(2024, 10, 7), TimeSpan.FromHours(24), LimitsIncluded: true, TimeSpan.FromHours(4)),
    ];

    /// <summary>The rule of a day; the first one for days before any.</summary>
    public static ConsentRule On(DateOnly day) => Array.FindLast(_rules, r => r.From <= day) ?? _rules[0];

    /// <summary>閲覧有効期限 of a consent given then; null: 継続.</summary>
    public DateTimeOffset? Until(CareForm care, DateTimeOffset at) => care switch
    {
        CareForm.HomeVisit => null,
        CareForm.Emergency => at + Emergency,
        _ => at + Viewing,
    };

    /// <summary>What the person is asked, in the order of the screens.</summary>
    public IEnumerable<ConsentKind> Asked => Enum.GetValues<ConsentKind>().Where(k => k != ConsentKind.Limits || !LimitsIncluded);
}
