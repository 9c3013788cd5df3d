using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Kiosk;

/// <summary>What the kiosk shows.</summary>
internal enum KioskScreen
{
    Closed,
    Waiting,
    Start,
    Question,
    Check,
    Thanks,
    Over,
}

/// <summary>
/// 受付機: asks whoever stands there, question after question. It knows nothing about who that is; the answers so far are in the form and nowhere else, so that a
/// screen left alone forgets them.
/// </summary>
[OpenToAll("受付機の画面。個人情報を示さず、開いた受付機の鍵（Cookie）のある端末だけが、そこに置かれたカードの照会に答えを添えられる。")]
[NotAudited("個人情報を示さない。選んだ同意は、同意の記録と監査に残る。")]
[Classified(Classification.Public)]
internal sealed class IndexModel(IKiosks kiosks) : KioskPage(kiosks)
{
    private readonly IKiosks _kiosks = kiosks;

    /// <summary>Kinds agreed to so far, and those not, in the order of the questions.</summary>
    [BindProperty]
    public Dictionary<ConsentKind, bool> Answers { get; set; } = [];

    [BindProperty]
    public bool TakeBack { get; set; }

    public KioskScreen Screen { get; private set; }

    public override string Mark => "公開";

    /// <summary>What is asked next.</summary>
    public ConsentKind Next => Turn!.Kinds.First(k => !Answers.ContainsKey(k));

    public async Task<IActionResult> OnGet(CancellationToken ct) =>
        await Look(ct) ?? (Turn is { Registration: not null } ? new RedirectResult($"/kiosk/register?lang={Speaks.Code}") : Shown(Turn is null ? KioskScreen.Waiting : KioskScreen.Start));

    /// <summary>For the script that waits for a card, or for its being taken away: nothing but which turn it is, and whether its card is signing.</summary>
    public async Task<IActionResult> OnGetTurn(CancellationToken ct) =>
        await Look(ct) is null ? new JsonResult(new { inquiry = Turn?.Inquiry, signs = Turn is { Registration.IsSigning: true } }) : NotFound();

    public async Task<IActionResult> OnGetThanks(CancellationToken ct) => await Look(ct) ?? Shown(Turn is null ? KioskScreen.Thanks : KioskScreen.Start);

    /// <summary>The time is over, without a script: ends the turn, and says so.</summary>
    public async Task<IActionResult> OnGetOver(Guid inquiry, CancellationToken ct)
    {
        Inquiry = inquiry;
        return await Leave(ct);
    }

    /// <summary>An answer, or all of them at once; then the next question, or what was chosen.</summary>
    public async Task<IActionResult> OnPost(string? choice, CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        Answers = Answers.Where(a => Turn!.Kinds.Contains(a.Key)).ToDictionary();
        switch (choice)
        {
            case "all" or "none":
                Answers = Turn!.Kinds.ToDictionary(k => k, _ => choice == "all");
                break;
            case "back":
                TakeBack = true;
                Answers = [];
                return Shown(KioskScreen.Check);
            case "yes" or "no" when Answers.Count < Turn!.Kinds.Count:
                Answers[Next] = choice == "yes";
                break;
            default:
                break;
        }

        return Shown(Answers.Count < Turn!.Kinds.Count ? KioskScreen.Question : KioskScreen.Check);
    }

    /// <summary>The second confirmation.</summary>
    public async Task<IActionResult> OnPostSend(CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        // A form without every answer was not confirmed.
        if (!TakeBack && Turn!.Kinds.Any(k => !Answers.ContainsKey(k)))
        {
            return Shown(KioskScreen.Start);
        }

        return (await _kiosks.Answer(Secret, Certificate, Inquiry, TakeBack ? new Dictionary<ConsentKind, bool>() : Answers, TakeBack, ct)).Succeeded(out _, out _)
            ? new RedirectResult($"/kiosk?handler=Thanks&lang={Speaks.Code}")
            : Shown(KioskScreen.Over);
    }

    /// <summary>Ends the turn without agreeing to anything.</summary>
    public Task<IActionResult> OnPostLeave(CancellationToken ct) => Leave(ct);

    private async Task<IActionResult> Leave(CancellationToken ct)
    {
        if (await Mine(ct) is { } elsewhere)
        {
            return elsewhere;
        }

        await _kiosks.Answer(Secret, Certificate, Inquiry, new Dictionary<ConsentKind, bool>(), withdrawAll: false, ct);
        return Shown(KioskScreen.Over);
    }

    /// <summary>Null when the kiosk is open.</summary>
    private async Task<IActionResult?> Look(CancellationToken ct) => await IsOpen(ct) ? null : Shown(KioskScreen.Closed);

    /// <summary>Null when the form belongs to who is there now.</summary>
    private async Task<IActionResult?> Mine(CancellationToken ct) => await Look(ct) ?? (Turn is { Registration: null } turn && turn.Inquiry == Inquiry ? null : Shown(KioskScreen.Over));

    private PageResult Shown(KioskScreen screen)
    {
        Screen = screen;
        return Decided();
    }
}
