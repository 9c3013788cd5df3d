using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;

namespace Sekisho.Web.Display;

/// <summary>A page of a reception's result with the filter it was asked by.</summary>
internal sealed class ResultView(ResultPage result, string root, ResultQuery query)
{
    public ResultPage Result => result;

    /// <summary>Path of the reception for this reader: the institution's or the payer's.</summary>
    public string Address { get; } = $"{root}/{result.Reception.Number}";

    public Reception Reception => result.Reception;

    public Severity? Severity => query.Severity;

    public string Rule => query.Rule;

    public int? Claim => query.Claim;

    /// <summary>How often each class was found, whatever the filter.</summary>
    public IReadOnlyDictionary<Severity, int> Counts { get; } =
        result.Rules.GroupBy(r => r.Rule.Severity).ToDictionary(g => g.Key, g => g.Sum(r => r.Times));

    /// <summary>Findings that the filter leaves.</summary>
    public int Found => result.Found;

    /// <summary>Findings that were counted and not kept: beyond the most that are kept of one check.</summary>
    public int NotListed => Claim is not null ? 0 : Math.Max(0, result.Rules
        .Where(r => (Severity is null || r.Rule.Severity == Severity) && r.Rule.Number.StartsWith(Rule, StringComparison.Ordinal)).Sum(r => r.Times) - Found);

    /// <summary>What a reviewer may still decide: after 決定 only what is held.</summary>
    public bool IsReviewable(ClaimState claim) => Reception.State is ReceptionState.Decided or ReceptionState.Delivered
        ? claim == ClaimState.Held
        : (Reception.State is ReceptionState.Closed or ReceptionState.UnderReview) && claim is ClaimState.Accepted or ClaimState.Approved or ClaimState.Held;

    public bool IsFiltered => Severity is not null || Rule.Length > 0 || Claim is not null;

    /// <summary>The same filter, another page of findings or of claims.</summary>
    public string Query(int page, int list) => $"?severity={Severity}&rule={Uri.EscapeDataString(Rule)}&claim={Claim}&page={page}&list={list}";

    /// <summary>What the address asked for.</summary>
    public static ResultQuery Asked(Severity? severity, string? rule, int? claim, int page, int list) =>
        new(severity, (rule ?? "").Trim().ToUpperInvariant(), claim, page, list);
}

/// <summary>A long list shown page by page.</summary>
internal sealed record Paging(string Name, int Page, int Count, Func<int, string> Address);
