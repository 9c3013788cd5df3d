using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Payer;

/// <summary>The decision about one 取下げ依頼.</summary>
[Requires(Permission.ReviewClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class WithdrawalModel(ICurrentActor current, IClaimWithdrawals withdrawals) : SitePage
{
    public Withdrawal Asked { get; private set; } = null!;

    public WithdrawalDecision? Decision { get; private set; }

    public string Reason { get; private set; } = "";

    public async Task<IActionResult> OnGet(string number, int ordinal, CancellationToken ct) =>
        await Find(number, ordinal, ct) ? Page() : Refused(Refusals.NoSuchWithdrawal);

    public async Task<IActionResult> OnPost(string number, int ordinal, WithdrawalDecision? decision, string? reason, CancellationToken ct)
    {
        (Decision, Reason) = (decision, reason ?? "");
        if (!await Find(number, ordinal, ct))
        {
            return Refused(Refusals.NoSuchWithdrawal);
        }

        if (decision is not { } chosen)
        {
            return Again(Refusals.NothingDecided);
        }

        if ((await withdrawals.Decide(current.Actor, number, [ordinal], chosen, Reason, ct)).Refused(out var refusal, out _))
        {
            return await Find(number, ordinal, ct) ? Again(refusal) : Refused(refusal);
        }

        return Done(chosen == WithdrawalDecision.Grant ? "取下げを認めました。" : "取下げを認めませんでした。", "/payer/withdrawals");
    }

    /// <summary>The open request of the claim, or else the latest.</summary>
    private async Task<bool> Find(string number, int ordinal, CancellationToken ct)
    {
        var found = (await withdrawals.List(current.Actor, number, openOnly: false, ct)).FirstOrDefault(w => w.Ordinal == ordinal);
        Asked = found!;
        return found is not null;
    }
}
