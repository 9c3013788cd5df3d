using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>The trail of one person over all organisations, without who worked there. Scoped.</summary>
internal sealed class PersonAccesses(DbSession session, AuditTable table, ISubjectHashes hashes, IProtectedPersons protection, IDirectory directory) : IPersonAccesses
{
    // That somebody searched the log, or that somebody was protected, is no access to the person's data; listed, it would tell the two apart.
    private static readonly string[] _not =
        [nameof(AuditKind.AuditRead), nameof(AuditKind.AuditOpened), nameof(AuditKind.ProtectedRead), nameof(AuditKind.AuditExported), nameof(AuditKind.ProtectionChanged)];

    public async ValueTask<IReadOnlyList<PersonAccess>> Of(IReadOnlyList<DataSubject> identities, DateOnly from, DateOnly until, int most, CancellationToken ct)
    {
        var whose = identities.SelectMany(hashes.All).ToHashSet(StringComparer.Ordinal);
        if (whose.Count == 0)
        {
            return [];
        }

        return await session.InReading<IReadOnlyList<PersonAccess>>(
            async () => (await protection.Among(whose, ct)).Count > 0 ? [] : await Named(await table.About(whose, _not, from, until, most, ct), ct), ct);
    }

    private async ValueTask<IReadOnlyList<PersonAccess>> Named(List<AuditRow> rows, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var id in rows.Select(r => r.Organisation).OfType<Guid>().Distinct())
        {
            names[id] = (await directory.Organisation(new OrganisationId(id), ct)).Succeeded(out var organisation, out _) ? organisation.Name : "";
        }

        return
        [
            // Ids of one millisecond are in no order.
            .. rows.OrderByDescending(r => r.At).Where(r => !r.Expired && Enum.IsDefined(typeof(AuditKind), r.Kind)).Select(r => new PersonAccess(
                r.At,
                Enum.Parse<AuditKind>(r.Kind),
                r.Organisation is { } id ? new OrganisationId(id) : null,
                r.Organisation is { } of ? names[of] : "",
                r.Result.Split(' ')[0])),
        ];
    }
}
