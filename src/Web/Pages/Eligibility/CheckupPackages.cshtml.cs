using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>An insurer hands over a 特定健診 package. The same ZIP again gives the same report: its id here is its digest.</summary>
[Requires(Permission.RegisterCoverage)]
[Audits(AuditKind.CheckupPackageTaken)]
[RequestSizeLimit(MostBytes)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes, MemoryBufferThreshold = MostBytes)] // Held in memory: nothing of it touches a disk unsealed.
internal sealed class CheckupPackagesModel(ICurrentActor current, ICheckupRegistration registration) : SitePage
{
    private const int MostBytes = (64 << 20) + (64 << 10);

    public CheckupPackageReport? Report { get; private set; }

    /// <summary>Name of the file as it was chosen.</summary>
    public string FileName { get; private set; } = "";

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPost(IFormFile? package, CancellationToken ct)
    {
        if (package is null || package.Length == 0)
        {
            return Again(Refusals.NoPackage);
        }

        await using var zip = package.OpenReadStream();
        var id = "web-" + Convert.ToHexStringLower(await SHA256.HashDataAsync(zip, ct))[..32];
        zip.Position = 0;
        if ((await registration.Take(current.Actor, id, zip, ct)).Refused(out var refusal, out var report))
        {
            return Again(refusal);
        }

        (Report, FileName) = (report, Path.GetFileName(package.FileName));
        return Page();
    }
}
