using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>A file and all that was said of its rows; never a value of a person.</summary>
[Requires(Permission.RegisterCoverage)]
[Audits(AuditKind.RegistrationRead)]
internal sealed class RegistrationFileModel(ICurrentActor current, ICoverageRegistration coverages, ITicketRegistration ticketFiles) : SitePage
{
    public CoverageFileReport? Report { get; private set; }

    public async Task<IActionResult> OnGet(string file, bool tickets, CancellationToken ct)
    {
        IFileRegistration registration = tickets ? ticketFiles : coverages;
        if ((await registration.FileReport(current.Actor, file, ct)).Refused(out var refusal, out var report))
        {
            return Refused(refusal);
        }

        Report = report;
        return Page();
    }
}
