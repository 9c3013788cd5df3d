using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Welfare;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Responsibility;

/// <summary>Who was responsible on each day: the history of the card's person over all insurers, as known then.</summary>
internal sealed class ReadResponsible(DbSession session, Coverages coverages) : IEligibility
{
    public ValueTask<IReadOnlyList<ResponsibleDay>> Responsible(CardKeys card, IReadOnlyList<DateOnly> days, DateTimeOffset? asOf, CancellationToken ct) =>
        session.InReading(() => Read(card, days, asOf, ct), ct);

    private async ValueTask<IReadOnlyList<ResponsibleDay>> Read(CardKeys card, IReadOnlyList<DateOnly> days, DateTimeOffset? asOf, CancellationToken ct)
    {
        var all = await coverages.ByCard(card, default, asOf, ct);
        var fitting = all.Where(f => coverages.Fits(f.Row, card)).ToList();
        var people = (fitting.Count > 0 ? fitting : all).DistinctBy(f => f.Row.Person).ToList();
        if (people is not [var found])
        {
            return [.. days.Select(d => new ResponsibleDay(d, DayStanding.Unknown, null, null))];
        }

        var cards = all.Select(f => f.Row.Id).ToHashSet();
        var opened = (await coverages.OfPerson(found.Row.Person, asOf, ct)).Where(r => !r.Stopped && days.Any(r.Covers)).Select(r => (Row: r, coverages.Open(r).Coverage));

        // 医療扶助 is no insurance: it pays what an insurance leaves, or alone; a claim is never transferred to it.
        var history = opened.Where(o => o.Coverage.CardKind != Aid.CardKind).ToList();
        return [.. days.Select(day => On(day, [.. history.Where(o => o.Row.Covers(day))], cards))];
    }

    private static ResponsibleDay On(DateOnly day, List<(CoverageRow Row, Coverage Coverage)> covering, HashSet<Guid> cards)
    {
        // Where registrations overlap, the card that was shown is believed.
        var counting = covering.Count > 1 && covering.Where(c => cards.Contains(c.Row.Id)).ToList() is [var shown] ? [shown] : covering;
        return counting is [var (row, coverage)]
            ? new ResponsibleDay(day, DayStanding.Covered, row.Insurer, coverage)
            : new ResponsibleDay(day, counting.Count == 0 ? DayStanding.NotCovered : DayStanding.Several, null, null);
    }
}
