using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Identity;

[OpenToAll("サインインの途中でも使う画面。自分のセッションのことしかできない。")]
[NotAudited("画面の表示は記録しない。登録は登録の処理が記録する。")]
[Classified(Classification.StrictlyConfidential)]
internal sealed class TotpModel(ISignIn signIn, IOwnCredentials credentials) : StepPage(signIn)
{
    [BindProperty]
    public string? Code { get; set; }

    public TotpEnrolment Enrolment { get; private set; } = new("", "");

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public bool Enrolling => Status?.Stage == SignInStage.EnrolFactor;

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(null, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var outcome = await credentials.ConfirmTotp(Code ?? "", ct);
        if (outcome.Refused(out var refusal, out var sheet))
        {
            return await Show(refusal, ct);
        }

        await Misplaced(SignInStage.EnrolFactor, ct);
        Codes = sheet.Codes;
        return Page();
    }

    private async Task<IActionResult> Show(Refusal? refusal, CancellationToken ct)
    {
        if ((await credentials.BeginTotp(ct)).Refused(out _, out var enrolment))
        {
            return Redirect("/sign-in");
        }

        Enrolment = enrolment;
        return refusal is null ? Page() : Again(refusal);
    }
}
