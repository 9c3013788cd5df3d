using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Payer;

/// <summary>締切・決定・配信: acts on a whole month, each after its own confirmation.</summary>
[Requires(Permission.ReviewClaims)]
[Audits(AuditKind.ReceptionRead)]
[Classified(Classification.Confidential)]
internal sealed class MonthModel(ICurrentActor current, IClaims claims) : SitePage
{
    public YearMonth Month { get; private set; }

    public string Act { get; private set; } = "";

    /// <summary>The act in words, as a button says it.</summary>
    public string Verb => Act switch { "close" => "締め切る", "decide" => "決定する", _ => "配信する" };

    public string Question => Act switch { "close" => "締め切りますか", "decide" => "決定しますか", _ => "配信しますか" };

    /// <summary>What the act will touch.</summary>
    public IReadOnlyList<Reception> Affected { get; private set; } = [];

    public DeliveryReport? Report { get; private set; }

    public async Task<IActionResult> OnGet(string month, string act, CancellationToken ct) =>
        await Prepare(month, act, ct) ? Page() : Refused(Refusals.NoSuchMonth);

    public async Task<IActionResult> OnPost(string month, string act, CancellationToken ct)
    {
        if (!await Prepare(month, act, ct))
        {
            return Refused(Refusals.NoSuchMonth);
        }

        var back = $"/payer/receptions?month={Month}";
        switch (act)
        {
            case "close":
                return Answer(await claims.Close(current.Actor, Month, ct), "件の受付を締め切りました。", back);
            case "decide":
                return Answer(await claims.Decide(current.Actor, Month, ct), "件の受付を決定しました。", back);
            default:
                return Answer(await claims.Deliver(current.Actor, Month, ct));
        }
    }

    private IActionResult Answer(Outcome<int> outcome, string done, string back)
    {
        if (outcome.Refused(out var refusal, out var count))
        {
            return Again(refusal);
        }

        return count == 0 ? Again(Refusals.NothingToDo) : Done(count + done, back);
    }

    private PageResult Answer(Outcome<DeliveryReport> outcome)
    {
        if (outcome.Refused(out var refusal, out var report))
        {
            return Again(refusal);
        }

        Report = report;
        return Page();
    }

    private async Task<bool> Prepare(string month, string act, CancellationToken ct)
    {
        if (!YearMonth.TryParse(month, out var parsed))
        {
            return false;
        }

        (Month, Act) = (parsed, act);
        Affected = [.. (await claims.Receptions(current.Actor, parsed, ct)).Where(r => Touches(r.State))];
        return true;
    }

    private bool Touches(ReceptionState state) => Act switch
    {
        "close" => state is ReceptionState.Checked or ReceptionState.Confirmed,
        "decide" => state is ReceptionState.Closed or ReceptionState.UnderReview,
        _ => state == ReceptionState.Decided,
    };
}
