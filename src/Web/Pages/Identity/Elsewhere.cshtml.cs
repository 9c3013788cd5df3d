using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインの途中の画面。")]
[NotAudited("画面の表示は記録しない。成否はサインインの処理が記録する。")]
[Classified(Classification.Confidential)]
internal sealed class ElsewhereModel(ISignIn signIn) : StepPage(signIn)
{
    public async Task<IActionResult> OnGet(CancellationToken ct) => await Misplaced(SignInStage.Elsewhere, ct) ?? Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var outcome = await Steps.TakeOver(ct);
        return outcome.Succeeded(out var step, out _) ? Next(step) : Redirect("/sign-in");
    }
}
