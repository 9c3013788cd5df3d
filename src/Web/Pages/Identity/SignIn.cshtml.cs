using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Display;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインするための画面。")]
[NotAudited("画面の表示は記録しない。サインインの成否はサインインの処理が記録する。")]
[Classified(Classification.Public)]
internal sealed class SignInModel(ISignIn signIn, ICurrentActor current, SiteNotice site) : SitePage
{
    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsDemo => site.IsDemo;

    public IActionResult OnGet() => current.IsKnown && current.Actor.Person is not null ? LocalRedirect(Target()) : Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Login) || string.IsNullOrEmpty(Password))
        {
            return Again(Refusals.SignInIncomplete);
        }

        var outcome = await signIn.Password(Login.Trim(), Password, ct);
        if (outcome.Refused(out var refusal, out var actor))
        {
            return Again(refusal);
        }

        var person = actor.Person ?? throw new InvalidOperationException("A signed-in person has an id");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
        return LocalRedirect(Target());
    }

    private string Target() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/";
}
