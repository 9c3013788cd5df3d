using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>A screen of the kiosk: known by its cookie and its device, signed in as nobody.</summary>
internal abstract class KioskPage(IKiosks kiosks) : PageModel
{
    public const string Cookie = "sekisho-kiosk";

    [BindProperty]
    public Guid Inquiry { get; set; }

    [BindProperty(SupportsGet = true, Name = "lang")]
    public string? Language { get; set; }

    public string Name { get; private set; } = "";

    public KioskTurn? Turn { get; private set; }

    public KioskLanguage Speaks => KioskLanguage.Of(Language);

    /// <summary>重要度分類 of what stands on the screen.</summary>
    public abstract string Mark { get; }

    /// <summary>The device's certificate, where the connection shows one.</summary>
    public static string? CertificateOf(HttpContext context) => context.Connection.ClientCertificate?.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);

    protected string Secret => Request.Cookies[Cookie] ?? "";

    protected string? Certificate => CertificateOf(HttpContext);

    /// <summary>False when the kiosk is not open.</summary>
    protected async Task<bool> IsOpen(CancellationToken ct)
    {
        // Nothing of a turn may come back with the browser's back button.
        Response.Headers.CacheControl = "no-cache, no-store";
        if (!(await kiosks.Look(Secret, Certificate, ct)).Succeeded(out var found, out _))
        {
            return false;
        }

        (Name, Turn) = found;
        return true;
    }

    /// <summary>The page says what this request decided, not what it was sent.</summary>
    protected PageResult Decided()
    {
        ModelState.Clear();
        return Page();
    }
}
