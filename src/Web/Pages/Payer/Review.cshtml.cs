using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Payer;

[Requires(Permission.ReviewClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class ReviewModel(ICurrentActor current, IClaims claims, IClaimChecks checks) : SitePage
{
    [BindProperty(SupportsGet = true)]
    public ReviewDecision Decision { get; set; }

    /// <summary>Empty = all.</summary>
    [BindProperty(SupportsGet = true)]
    public List<int> Ordinals { get; set; } = [];

    public Reception Reception { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string number, CancellationToken ct)
    {
        if (await Prepare(number, ct) is { } refusal)
        {
            return Refused(refusal);
        }

        return IsForNothing ? Again(Refusals.NothingChosen) : Page();
    }

    public async Task<IActionResult> OnPost(string number, CancellationToken ct)
    {
        if (IsForNothing)
        {
            return await Prepare(number, ct) is { } absent ? Refused(absent) : Again(Refusals.NothingChosen);
        }

        var outcome = await claims.Review(current.Actor, number, Decision, Ordinals.Count == 0 ? null : Ordinals, ct);
        if (outcome.Succeeded(out var reception, out var refusal))
        {
            return Done(Decision == ReviewDecision.Hold ? $"{Ordinals.Count}件を保留にしました。" : "請求どおりとしました。", $"/payer/receptions/{reception.Number}");
        }

        return await Prepare(number, ct) is { } gone ? Refused(gone) : Again(refusal);
    }

    /// <summary>Holding everything is not an act: whoever holds names the claims.</summary>
    public bool IsForNothing => Decision == ReviewDecision.Hold && Ordinals.Count == 0;

    private async Task<Refusal?> Prepare(string number, CancellationToken ct)
    {
        if ((await checks.Claims(current.Actor, number, ct)).Refused(out var refusal, out var result))
        {
            return refusal;
        }

        Reception = result.Reception;
        return null;
    }
}
