using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Display;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインするための画面。")]
[NotAudited("画面の表示は記録しない。サインインの成否はサインインの処理が記録する。")]
[Classified(Classification.Public)]
internal sealed class SignInModel(ISignIn signIn, ICurrentActor current, SiteNotice site) : StepPage(signIn)
{
    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? State { get; set; }

    /// <summary>True when the page was led here because nothing was done for a while.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Ended { get; set; }

    public PasskeyRequest Passkey { get; private set; } = new("", "");

    public bool IsDemo => site.IsDemo;

    public bool LacksDevice => Steps.LacksDevice;

    public async Task<IActionResult> OnGet(CancellationToken ct) =>
        current.IsKnown && current.Actor.Person is not null ? LocalRedirect(Target) : await Shown(Page(), ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Login) || string.IsNullOrEmpty(Password))
        {
            return await Shown(Again(Refusals.SignInIncomplete), ct);
        }

        var outcome = await Steps.Password(Login.Trim(), Password, ct);
        return outcome.Succeeded(out var step, out var refusal) ? Next(step) : await Shown(Again(refusal), ct);
    }

    public async Task<IActionResult> OnPostPasskey(CancellationToken ct)
    {
        var outcome = await Steps.Passkey(Credential ?? "", State ?? "", ct);
        return outcome.Succeeded(out var step, out var refusal) ? Next(step) : await Shown(Again(refusal), ct);
    }

    private async Task<PageResult> Shown(PageResult page, CancellationToken ct)
    {
        Passkey = await Steps.PasskeyRequest(ct);
        return page;
    }
}
