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
        var own = (await directory.Organisation(by.Organisation, ct)).Succeeded(out var organisation, out _)
            ? organisation.Codes.Where(c => c.System == CodeSystem.Institution).Select(c => c.Value).ToList()
            : [];
        return asked.Length == 0 && own.Count == 1 ? own[0] : own.Contains(asked) ? asked : Refusals.NotOwnInstitution;
    }
}
