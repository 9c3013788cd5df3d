using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>
/// 紛失の届出: from its commit on no certificate of the person answers anywhere, and none of those can be registered again by whoever holds it. The centre finds
/// anybody, also under 閲覧停止; an insurer only whom it registered itself, and learns nothing of whether there was a card.
/// </summary>
internal sealed class LoseCards(DbSession session, Coverages coverages, Cards cards, Audit audit) : ILostCards
{
    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapQuestion<ILostCards, LostCardNotice, LostCardNoted>("/eligibility/cards/losses", (lost, by, notice, ct) => lost.Note(by, notice, ct))
        .WithSummary("カードの紛失の届出、または届出の取消")
        .Requires(Permission.ManageCards, Permission.RegisterCoverage)
        .Audits(AuditKind.CardsLost);

    public async ValueTask<Outcome<LostCardNoted>> Note(Actor by, LostCardNotice notice, CancellationToken ct)
    {
        if (Fault(by, notice) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        var rows = await Rows(by, notice.Card, ct);
        if (rows.DistinctBy(r => r.Person).Count() != 1)
        {
            await session.Rollback();
            return rows.Count == 0 ? Refusals.NobodyFound : Refusals.SeveralFound;
        }

        var count = notice.Found ? await cards.Allow(rows[0].Person, ct) : await cards.Lose(rows[0].Person, ct);
        await audit.Record(
            new AuditEvent(AuditKind.CardsLost, notice.Found ? "found" : "lost", count.ToString(CultureInfo.InvariantCulture))
            {
                By = by,
                Whose = Disclosure.Subject(coverages.Open(rows[0]).Coverage),
                Reason = notice.Reason.Trim(),
            },
            ct);
        await session.Commit(ct);
        return new LostCardNoted(notice.Found);
    }

    private async ValueTask<List<CoverageRow>> Rows(Actor by, CardKeys card, CancellationToken ct) => by.May(Permission.ManageCards)
        ? [.. (await coverages.ByCard(card, default, null, ct)).Select(f => f.Row).Where(r => coverages.Fits(r, card))]
        : [.. (await coverages.OfCard(by.Organisation, card, null, ct)).Where(r => r.KnownUntil is null)];

    private static Refusal? Fault(Actor by, LostCardNotice notice) =>
        !by.May(Permission.ManageCards) && !by.May(Permission.RegisterCoverage) ? Refusals.MayNotEndCards
        : !Audit.IsReason(notice.Reason) ? Refusals.NoReasonToEndCards
        : !Coverages.IsComplete(notice.Card) ? Refusals.KeysIncomplete : null;
}
