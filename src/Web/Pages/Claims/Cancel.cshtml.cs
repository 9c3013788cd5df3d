using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ConfirmClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class CancelModel(ICurrentActor current, IClaims claims) : SitePage
{
    public Reception Reception { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string number, CancellationToken ct) => await Prepare(number, ct) is { } refusal ? Refused(refusal) : Page();

    public async Task<IActionResult> OnPost(string number, CancellationToken ct)
    {
        var outcome = await claims.Cancel(current.Actor, number, ct);
        if (outcome.Succeeded(out var reception, out var refusal))
        {
            return Done("受付を取り消しました。直したファイルを送り直せます。", $"/claims/receptions/{reception.Number}");
        }

        return await Prepare(number, ct) is { } gone ? Refused(gone) : Again(refusal);
    }

    private async Task<Refusal?> Prepare(string number, CancellationToken ct)
    {
        if ((await claims.Result(current.Actor, number, ct)).Refused(out var refusal, out var result))
        {
            return refusal;
        }

        Reception = result.Reception;
        return null;
    }
}
