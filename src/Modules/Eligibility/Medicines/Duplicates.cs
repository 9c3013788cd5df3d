using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>
/// 重複の可能性: medicines with the same first seven characters of 薬価基準収載医薬品コード (without one: the same code) from different institutions whose days overlap.
/// 内服 is for as many days as it was given for, everything else for the day itself. Says nothing about dose, strength, or whether both are needed. Pure.
/// </summary>
internal static class Duplicates
{
    /// <summary>At most one hint for an ingredient: its last overlap. Newest first. Institutions must not be withheld yet.</summary>
    public static IReadOnlyList<DuplicateHint> Find(IEnumerable<GivenDrug> drugs) =>
    [
        .. drugs.Where(d => d.Day is not null && d.Place.Code.Length > 0)
            .GroupBy(d => d.Ingredient.Length > 0 ? d.Ingredient : d.Code, StringComparer.Ordinal)
            .Select(Hint).OfType<DuplicateHint>().OrderByDescending(h => h.Until).ThenBy(h => h.Name, StringComparer.Ordinal),
    ];

    private static DuplicateHint? Hint(IEnumerable<GivenDrug> same)
    {
        // In the order of their days, each needs comparing only with what is still taken of the other institutions.
        var lasting = new Dictionary<string, GivenDrug>(StringComparer.Ordinal);
        (GivenDrug One, GivenDrug Other)? last = null;
        foreach (var drug in same.OrderBy(d => d.Day).ThenBy(d => d.LastDay))
        {
            var other = lasting.Values.Where(d => d.Place.Code != drug.Place.Code && d.LastDay >= drug.Day).MaxBy(d => d.LastDay);
            if (other is not null && (last is not { } before || End(other, drug) >= End(before.One, before.Other)))
            {
                last = (other, drug);
            }

            if (lasting.GetValueOrDefault(drug.Place.Code)?.LastDay is not { } until || drug.LastDay >= until)
            {
                lasting[drug.Place.Code] = drug;
            }
        }

        return last is not var (one, two) ? null : new DuplicateHint(Name(one, two), two.Day!.Value, End(one, two), [one, two]);
    }

    private static DateOnly End(GivenDrug one, GivenDrug other) => one.LastDay < other.LastDay ? one.LastDay!.Value : other.LastDay!.Value;

    private static string Name(GivenDrug one, GivenDrug other) =>
        new[] { one.GenericName, other.GenericName, one.Name, other.Name }.FirstOrDefault(n => n.Length > 0) ?? $"医薬品コード {one.Code}";
}
