using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインできない人のための画面。")]
[NotAudited("画面の表示は記録しない。申請と使用は回復の処理が記録する。")]
[Classified(Classification.Public)]
internal sealed class RecoverModel(ISignIn signIn, ISignInAdministration administration) : StepPage(signIn)
{
    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public IActionResult OnGet() => Page();

    public async Task<IActionResult> OnPostAsk(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Login))
        {
            return Again(Refusals.NothingTyped);
        }

        await administration.Request(Login, ct);
        return Done("申請を受け付けました（利用者IDが正しければ、システム管理者の画面に表示されます）。", "/sign-in/recover");
    }

    public async Task<IActionResult> OnPostUse(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Login) || string.IsNullOrWhiteSpace(Code))
        {
            return Again(Refusals.NothingTyped);
        }

        var outcome = await Steps.Recover(Login, Code, ct);
        return outcome.Succeeded(out var step, out var refusal) ? Next(step) : Again(refusal);
    }
}
