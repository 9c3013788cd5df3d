using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ReadReceptions)]
[Audits(AuditKind.ReceptionRead)]
internal sealed class ResultModel(ICurrentActor current, IClaims claims) : SitePage
{
    public ResultView View { get; private set; } = null!;

    public bool MayDecide => current.Actor.May(Permission.ConfirmClaims) && View.Reception.State == ReceptionState.Checked;

    public async Task<IActionResult> OnGet(string number, Severity? severity, string? rule, int? claim, int page, int list, CancellationToken ct)
    {
        var outcome = await claims.Result(current.Actor, number, ct);
        if (outcome.Refused(out var refusal, out var result))
        {
            return Refused(refusal);
        }

        View = new ResultView(result, "/claims/receptions", severity, rule, claim, page, list);
        return Page();
    }
}
