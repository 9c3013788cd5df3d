using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>特定健診情報 of the person whose card is typed or handed over by another page; it travels in the body only. As PDF for whoever states why.</summary>
[Requires(Permission.ViewCheckups)]
[Audits(AuditKind.CheckupsViewed)]
internal sealed class CheckupsModel(ICurrentActor current, ICheckups checkups, IPapers papers, IExports exports) : SheetPage(papers, exports)
{
    [BindProperty]
    public CheckupForm Form { get; set; } = new();

    /// <summary>Null before somebody was asked for, and when it was refused.</summary>
    public CheckupSheet? Sheet { get; private set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if ((await checkups.View(current.Actor, Form.ToQuery(), ct)).Refused(out var refusal, out var view))
        {
            return Again(refusal);
        }

        Sheet = new CheckupSheet(view);
        return Page();
    }

    public async Task<IActionResult> OnPostPdf(string? reason, CancellationToken ct)
    {
        if ((await checkups.View(current.Actor, Form.ToQuery(), ct)).Refused(out var refusal, out var view))
        {
            return Again(refusal);
        }

        Sheet = new CheckupSheet(view);
        return await Print(new Paper("Checkups", "特定健診情報", Classification.StrictlyConfidential, view), "checkups", view.Id, reason, ct);
    }
}

/// <summary>Whose, as typed.</summary>
internal sealed class CheckupForm : SheetForm
{
    public CheckupQuery ToQuery() => new() { Card = ToCard(), Care = Care };
}
