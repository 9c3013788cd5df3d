using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;

namespace Sekisho.Web.Display;

/// <summary>The findings of a reception as asked for: filtered, grouped by claim, a page at a time.</summary>
internal sealed class ResultView
{
    private const int GroupsPerPage = 50;
    private const int ClaimsPerPage = 200;

    public ResultView(ReceptionResult result, string root, Severity? severity = null, string? rule = null, int? claim = null, int page = 1, int list = 1)
    {
        Result = result;
        Address = $"{root}/{result.Reception.Number}";
        (Severity, Rule, Claim) = (severity, rule?.Trim().ToUpperInvariant(), claim);
        Counts = result.Findings.CountBy(f => f.Rule.Severity).ToDictionary();
        var chosen = result.Findings
            .Where(f => (severity is null || f.Rule.Severity == severity)
                && (string.IsNullOrEmpty(Rule) || f.Rule.Number.StartsWith(Rule, StringComparison.Ordinal))
                && (claim is null || f.Place.Claim == claim))
            .ToList();
        Found = chosen.Count;
        var rows = result.Claims.ToDictionary(c => c.Entry.Ordinal);
        var groups = chosen.GroupBy(f => f.Place.Claim).OrderBy(g => g.Key)
            .Select(g => new ClaimFindings(rows.GetValueOrDefault(g.Key), [.. g.OrderBy(f => f.Rule.Severity).ThenBy(f => f.Place.Line)]))
            .ToList();
        Pages = Math.Max(1, (groups.Count + GroupsPerPage - 1) / GroupsPerPage);
        Page = Math.Clamp(page, 1, Pages);
        Groups = [.. groups.Skip((Page - 1) * GroupsPerPage).Take(GroupsPerPage)];
        Lists = Math.Max(1, (result.Claims.Count + ClaimsPerPage - 1) / ClaimsPerPage);
        List = Math.Clamp(list, 1, Lists);
    }

    public ReceptionResult Result { get; }

    /// <summary>Path of the reception for this reader: the institution's or the payer's.</summary>
    public string Address { get; }

    public Reception Reception => Result.Reception;

    public Severity? Severity { get; }

    public string? Rule { get; }

    public int? Claim { get; }

    public IReadOnlyDictionary<Severity, int> Counts { get; }

    /// <summary>Findings that the filter leaves.</summary>
    public int Found { get; }

    public IReadOnlyList<ClaimFindings> Groups { get; }

    public int Page { get; }

    public int Pages { get; }

    /// <summary>Page of the list of claims.</summary>
    public int List { get; }

    public int Lists { get; }

    public IEnumerable<ClaimRow> Claims => Result.Claims.Skip((List - 1) * ClaimsPerPage).Take(ClaimsPerPage);

    /// <summary>What a reviewer may still decide: after 決定 only what is held.</summary>
    public bool IsReviewable(ClaimRow claim) => Reception.State is ReceptionState.Decided or ReceptionState.Delivered
        ? claim.State == ClaimState.Held
        : (Reception.State is ReceptionState.Closed or ReceptionState.UnderReview) && claim.State is ClaimState.Accepted or ClaimState.Approved or ClaimState.Held;

    public bool IsFiltered => Severity is not null || !string.IsNullOrEmpty(Rule) || Claim is not null;

    /// <summary>The same filter, another page of findings or of claims.</summary>
    public string Query(int page, int list) => $"?severity={Severity}&rule={Uri.EscapeDataString(Rule ?? "")}&claim={Claim}&page={page}&list={list}";
}

/// <summary>Findings of one claim; of the file itself when there is no row.</summary>
internal sealed record ClaimFindings(ClaimRow? Row, IReadOnlyList<Finding> Findings);

/// <summary>A long list shown page by page.</summary>
internal sealed record Paging(string Name, int Page, int Count, Func<int, string> Address);
