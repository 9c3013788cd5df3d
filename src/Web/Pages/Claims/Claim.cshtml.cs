using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Display;
using Sekisho.Web.Display.Sheet;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ReadReceptions)]
[Audits(AuditKind.ClaimRead)]
internal sealed class ClaimModel(ICurrentActor current, IClaims claims, IClaimChecks checks, IClaimWithdrawals withdrawals) : SitePage
{
    public JudgingView Judging { get; private set; } = null!;

    public WithdrawalView Withdrawal { get; private set; } = null!;

    public ClaimSheet Sheet { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string number, int ordinal, CancellationToken ct)
    {
        var outcome = await claims.Open(current.Actor, number, ordinal, ct);
        if (outcome.Refused(out var refusal, out var opened))
        {
            return Refused(refusal);
        }

        Sheet = new ClaimSheet(opened);
        Judging = new JudgingView(opened, (await checks.Judgements(current.Actor, number, ordinal, ct)).Value, current.Actor, "/claims/receptions");
        Withdrawal = new WithdrawalView(opened, await withdrawals.List(current.Actor, number, openOnly: false, ct), current.Actor);
        return Page();
    }
}
