using Sekisho.Contracts.Eligibility;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>What a line of the report has to say. Pure. What the facility does not keep is nothing that changed.</summary>
internal static class NightMarks
{
    public static IReadOnlyList<NightMark> Of(DeskVisit visit) => visit.Answer?.Answer.Validity switch
    {
        null => [NightMark.NotAsked],
        Validity.Replaced => [NightMark.Replaced],
        Validity.Invalid => [NightMark.Lost],
        Validity.NotFound => [NightMark.NotFound],
        Validity.Several => [NightMark.Several],
        _ => [.. visit.Differences.Where(d => d.Ours.Length > 0).Select(Of).Distinct().Order()],
    };

    private static NightMark Of(FieldDifference difference) => difference switch
    {
        { Field: Differences.RatioField } => NightMark.Ratio,
        { Field: Differences.BranchField } => NightMark.Branch,
        { Field: Differences.NameField, MayAdopt: false } => NightMark.Masked,
        _ => NightMark.Other,
    };
}
