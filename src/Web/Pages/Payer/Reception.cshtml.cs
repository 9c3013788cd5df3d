using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Payer;

[Requires(Permission.ReadSubmissions)]
[Audits(AuditKind.ReceptionRead)]
internal sealed class ReceptionModel(ICurrentActor current, IClaimChecks checks) : SitePage
{
    public ResultView View { get; private set; } = null!;

    public bool MayReview => current.Actor.May(Permission.ReviewClaims) && View.Result.States.Keys.Any(View.IsReviewable);

    public async Task<IActionResult> OnGet(string number, Severity? severity, string? rule, int? claim, int page, int list, CancellationToken ct)
    {
        var query = ResultView.Asked(severity, rule, claim, page, list);
        var outcome = await checks.Result(current.Actor, number, query, ct);
        if (outcome.Refused(out var refusal, out var result))
        {
            return Refused(refusal);
        }

        View = new ResultView(result, "/payer/receptions", query);
        return Page();
    }
}
