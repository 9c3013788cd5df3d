using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインの途中の画面。")]
[NotAudited("画面の表示は記録しない。成否はサインインの処理が記録する。")]
[Classified(Classification.Confidential)]
internal sealed class CodeModel(ISignIn signIn) : StepPage(signIn)
{
    [BindProperty]
    public string? Code { get; set; }

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Misplaced(SignInStage.SecondStep, ct) ?? Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await Misplaced(SignInStage.SecondStep, ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (string.IsNullOrWhiteSpace(Code))
        {
            return Again(Refusals.NothingTyped);
        }

        var outcome = await Steps.Code(Code, ct);
        return outcome.Succeeded(out var step, out var refusal) ? Next(step) : Again(refusal);
    }
}
