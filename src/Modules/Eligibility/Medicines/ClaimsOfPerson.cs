using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>
/// Which claims are a person's. Nothing is linked when a claim comes in: the coverages as known now decide at every question, so a coverage registered late brings its
/// claims, and what a link between people brought goes with it. Scoped; in the current transaction.
/// </summary>
internal sealed class ClaimsOfPerson(Coverages coverages, GivenStore store)
{
    /// <summary>What was given to the person, under every key confirmed to be theirs.</summary>
    public async ValueTask<IReadOnlyList<(YearMonth Month, Given Given)>> Find(PersonKey person, YearMonth from, YearMonth until, CancellationToken ct)
    {
        var own = (await coverages.OfPerson(person, null, ct)).Where(r => !r.Stopped).ToList();
        var people = own.Select(r => r.Person).ToHashSet();
        var found = new List<(YearMonth, Given)>();
        foreach (var cards in own.Select(Card).GroupBy(c => c with { Branch = "" }))
        {
            var others = (await coverages.ByCard(cards.Key, default, null, ct)).Where(f => !people.Contains(f.Row.Person)).Select(f => Card(f.Row)).ToList();
            foreach (var row in await store.Of([cards.Key], from, until, ct))
            {
                if (cards.Any(c => Fits(row, c)) && !others.Exists(c => Fits(row, c)) && store.Open(row) is var given
                    && GivenItems.Days(given, row.Month).Any(day => own.Exists(r => r.Covers(day))))
                {
                    found.Add((row.Month, given));
                }
            }
        }

        return found;
    }

    // Where either has no 枝番 it may be theirs, and is nobody's as soon as it may be another's, too.
    private bool Fits(GivenRow row, CardKeys card) => row.Branch is null || card.Branch.Length == 0 || store.IsOf(row, card);

    private CardKeys Card(CoverageRow row)
    {
        var coverage = coverages.Open(row).Coverage;
        return new CardKeys { Insurer = coverage.Insurer, Symbol = coverage.Symbol, Number = coverage.Number, Branch = coverage.Branch, Birth = coverage.Birth };
    }
}
