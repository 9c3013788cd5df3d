using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>Opens this browser as a kiosk and signs the clerk out of it: what stands at the entrance is nobody's sign-in.</summary>
[Requires(Permission.InquireEligibility, Permission.ManageKiosks)]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class OpenModel(ICurrentActor current, IKiosks kiosks, ISightChecks checks, ISignIn signIn) : SitePage
{
    [BindProperty]
    public string? Name { get; set; } = "1";

    public IReadOnlyList<KioskSummary> Kiosks { get; private set; } = [];

    /// <summary>A new passcode, shown once.</summary>
    public string Passcode { get; private set; } = "";

    public bool MayOpen => current.Actor.May(Permission.InquireEligibility);

    public bool MayIssue => current.Actor.May(Permission.ManageKiosks);

    public Task<IActionResult> OnGet(CancellationToken ct) => Shown(null, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if ((await kiosks.Open(current.Actor, Name ?? "", KioskPage.CertificateOf(HttpContext), ct)).Refused(out var refusal, out var secret))
        {
            return await Shown(refusal, ct);
        }

        await signIn.End(ct);
        Response.Cookies.Append(
            KioskPage.Cookie, secret, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = Request.IsHttps, Path = "/kiosk", IsEssential = true });
        return new RedirectResult("/kiosk");
    }

    public async Task<IActionResult> OnPostClose(Guid id, CancellationToken ct) => (await kiosks.Close(current.Actor, id, ct)).Refused(out var refusal, out _)
        ? await Shown(refusal, ct)
        : Done("受付機を閉じました。", "/kiosk/open");

    public async Task<IActionResult> OnPostPasscode(CancellationToken ct)
    {
        if ((await checks.NewPasscode(current.Actor, ct)).Refused(out var refusal, out var passcode))
        {
            return await Shown(refusal, ct);
        }

        Passcode = passcode;
        return await Shown(null, ct);
    }

    private async Task<IActionResult> Shown(Refusal? problem, CancellationToken ct)
    {
        Kiosks = await kiosks.OpenAt(current.Actor, ct);
        return problem is null ? Page() : Again(problem);
    }
}
