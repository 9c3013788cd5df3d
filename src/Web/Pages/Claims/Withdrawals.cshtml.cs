using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

/// <summary>取下げ of claims of one reception: the request, and what became of earlier ones.</summary>
[Requires(Permission.ConfirmClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class WithdrawalsModel(ICurrentActor current, IClaimChecks checks, IClaimWithdrawals withdrawals) : SitePage
{
    public Reception Reception { get; private set; } = null!;

    public IReadOnlyList<Withdrawal> Asked { get; private set; } = [];

    /// <summary>As it was typed: numbers with anything between them.</summary>
    public string Ordinals { get; private set; } = "";

    public string Reason { get; private set; } = "";

    public bool IsClosed => WithdrawalView.IsClosed(Reception.State);

    public async Task<IActionResult> OnGet(string number, string? ordinals, CancellationToken ct)
    {
        Ordinals = ordinals ?? "";
        return await Prepare(number, ct) is { } refusal ? Refused(refusal) : Page();
    }

    public async Task<IActionResult> OnPost(string number, string? ordinals, string? reason, CancellationToken ct)
    {
        (Ordinals, Reason) = (ordinals ?? "", reason ?? "");
        var outcome = await withdrawals.Request(current.Actor, number, WithdrawalView.Numbers(Ordinals), Reason, ct);
        if (outcome.Succeeded(out var asked, out var refusal))
        {
            return Done($"{asked.Count}件の取下げを依頼しました。審査支払機関の決定を待ってください。", $"/claims/receptions/{number}/withdrawals");
        }

        return await Prepare(number, ct) is { } gone ? Refused(gone) : Again(refusal);
    }

    private async Task<Refusal?> Prepare(string number, CancellationToken ct)
    {
        if ((await checks.Result(current.Actor, number, new ResultQuery(), ct)).Refused(out var refusal, out var result))
        {
            return refusal;
        }

        Reception = result.Reception;
        Asked = await withdrawals.List(current.Actor, number, openOnly: false, ct);
        return null;
    }
}
