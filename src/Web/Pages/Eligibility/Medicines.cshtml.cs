using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>薬剤情報・診療情報 of the person whose card is typed or handed over by another page; it travels in the body only. As PDF for whoever states why.</summary>
[Requires(Permission.ViewMedicines, Permission.ViewDiagnoses)]
[NotAudited("閲覧の処理が、本人とともに MedicinesViewed として記録する。")]
internal sealed class MedicinesModel(ICurrentActor current, IMedicines medicines, IPapers papers, IExports exports) : SheetPage(papers, exports)
{
    [BindProperty]
    public MedicinesForm Form { get; set; } = new();

    /// <summary>Null before somebody was asked for, and when it was refused.</summary>
    public MedicineSheet? Sheet { get; private set; }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var viewed = await View(ct);
        return viewed.Refused(out var refusal, out _) ? Again(refusal) : Page();
    }

    public async Task<IActionResult> OnPostPdf(string? reason, CancellationToken ct) => (await View(ct)).Refused(out var refusal, out var answer)
        ? Again(refusal)
        : await Print(new Paper("Medicines", "薬剤情報・診療情報", Classification.StrictlyConfidential, answer), "medicines", answer.Id, reason, ct);

    private async Task<Outcome<MedicinesAnswer>> View(CancellationToken ct)
    {
        if (!ModelState.IsValid || !Form.TryQuery(out var query))
        {
            return Refusals.FormUnreadable;
        }

        var viewed = await medicines.View(current.Actor, query, ct);
        Sheet = viewed.Succeeded(out var answer, out _) ? new MedicineSheet(answer) : null;
        return viewed;
    }
}

/// <summary>Whose, and which months, as typed.</summary>
internal sealed class MedicinesForm : SheetForm
{
    public string? From { get; set; }

    public string? Until { get; set; }

    public override IEnumerable<(string Name, string Value)> Fields => [.. base.Fields, ("Form.From", From ?? ""), ("Form.Until", Until ?? "")];

    /// <summary>False when a month is none.</summary>
    public bool TryQuery(out MedicinesQuery query)
    {
        query = new MedicinesQuery { Card = ToCard(), From = Month(From), Until = Month(Until), Care = Care };
        return (query.From is not null || string.IsNullOrWhiteSpace(From)) && (query.Until is not null || string.IsNullOrWhiteSpace(Until));
    }

    // Browsers without a field for months leave what was typed: 2026-10, 2026/10 or 202610.
    private static YearMonth? Month(string? typed) =>
        YearMonth.TryParse((typed ?? "").Trim().Replace("-", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal), out var month) ? month : null;
}
