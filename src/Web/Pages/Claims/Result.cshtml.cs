using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ReadReceptions)]
[Audits(AuditKind.ReceptionRead)]
[Exports]
internal sealed class ResultModel(ICurrentActor current, IClaims claims, IClaimChecks checks) : SitePage
{
    public ResultView View { get; private set; } = null!;

    public bool MayDecide => current.Actor.May(Permission.ConfirmClaims) && View.Reception.State == ReceptionState.Checked;

    public bool MayWithdraw => current.Actor.May(Permission.ConfirmClaims) && WithdrawalView.IsClosed(View.Reception.State);

    public async Task<IActionResult> OnGet(string number, Severity? severity, string? rule, int? claim, int page, int list, CancellationToken ct)
    {
        var query = ResultView.Asked(severity, rule, claim, page, list);
        var outcome = await checks.Result(current.Actor, number, query, ct);
        if (outcome.Refused(out var refusal, out var result))
        {
            return Refused(refusal);
        }

        View = new ResultView(result, "/claims/receptions", query);
        return Page();
    }

    /// <summary>The findings as a file: 厳秘, with a reason.</summary>
    public async Task<IActionResult> OnPost(string number, string? reason, CancellationToken ct)
    {
        if ((await claims.ExportFindings(current.Actor, number, reason ?? "", ct)).Succeeded(out var file, out var refusal))
        {
            return File(file.Content, "text/csv; charset=utf-8", file.Name);
        }

        return await OnGet(number, null, null, null, 1, 1, ct) is PageResult ? Again(refusal) : Refused(refusal);
    }
}
