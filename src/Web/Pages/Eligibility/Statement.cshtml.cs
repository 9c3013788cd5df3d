using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>被保険者資格申立書 with what is known filled in; the rest is written by hand.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskPatientRead)]
internal sealed class StatementModel(ICurrentActor current, IReception reception) : DeskPage(current)
{
    public DeskVisit Visit { get; private set; } = null!;

    public string Facility => By.OrganisationName;

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if ((await reception.Open(By, id, ct)).Refused(out var refusal, out var found))
        {
            return Refused(refusal);
        }

        Visit = found.Visit;
        return Page();
    }
}
