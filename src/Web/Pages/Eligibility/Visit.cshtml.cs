using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>One patient of the day: the result, what to say, what differs, what may be seen.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskPatientRead)]
internal sealed class VisitModel(ICurrentActor current, IReception reception) : DeskPage(current)
{
    [BindProperty]
    public ArrivalForm Form { get; set; } = new();

    public Guid Id { get; private set; }

    /// <summary>Null where the page only shows again what was typed.</summary>
    public DeskCase? Case { get; private set; }

    /// <summary>The page that shows what was consented to, for those whose role may see it.</summary>
    public string? Viewer(ConsentKind kind) => kind switch
    {
        ConsentKind.Medicines when By.May(Permission.ViewMedicines) => "/eligibility/medicines",
        ConsentKind.Diagnoses when By.May(Permission.ViewDiagnoses) => "/eligibility/medicines",
        ConsentKind.Checkups when By.May(Permission.ViewCheckups) => "/eligibility/checkups",
        _ => null,
    };

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if ((await reception.Open(By, id, ct)).Refused(out var refusal, out var found))
        {
            return Refused(refusal);
        }

        Case = found;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, bool limit, CancellationToken ct) =>
        (await reception.Ask(By, id, limit, ct)).Refused(out var refusal, out _) ? No(refusal, id) : Redirect(Address(id));

    public async Task<IActionResult> OnPostCard(Guid id, CancellationToken ct)
    {
        Id = id;
        return Form.ToArrival()?.Card is { } card ? await AskCard(reception, id, card, ct)
            : (await reception.Open(By, id, ct)).Refused(out var refusal, out _) ? Refused(refusal)
            : Again(Refusals.NotADay);
    }

    public async Task<IActionResult> OnPostAdopt(Guid id, Guid answer, List<string> fields, CancellationToken ct) =>
        (await reception.Adopt(By, id, answer, fields, ct)).Succeeded(out var count, out var refusal)
            ? Done($"控えの{count}項目を書き換えました。レセコン・電子カルテの患者情報も、同じように直してください。", Address(id))
            : No(refusal, id);

    public async Task<IActionResult> OnPostRemove(Guid id, CancellationToken ct) =>
        (await reception.Remove(By, id, ct)).Succeeded(out _, out var refusal) ? Done("一覧から外しました。照会の記録は残ります。", "/eligibility") : No(refusal, id);

    private static string Address(Guid id) => $"/eligibility/visits/{id}";

    /// <summary>Where there is nothing to go back to, the refusal is the answer.</summary>
    private ActionResult No(Refusal refusal, Guid id) => refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden ? Refused(refusal) : Back(refusal, Address(id));
}
