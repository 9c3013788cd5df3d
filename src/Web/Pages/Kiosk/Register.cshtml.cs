using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>What the kiosk shows about a card that is not registered.</summary>
internal enum RegisterScreen
{
    Offer,
    Form,
    Signing,
    Over,
}

/// <summary>
/// 利用登録 at the kiosk: who put down a card that nobody registered types whose it is. What is typed is in the form, and sealed at the centre while the card signs; a
/// screen left alone forgets it. Nothing that is registered is ever shown here, nor which part of it did not fit.
/// </summary>
[OpenToAll("受付機の画面。開いた受付機の鍵（Cookie）のある端末だけが、そこに置かれたカードの利用登録に、本人が入力したものを添えられる。登録されている情報は示さない。")]
[NotAudited("登録されている情報を示さない。入力したものによる登録と、一致しなかったことは、利用登録として監査に残る。")]
internal sealed class RegisterModel(IKiosks kiosks) : KioskPage(kiosks)
{
    private readonly IKiosks _kiosks = kiosks;

    [BindProperty]
    public RegisterForm Form { get; set; } = new();

    public RegisterScreen Screen { get; private set; }

    /// <summary>What is wrong with what was typed.</summary>
    public KioskText? Problem { get; private set; }

    public override string Mark => "厳秘";

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Elsewhere(ct) ?? Shown(Turn!.Registration!.IsSigning ? RegisterScreen.Signing : RegisterScreen.Offer);

    /// <summary>The time is over, without a script.</summary>
    public Task<IActionResult> OnGetOver(Guid inquiry, CancellationToken ct)
    {
        Inquiry = inquiry;
        return OnPostLeave(ct);
    }

    /// <summary>To the form.</summary>
    public async Task<IActionResult> OnPost(CancellationToken ct) => await Mine(ct) ?? Shown(RegisterScreen.Form);

    /// <summary>What was typed.</summary>
    public async Task<IActionResult> OnPostSend(CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        if ((await _kiosks.Register(Secret, Certificate, Inquiry, Form.Details(), ct)).Refused(out var refusal, out _))
        {
            Problem = KioskText.RegisterIncomplete;
            return Shown(refusal.Kind == RefusalKind.Invalid ? RegisterScreen.Form : RegisterScreen.Over);
        }

        return Shown(RegisterScreen.Signing);
    }

    /// <summary>The card may have signed: on to the questions, or back to the form with everything that was typed.</summary>
    public async Task<IActionResult> OnPostSigned(CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var registration = Turn!.Registration!;
        Problem = registration.Failed ? KioskText.RegisterFailed : null;
        return Shown(registration.IsSigning ? RegisterScreen.Signing : RegisterScreen.Form);
    }

    /// <summary>The person does not register.</summary>
    public async Task<IActionResult> OnPostLeave(CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        await _kiosks.Decline(Secret, Certificate, Inquiry, ct);
        return Shown(RegisterScreen.Over);
    }

    /// <summary>Null while somebody is there whose card is not registered.</summary>
    private async Task<IActionResult?> Elsewhere(CancellationToken ct) =>
        await IsOpen(ct) && Turn is { Registration: not null } ? null : new RedirectResult($"/kiosk?lang={Speaks.Code}");

    /// <summary>Null when the form belongs to who is there now, and their card is not registered yet.</summary>
    private async Task<IActionResult?> Mine(CancellationToken ct) =>
        !await IsOpen(ct) || (Turn is { Registration: null } turn && turn.Inquiry == Inquiry) ? new RedirectResult($"/kiosk?lang={Speaks.Code}")
        : Turn?.Inquiry == Inquiry ? null
        : Shown(RegisterScreen.Over);

    private PageResult Shown(RegisterScreen screen)
    {
        Screen = screen;
        return Decided();
    }
}
