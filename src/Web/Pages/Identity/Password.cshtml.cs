using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインの途中でも使う画面。自分のセッションのことしかできない。")]
[NotAudited("画面の表示は記録しない。変更は変更の処理が記録する。")]
[Classified(Classification.Confidential)]
internal sealed class PasswordModel(ISignIn signIn, IOwnCredentials credentials) : StepPage(signIn)
{
    [BindProperty]
    public string? Current { get; set; }

    [BindProperty]
    public string? New { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    /// <summary>True after a recovery: there is no current one.</summary>
    public bool Recovering => Status?.Recovering == true;

    public int Shortest => Status?.Policy == PasswordPolicy.Long13 ? 13 : 8;

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Elsewhere(ct) ?? Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await Elsewhere(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if (string.IsNullOrEmpty(New) || (!Recovering && string.IsNullOrEmpty(Current)))
        {
            return Again(Refusals.NothingTyped);
        }

        if (New != Repeated)
        {
            return Again(Refusals.PasswordsDiffer);
        }

        var wasComplete = Status!.Stage == SignInStage.Complete;
        var outcome = await credentials.ChangePassword(Current ?? "", New, ct);
        if (outcome.Refused(out var refusal, out var step))
        {
            return Again(refusal);
        }

        return wasComplete ? Done("パスワードを変更しました。ほかの場所でのサインインはすべて終了しました。", "/me/credentials") : Next(step);
    }

    private async Task<IActionResult?> Elsewhere(CancellationToken ct) =>
        await Misplaced(SignInStage.ChangePassword, ct) is { } elsewhere && Status?.Stage != SignInStage.Complete ? elsewhere : null;
}
