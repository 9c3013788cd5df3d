using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>カードの結果: whose each is, a person says.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskListRead)]
internal sealed class CardInboxModel(ICurrentActor current, ICardInbox inbox, IBusinessTime business) : DeskPage(current)
{
    public IReadOnlyList<CardResult> Results { get; private set; } = [];

    public DateOnly Today => DateOnly.FromDateTime(business.Now.DateTime);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if ((await inbox.Waiting(By, ct)).Refused(out var refusal, out var results))
        {
            return Refused(refusal);
        }

        Results = results;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid answer, Guid? patient, CancellationToken ct)
    {
        var bound = patient is { } known ? await inbox.Bind(By, answer, known, ct) : await inbox.BindNew(By, answer, ct);
        return bound.Succeeded(out var visit, out var refusal) ? Redirect($"/eligibility/visits/{visit}") : Back(refusal, "/eligibility/inbox");
    }

    public async Task<IActionResult> OnPostDismiss(Guid answer, CancellationToken ct) =>
        DoneOr(await inbox.Dismiss(By, answer, ct), _ => "当院の患者のものではないとしました。照会の記録は残ります。", "/eligibility/inbox");
}
