using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>One person, found by what stands on a card.</summary>
/// <param name="Person">Their key; others may be linked to it (<see cref="Coverages.OfPerson"/>).</param>
/// <param name="Row">The version it rests on: the one that covers today, else the last.</param>
/// <param name="Coverage">What it says; without whereabouts for a protected person.</param>
/// <param name="Validity">資格有効性 today: valid or not. Nobody whose viewing is stopped is ever found.</param>
/// <param name="Protected">不開示該当・自己情報提供不可: neither facilities nor whereabouts are shown.</param>
internal sealed record Member(PersonKey Person, CoverageRow Row, Coverage Coverage, Validity Validity, bool Protected);

/// <summary>
/// The person of 保険者番号・記号・番号・枝番 without 生年月日, as 閲覧 requests name them; with 生年月日 where a request has it, as every inquiry is looked up. 閲覧停止
/// looks like 該当資格なし. Scoped.
/// </summary>
internal sealed class MemberOf(DbSession session, Coverages coverages, Disclosure disclosure, SharedProtection shared, IProtectedPersons protection, IBusinessTime business)
{
    /// <summary>In the current transaction, or a reading one of its own; EL-0102, EL-0121, EL-0122.</summary>
    public ValueTask<Outcome<Member>> Find(CardKeys card, CancellationToken ct) => session.InReading(() => Read(card, ct), ct);

    private async ValueTask<Outcome<Member>> Read(CardKeys card, CancellationToken ct)
    {
        var withBirth = card.Birth != default;
        if (withBirth ? !Coverages.IsComplete(card) : !IsMember(card))
        {
            return withBirth ? Refusals.KeysIncomplete : Refusals.MemberIncomplete;
        }

        List<FoundCoverage> fitting = withBirth
            ? [.. (await coverages.ByCard(card, default, null, ct)).Where(f => coverages.Fits(f.Row, card))]
            : [.. (await coverages.ByBranch(card, ct)).Select(r => new FoundCoverage(r, null, IsLinked: true))];
        var finding = Finding.Of(fitting, DateOnly.FromDateTime(business.Now.DateTime));
        if (finding.Found is not { Row: var row } found)
        {
            return finding.Validity == Validity.Several ? Refusals.SeveralFound : Refusals.NobodyFound;
        }

        var coverage = coverages.Open(row).Coverage;
        var shielded = await shared.Of(found, ct) || await protection.IsProtected(Disclosure.Subject(coverage), ct);
        return new Member(row.Person, row, await disclosure.Whereabouts(coverage, shielded, ct), finding.Validity, shielded);
    }

    private static bool IsMember(CardKeys card) =>
        SearchKey.Insurer(card.Insurer).Length > 0 && SearchKey.Number(card.Number).Length > 0
        && (SearchKey.Branch(card.Branch).Length > 0 || !SearchKey.HasSymbol(card.Insurer));
}
