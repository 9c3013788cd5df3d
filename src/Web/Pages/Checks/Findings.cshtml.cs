using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Checks;

/// <summary>Everything one check said in a month, to be worked through: many lines at once, a part at a time.</summary>
[OpenToMembers("審査支払機関と医療機関が使い、所属組織と権限で見える範囲だけを示す")]
[Audits(AuditKind.ReceptionRead)]
internal sealed class FindingsModel(ICurrentActor current, IClaimChecks checks) : SitePage
{
    public string Rule { get; private set; } = "";

    public JudgedPage List { get; private set; } = null!;

    public bool OpenOnly { get; private set; }

    public FindingOn? After { get; private set; }

    public bool MayJudge => current.Actor.May(Permission.ReviewClaims) || current.Actor.May(Permission.ConfirmClaims);

    public bool IsPayer => current.Actor.May(Permission.ReadSubmissions);

    /// <summary>What was typed, when the act was refused.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>This list from the beginning; the open ones when asked for.</summary>
    public string Address(bool open) => $"/claims/checks/{Rule}?month={List.Month}{(open ? "&open=true" : "")}";

    public string Claim(JudgedFinding finding) =>
        $"/{(IsPayer ? "payer" : "claims")}/receptions/{finding.On.Reception}{(finding.On.Ordinal > 0 ? $"/claims/{finding.On.Ordinal}" : "")}";

    public async Task<IActionResult> OnGet(string rule, string? month, bool open, string? after, CancellationToken ct) =>
        await Prepare(rule, month, open, after, ct) is { } refusal ? Refused(refusal) : Page();

    public async Task<IActionResult> OnPost(
        string rule, Verdict verdict, string? reason, List<string> on, string? month, bool open, string? after, string? back, CancellationToken ct)
    {
        var chosen = on.Select(Parse).OfType<FindingOn>().ToList();
        var outcome = await checks.Judge(current.Actor, rule, verdict, reason ?? "", chosen, ct);
        if (outcome.Succeeded(out var changed, out var refusal))
        {
            var said = changed == 0 ? "変わったものはありません。" : $"{rule} の指摘 {Show.Amount(changed)}件を「{verdict.Word()}」としました。";
            return Done(said, Url.IsLocalUrl(back) ? back! : $"/claims/checks/{rule}?month={month}{(open ? "&open=true" : "")}{(string.IsNullOrEmpty(after) ? "" : "&after=" + after)}");
        }

        Reason = reason ?? "";
        return await Prepare(rule, month, open, after, ct) is { } gone ? Refused(gone) : Again(refusal);
    }

    /// <summary>受付番号:件目.</summary>
    public static string Of(FindingOn on) => $"{on.Reception}:{on.Ordinal}";

    private static FindingOn? Parse(string? text)
    {
        var parts = (text ?? "").Split(':');
        return parts.Length == 2 && int.TryParse(parts[1], out var ordinal) ? new FindingOn(parts[0], ordinal) : null;
    }

    private async Task<Refusal?> Prepare(string rule, string? month, bool open, string? after, CancellationToken ct)
    {
        (Rule, OpenOnly, After) = (rule.ToUpperInvariant(), open, Parse(after));
        YearMonth? asked = YearMonth.TryParse(month, out var one) ? one : null;
        if ((await checks.Findings(current.Actor, new JudgedQuery(Rule, asked, open, After), ct)).Refused(out var refusal, out var list))
        {
            return refusal;
        }

        List = list;
        return null;
    }
}
