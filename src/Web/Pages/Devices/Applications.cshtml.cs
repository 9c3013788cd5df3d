using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

/// <summary>The centre decides on applications.</summary>
[Requires(Permission.ApproveCertificates)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class ApplicationsModel(ICurrentActor current, ICertificateOffice office) : SitePage
{
    public IReadOnlyList<CertificateApplication> Waiting { get; private set; } = [];

    public PersonId? Me => current.Actor.Person;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Waiting = await office.Waiting(current.Actor, ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid application, bool approve, string? reason, CancellationToken ct)
    {
        var outcome = approve ? await office.Approve(current.Actor, application, ct) : await office.Decline(current.Actor, application, reason ?? "", ct);
        if (outcome.Succeeded(out var decided, out var refusal))
        {
            return Done($"{decided.OrganisationName} {decided.DeviceName} の申請を{(approve ? "承認" : "却下")}しました。", "/devices/applications");
        }

        Waiting = await office.Waiting(current.Actor, ct);
        return Again(refusal);
    }
}
