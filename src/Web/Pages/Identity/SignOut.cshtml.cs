using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("誰でもサインアウトできる。")]
[Audits(AuditKind.SignOut)]
[Classified(Classification.Public)]
internal sealed class SignOutModel(ISignIn signIn, ICurrentActor current) : SitePage
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (current.IsKnown)
        {
            await signIn.Ended(current.Actor, ct);
        }

        await HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Done("サインアウトしました。", "/sign-in");
    }
}
