using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Emergencies;

/// <summary>救急時の閲覧 of the facility; those nobody reviewed come first. Whose data it was stands on each one's own page.</summary>
[Requires(Permission.ReviewEmergencies)]
[Audits(AuditKind.PageRead)]
[Classified(Wire.Classification.Confidential)]
internal sealed class IndexModel(ICurrentActor current, IEmergencies emergencies) : SitePage
{
    public IReadOnlyList<EmergencySummary> Emergencies { get; private set; } = [];

    public int Open => Emergencies.Count(e => e.Reviewed is null);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if ((await emergencies.List(current.Actor, ct)).Refused(out var refusal, out var list))
        {
            return Refused(refusal);
        }

        Emergencies = list;
        return Page();
    }
}
