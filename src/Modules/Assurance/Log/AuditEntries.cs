using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Contracts.Exchange;
using Sekisho.Contracts.Identity;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>Rows as an auditor reads them: with names and positions. Scoped.</summary>
internal sealed class AuditEntries(ILedgerProofs ledger, IDirectory directory)
{
    public async ValueTask<IReadOnlyList<AuditEntry>> Of(IReadOnlyList<AuditRow> rows, CancellationToken ct)
    {
        var places = (await ledger.Places([.. rows.Select(r => r.Id)], ct)).ToDictionary(p => p.Id, p => p.Position);
        var names = new Dictionary<Guid, string>();
        foreach (var id in rows.Select(r => r.Organisation).OfType<Guid>().Distinct())
        {
            names[id] = (await directory.Organisation(new OrganisationId(id), ct)).Succeeded(out var organisation, out _) ? organisation.Name : "";
        }

        foreach (var (person, name) in await directory.NamesOf([.. rows.Select(r => r.Person).OfType<Guid>().Distinct().Select(id => new PersonId(id))], ct))
        {
            names[person.Value] = name;
        }

        string Name(Guid? id) => id is { } known ? names.GetValueOrDefault(known, "") : "";
        return
        [
            .. rows.Select(r => new AuditEntry(
                r.Id, r.At, r.Kind, r.Organisation, Name(r.Organisation), r.Person, Name(r.Person), [.. AuditRow.Words(r.Governance), .. AuditRow.Words(r.Business)],
                r.Device, r.Session, r.Subject, r.Result, r.Reason, r.Whose is not null, r.Sealed is not null, r.Correlation,
                places.TryGetValue(r.Id, out var position) ? position : null, r.Expired)),
        ];
    }
}
