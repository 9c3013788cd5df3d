using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>目視の確認: a clerk compares who is there with the picture on the card, and vouches with the facility's passcode.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.PageRead)]
internal sealed class SightModel(ICurrentActor current, ISightChecks checks) : SitePage
{
    public IReadOnlyList<Unvouched> Waiting { get; private set; } = [];

    public Task<IActionResult> OnGet(CancellationToken ct) => Shown(null, ct);

    public async Task<IActionResult> OnPost(Guid id, string? passcode, CancellationToken ct) =>
        (await checks.Vouch(current.Actor, id, passcode ?? "", ct)).Refused(out var refusal, out var state)
            ? await Shown(refusal, ct)
            : Done(state == CardInquiryState.AtKiosk ? "本人がいることを確認しました。受付機で同意を選んでもらってください。" : "本人がいることを確認しました。結果は端末に届きます。", "/kiosk/sight");

    private async Task<IActionResult> Shown(Refusal? problem, CancellationToken ct)
    {
        if ((await checks.Waiting(current.Actor, ct)).Refused(out var refusal, out var waiting))
        {
            return Refused(refusal);
        }

        Waiting = waiting;
        return problem is null ? Page() : Again(problem);
    }
}
