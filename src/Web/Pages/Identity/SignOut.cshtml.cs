using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("誰でもサインアウトできる。")]
[Audits(AuditKind.SignOut)]
[Classified(Classification.Public)]
internal sealed class SignOutModel(ISignIn signIn) : SitePage
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await signIn.End(ct);
        return Done("サインアウトしました。", "/sign-in");
    }
}
