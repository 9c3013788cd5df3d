using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>Whom a 健診結果 names, among an insurer's own people: 保険者番号・記号・番号・枝番 and 生年月日. In the current transaction. Scoped.</summary>
internal sealed class CheckupPeople(Coverages coverages)
{
    /// <summary>The versions known now of the one person; EL-0632 to EL-0634.</summary>
    public async ValueTask<Outcome<IReadOnlyList<CoverageRow>>> Find(OrganisationId insurer, CardKeys card, CancellationToken ct)
    {
        List<CoverageRow> members = [.. (await coverages.ByBranch(card, ct)).Where(r => r.Insurer == insurer)];
        List<CoverageRow> fitting = card.Birth == default
            ? members
            : [.. (await coverages.ByCard(card, default, null, ct)).Select(f => f.Row).Where(r => r.Insurer == insurer && coverages.Fits(r, card))];
        return fitting.DistinctBy(r => r.Person).Count() switch
        {
            1 => fitting,
            0 => members.Count > 0 ? CheckupFaults.OtherBirth : CheckupFaults.Unknown,
            _ => CheckupFaults.Several,
        };
    }

    /// <summary>What does not fit, though it is the person by the numbers: 氏名, and 資格 on the day.</summary>
    public IEnumerable<Refusal> Doubts(IReadOnlyList<CoverageRow> versions, string name, DateOnly day)
    {
        if (!versions.Select(v => coverages.Open(v).Coverage).Any(c => IsName(c, name)))
        {
            yield return CheckupFaults.OtherName;
        }

        if (!versions.Any(v => v.Covers(day)))
        {
            yield return CheckupFaults.NotCovered;
        }
    }

    // The format wants 氏名 in kana; some write it as on the card.
    private static bool IsName(Coverage coverage, string name) =>
        new[] { coverage.Kana, coverage.OtherKana }.Any(k => k.Length > 0 && TextFold.Kana(k) == TextFold.Kana(name))
        || new[] { coverage.Name, coverage.OtherName }.Any(n => NameMatch.Compare(n, name) != NameAgreement.不一致);
}
