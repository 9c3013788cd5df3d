using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Papers;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>A page a doctor reads about one person, as PDF for whoever states why.</summary>
[Exports]
internal abstract class SheetPage(IPapers papers, IExports exports) : SitePage
{
    public bool CanPrint => papers.Printer is not null;

    /// <summary>What was viewed, taken out; <paramref name="what"/> and <paramref name="id"/> name it in the audit log.</summary>
    protected async Task<IActionResult> Print(Paper paper, string what, Guid id, string? reason, CancellationToken ct) =>
        (await exports.State($"{what}:{id}", what, reason, ct)).Refused(out var refusal, out _) || (await papers.Pdf(paper, ct)).Refused(out refusal, out var pdf)
            ? Again(refusal)
            : File(pdf, "application/pdf", $"【厳秘】{paper.Title}.pdf");
}

/// <summary>Whose, as typed or as another page handed it over.</summary>
internal abstract class SheetForm : CardForm
{
    public DateOnly? Birth { get; set; }

    public CareForm Care { get; set; } = CareForm.Outpatient;

    /// <summary>The fields again, hidden, for the next form.</summary>
    public virtual IEnumerable<(string Name, string Value)> Fields =>
    [
        ("Form.Insurer", Insurer ?? ""), ("Form.Symbol", Symbol ?? ""), ("Form.Number", Number ?? ""), ("Form.Branch", Branch ?? ""),
        ("Form.Birth", Birth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""), ("Form.Care", Care.ToString()),
    ];

    protected CardKeys ToCard() => Card(Birth ?? default);
}
