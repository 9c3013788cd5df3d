using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>紛失の届出: ends 利用登録 of a person's cards on their notice. Shows nothing about the person.</summary>
[Requires(Permission.ManageCards, Permission.RegisterCoverage)]
[NotAudited("開いただけでは本人の情報を示さない。届出は、本人・理由とともに CardsLost として記録する。")]
internal sealed class LostCardsModel(ICurrentActor current, ILostCards lost) : SitePage
{
    [BindProperty]
    public LookUpForm Card { get; set; } = new();

    [BindProperty]
    public string? Reason { get; set; }

    /// <summary>True for those of everybody.</summary>
    public bool IsCentre => current.Actor.May(Permission.ManageCards);

    public IActionResult OnGet() => Page();

    public Task<IActionResult> OnPost(CancellationToken ct) => Note(found: false, ct);

    public Task<IActionResult> OnPostFound(CancellationToken ct) => Note(found: true, ct);

    private async Task<IActionResult> Note(bool found, CancellationToken ct)
    {
        var notice = new LostCardNotice { Card = Card.ToCard(), Reason = Reason ?? "", Found = found };
        return (await lost.Note(current.Actor, notice, ct)).Refused(out var refusal, out _) ? Again(refusal)
            : Done(
                found ? "紛失の届出を取り消しました。本人は、カードをもう一度登録できます。" : "この人のカードの利用登録をすべて終わりにしました。いまから、どの窓口でも使えません。",
                "/eligibility/cards");
    }
}
