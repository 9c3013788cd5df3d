using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>
/// What the versions that fit a card mean for a day. Pure. Invalid may still become Replaced: whether the person has another coverage that day is
/// looked up only then.
/// </summary>
/// <param name="Validity">資格有効性 as far as these versions tell.</param>
/// <param name="Found">The version it rests on.</param>
internal sealed record Finding(Validity Validity, FoundCoverage? Found)
{
    public static Finding Of(IReadOnlyList<FoundCoverage> fitting, DateOnly on)
    {
        if (fitting.Count == 0)
        {
            return new Finding(Validity.NotFound, null);
        }

        // Also when only one of them is covered today: nobody can tell which of them stands at the desk.
        if (fitting.Count > 1 && fitting.DistinctBy(v => v.Row.Person).Count() > 1)
        {
            return new Finding(Validity.Several, null);
        }

        var found = fitting.Where(v => v.Row.Covers(on)).MaxBy(v => v.Row.From)
            ?? fitting.Where(v => v.Row.From <= on).MaxBy(v => v.Row.Until)
            ?? fitting.MinBy(v => v.Row.From)!;

        // 閲覧停止: as if it were not there, whatever it says.
        return found.Row.Stopped ? new Finding(Validity.NotFound, null) : new Finding(found.Row.Covers(on) ? Validity.Valid : Validity.Invalid, found);
    }
}
