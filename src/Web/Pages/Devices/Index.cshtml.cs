using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Devices;

[Requires(Permission.ManageDevices)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class IndexModel(ICurrentActor current, IDeviceRegister register, ICertificateOffice office) : SitePage
{
    public IReadOnlyList<RegisteredDevice> Devices { get; private set; } = [];

    /// <summary>What waits for the centre's decision; for the centre only.</summary>
    public int Waiting { get; private set; }

    public bool MayApprove => current.Actor.May(Permission.ApproveCertificates);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Devices = await register.List(current.Actor, ct);
        Waiting = MayApprove ? (await office.Waiting(current.Actor, ct)).Count : 0;
        return Page();
    }
}
