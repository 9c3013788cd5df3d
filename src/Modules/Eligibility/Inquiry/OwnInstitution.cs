using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Inquiry;

/// <summary>医療機関コード a facility asks under. Scoped.</summary>
internal sealed class OwnInstitution(IDirectory directory)
{
    /// <summary>The one named, or the only one where none is; EL-0401 when it is not the organisation's.</summary>
    public async ValueTask<Outcome<string>> Of(Actor by, string asked, CancellationToken ct)
    {
        var own = await Codes(by.Organisation, ct);
        return asked.Length == 0 && own.Count == 1 ? own.Single() : own.Contains(asked) ? asked : Refusals.NotOwnInstitution;
    }

    /// <summary>All of them; none of an organisation that is not known.</summary>
    public async ValueTask<IReadOnlySet<string>> Codes(OrganisationId facility, CancellationToken ct) =>
        (await directory.Organisation(facility, ct)).Succeeded(out var organisation, out _)
            ? organisation.Codes.Where(c => c.System == CodeSystem.Institution).Select(c => c.Value).ToHashSet(StringComparer.Ordinal)
            : [];
}
