using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Checks;

/// <summary>How right the checks are.</summary>
[OpenToMembers("審査支払機関・医療機関・センターが使い、それぞれの範囲だけを示す")]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class StatisticsModel(ICurrentActor current, IClaimChecks checks) : SitePage
{
    private const int MonthsToChoose = 13;

    public CheckStatistics Statistics { get; private set; } = null!;

    public Severity? Severity { get; private set; }

    public IReadOnlyList<CheckTally> Rows { get; private set; } = [];

    public IReadOnlyList<YearMonth> Months { get; private set; } = [];

    public bool MayOpen => Statistics.Scope != TallyScope.Everybody;

    /// <summary>True when the month saw more than one list of checks, so that a number may have several rows.</summary>
    public bool HasSeveralLists => Rows.Select(r => (r.RuleList, r.Editions)).Distinct().Skip(1).Any();

    public async Task<IActionResult> OnGet(string? from, string? until, Severity? severity, CancellationToken ct)
    {
        YearMonth? first = YearMonth.TryParse(from, out var f) ? f : null;
        YearMonth? last = YearMonth.TryParse(until, out var u) ? u : null;
        if ((await checks.Statistics(current.Actor, first, last, ct)).Refused(out var refusal, out var statistics))
        {
            return Refused(refusal);
        }

        (Statistics, Severity) = (statistics, severity);
        Rows =
        [
            .. statistics.Rows.Where(r => severity is null || r.Severity == severity)
                .OrderByDescending(r => r.PayerWrong + r.InstitutionWrong).ThenByDescending(r => r.Claims).ThenBy(r => r.Number, StringComparer.Ordinal).ThenByDescending(r => r.Month),
        ];
        Months = statistics.Latest is { } latest ? [.. Enumerable.Range(0, MonthsToChoose).Select(i => latest.Add(-i))] : [];
        return Page();
    }

    /// <summary>Of what was judged, how much was called a false alarm.</summary>
    public static string WrongShare(CheckTally row)
    {
        var judged = row.PayerRight + row.PayerWrong;
        return judged == 0 ? "—" : Show.Percent(row.PayerWrong, judged);
    }
}
