using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>
/// One protected coverage shields all that are confirmed to be the same person's: the others, under whatever name, would tell where they are. In the current
/// transaction. Scoped.
/// </summary>
internal sealed class SharedProtection(Coverages coverages, Disclosure disclosure)
{
    /// <summary>By its own insurer's flag, or by whatever protects the person elsewhere. The site's list is asked about it where it is shown.</summary>
    public async ValueTask<bool> Of(FoundCoverage found, CancellationToken ct) =>
        await Of(found, found.IsLinked && !found.Row.Shielded ? await coverages.OfPerson(found.Row.Person, null, ct) : [], ct);

    /// <summary>The same for whoever has read everything of the person already.</summary>
    public async ValueTask<bool> Of(FoundCoverage found, IReadOnlyList<CoverageRow> whole, CancellationToken ct) =>
        found.Row.Shielded || (found.IsLinked && await OfAny(whole, ct));

    public async ValueTask<bool> Of(PersonKey person, CancellationToken ct) => await OfAny(await coverages.OfPerson(person, null, ct), ct);

    /// <summary>By a flag, or by the site's list, of any of them.</summary>
    public async ValueTask<bool> OfAny(IReadOnlyList<CoverageRow> rows, CancellationToken ct)
    {
        if (rows.Any(r => r.Shielded))
        {
            return true;
        }

        foreach (var row in rows)
        {
            if (await disclosure.IsProtected(coverages.Open(row).Coverage, shielded: false, ct))
            {
                return true;
            }
        }

        return false;
    }
}
