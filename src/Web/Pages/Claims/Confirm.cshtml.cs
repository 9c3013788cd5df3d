using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Claims;

[Requires(Permission.ConfirmClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class ConfirmModel(ICurrentActor current, IClaims claims, IClaimChecks checks) : SitePage
{
    public ReceptionClaims Result { get; private set; } = null!;

    public ClaimsDesk Desk { get; private set; } = null!;

    /// <summary>What will be claimed.</summary>
    public IReadOnlyList<ClaimRow> Claimed { get; private set; } = [];

    /// <summary>Of these, what reception asks to look at again: it is claimed all the same.</summary>
    public IReadOnlyList<ClaimRow> Doubtful { get; private set; } = [];

    public IReadOnlyList<ClaimRow> Excluded { get; private set; } = [];

    public long Points { get; private set; }

    public async Task<IActionResult> OnGet(string number, CancellationToken ct) => await Prepare(number, ct) is { } refusal ? Refused(refusal) : Page();

    public async Task<IActionResult> OnPost(string number, CancellationToken ct)
    {
        var outcome = await claims.Confirm(current.Actor, number, ct);
        if (outcome.Succeeded(out var reception, out var refusal))
        {
            return Done("請求を確定しました。", $"/claims/receptions/{reception.Number}");
        }

        return await Prepare(number, ct) is { } gone ? Refused(gone) : Again(refusal);
    }

    private async Task<Refusal?> Prepare(string number, CancellationToken ct)
    {
        var outcome = await checks.Claims(current.Actor, number, ct);
        if (outcome.Refused(out var refusal, out var result))
        {
            return refusal;
        }

        Result = result;
        Desk = await claims.Desk(current.Actor, ct);
        Claimed = [.. result.Claims.Where(c => c.State == ClaimState.Accepted)];
        Doubtful = [.. Claimed.Where(c => c.Entry.Worst is Severity.L3 or Severity.L4)];
        Excluded = [.. result.Claims.Where(c => c.State is ClaimState.Rejected or ClaimState.Dropped)];
        Points = Claimed.Sum(c => c.Entry.Points);
        return null;
    }
}
