using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Wire;

namespace Sekisho.Web.Hosting;

/// <summary>What the pages share: a refusal shown above the form, a notice carried over a redirect.</summary>
internal abstract class SitePage : PageModel
{
    private const string NoticeKey = "notice";

    /// <summary>Why the last act was refused; shown in the error summary.</summary>
    public Refusal? Problem { get; private set; }

    /// <summary>What the act before the redirect did.</summary>
    public string? Notice => TempData[NoticeKey] as string;

    /// <summary>The page again, with the refusal above it and the refusal's status.</summary>
    protected PageResult Again(Refusal refusal)
    {
        Problem = refusal;
        Response.StatusCode = Status(refusal.Kind);
        return Page();
    }

    /// <summary>The error page for a refusal that leaves nothing to show.</summary>
    protected StatusCodeResult Refused(Refusal refusal)
    {
        HttpContext.Features.Set(refusal);
        return StatusCode(Status(refusal.Kind));
    }

    /// <summary>On to another page, which says what was done.</summary>
    protected RedirectResult Done(string notice, string address)
    {
        TempData[NoticeKey] = notice;
        return LocalRedirectTo(address);
    }

    private static RedirectResult LocalRedirectTo(string address) => new(address, permanent: false);

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Unauthenticated => 401,
        RefusalKind.Forbidden => 403,
        RefusalKind.NotFound => 404,
        RefusalKind.Conflict => 409,
        RefusalKind.TooLarge => 413,
        RefusalKind.Unavailable => 503,
        _ => 422,
    };
}
