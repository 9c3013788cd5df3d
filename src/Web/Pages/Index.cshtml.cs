using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages;

[OpenToMembers("組織の種別ごとの入口。")]
[Audits(AuditKind.PageRead)]
[Classified(Classification.Confidential)]
internal sealed class IndexModel(ICurrentActor current, IClaims claims, IClaimChecks checks, IExchange exchange) : SitePage
{
    private const int Shown = 5;

    public ClaimsDesk? Desk { get; private set; }

    /// <summary>What waits for a decision, with how many findings of each class.</summary>
    public IReadOnlyList<(Reception Reception, IReadOnlyDictionary<Severity, int> Counts)> Attention { get; private set; } = [];

    public int MoreAttention { get; private set; }

    public IReadOnlyList<Transmission> Acknowledged { get; private set; } = [];

    public bool MaySend => current.Actor.May(Permission.SendTransmissions);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        var actor = current.Actor;
        if (!actor.May(Permission.ReadReceptions))
        {
            return actor.May(Permission.ReadSubmissions) ? Redirect("/payer/receptions")
                : actor.May(Permission.ReceiveTransmissions) ? Redirect("/inbox")
                : actor.May(Permission.InquireEligibility) ? Redirect("/eligibility")
                : Page();
        }

        Desk = await claims.Desk(actor, ct);
        var attention = new List<(Reception, IReadOnlyDictionary<Severity, int>)>();
        foreach (var reception in Desk.Attention.Take(Shown))
        {
            var counts = (await checks.Result(actor, reception.Number, new ResultQuery(), ct)).Succeeded(out var result, out _)
                ? result.Rules.GroupBy(r => r.Rule.Severity).ToDictionary(g => g.Key, g => g.Sum(r => r.Times))
                : [];
            attention.Add((reception, counts));
        }

        Attention = attention;
        MoreAttention = Math.Max(0, Desk.Attention.Count - Shown);
        Acknowledged = [.. (await exchange.Sent(actor.Organisation, ct)).Take(Shown)];
        return Page();
    }
}
