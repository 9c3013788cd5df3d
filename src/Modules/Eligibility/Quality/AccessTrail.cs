using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>
/// Who looked at one person, for whoever may show it. Of a protected person there is nothing, and nothing that tells why; what stands under 閲覧停止 may be another's and is
/// left out, but its protection counts. In the current transaction. Scoped.
/// </summary>
internal sealed class AccessTrail(Coverages coverages, SharedProtection shared, IPersonAccesses accesses)
{
    public const int Most = 1000;
    public const int MonthsBack = 3;

    /// <param name="rows">Everything of the person.</param>
    /// <param name="insurer">Whose registrations only; null for all.</param>
    public async ValueTask<IReadOnlyList<PersonAccess>> Of(IReadOnlyList<CoverageRow> rows, OrganisationId? insurer, DateOnly from, DateOnly until, CancellationToken ct) =>
        await shared.OfAny(rows, ct)
            ? []
            : await accesses.Of([.. rows.Where(r => !r.Stopped && (insurer is null || r.Insurer == insurer)).Select(r => Disclosure.Subject(coverages.Open(r).Coverage))], from, until, Most, ct);
}
