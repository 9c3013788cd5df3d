using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>受付: a 患者番号 and Enter, or a line of the list and Enter.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskListRead)]
internal sealed class DeskModel(ICurrentActor current, IReception reception) : DeskPage(current)
{
    [BindProperty]
    public ArrivalForm Form { get; set; } = new();

    /// <summary>患者番号 as typed.</summary>
    public string Chart { get; private set; } = "";

    /// <summary>Null where the page only shows again what was typed.</summary>
    public DeskDay? Day { get; private set; }

    public async Task<IActionResult> OnGet(DateOnly? day, CancellationToken ct)
    {
        if ((await reception.Day(By, day, ct)).Refused(out var refusal, out var list))
        {
            return Refused(refusal);
        }

        Day = list;
        return Page();
    }

    public async Task<IActionResult> OnPost(string? chart, CancellationToken ct)
    {
        Chart = chart ?? "";
        return (await reception.Arrive(By, new Arrival { Chart = Chart }, ct)).Succeeded(out var visit, out var refusal) ? await Ask(visit, ct) : Again(refusal);
    }

    public async Task<IActionResult> OnPostCard(CancellationToken ct) =>
        Form.ToArrival() is { } arrival ? await ArriveWithCard(arrival, ct) : Again(Refusals.NotADay);

    /// <summary>Fills the form from what マイナ資格確認アプリ shares; somebody looks at it before anything is asked.</summary>
    public IActionResult OnPostText(string? text)
    {
        if (AppText.Read(text ?? "") is not { } read)
        {
            return Again(Refusals.NoAppText);
        }

        Form = ArrivalForm.Of(read);
        return Page();
    }

    public Task<IActionResult> OnPostAsk(Guid id, CancellationToken ct) => Ask(id, ct);

    /// <summary>What was typed is what is asked with, also of somebody who is known with another card.</summary>
    private async Task<IActionResult> ArriveWithCard(Arrival arrival, CancellationToken ct)
    {
        if ((await reception.Arrive(By, arrival, ct)).Refused(out var refusal, out var visit))
        {
            return Again(refusal);
        }

        return arrival.Card is { } card ? await AskCard(reception, visit, card, ct) : await Ask(visit, ct);
    }

    private async Task<IActionResult> Ask(Guid visit, CancellationToken ct) =>
        (await reception.Ask(By, visit, false, ct)).Refused(out var refusal, out _)
            ? Back(refusal, refusal.Code == "EL-0801" ? "/eligibility" : $"/eligibility/visits/{visit}")
            : Redirect($"/eligibility/visits/{visit}");
}
