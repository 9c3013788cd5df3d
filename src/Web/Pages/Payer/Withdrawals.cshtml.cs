using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Payer;

/// <summary>取下げ依頼 addressed to the payer, the open ones first.</summary>
[Requires(Permission.ReadSubmissions)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class WithdrawalsModel(ICurrentActor current, IClaimWithdrawals withdrawals) : SitePage
{
    public IReadOnlyList<Withdrawal> Asked { get; private set; } = [];

    public int Open => Asked.Count(w => w.State == WithdrawalState.Requested);

    public async Task OnGet(CancellationToken ct) => Asked = await withdrawals.List(current.Actor, null, openOnly: false, ct);
}
