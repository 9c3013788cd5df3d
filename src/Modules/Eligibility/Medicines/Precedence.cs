using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Medicines;

/// <summary>
/// レセプト (1) before 調剤 (2) before 処方 (3): where several sources tell what one institution prescribed on one day, the first is believed and the others are flagged. The
/// institution is the 処方元 where it is known, else where it was given, and only a 医療機関コード of 医科 or 歯科 tells: a pharmacy's does not say who prescribed. Pure.
/// </summary>
internal static class Precedence
{
    public static IEnumerable<GivenDrug> Flagged(IEnumerable<GivenDrug> drugs)
    {
        var all = drugs.ToList();
        var best = all.Where(IsComparable).GroupBy(Key).ToDictionary(g => g.Key, g => g.Min(d => d.Source));
        return all.Select(d => IsComparable(d) && d.Source != best[Key(d)] ? d with { Superseded = true } : d);
    }

    private static bool IsComparable(GivenDrug drug) => drug.Day is not null && Institution(drug) is [_, _, '1' or '3', ..];

    private static (string, DateOnly?) Key(GivenDrug drug) => (Institution(drug), drug.Day);

    private static string Institution(GivenDrug drug) => drug.PrescribedBy.Length > 0 ? drug.PrescribedBy : drug.Place.Code;
}
