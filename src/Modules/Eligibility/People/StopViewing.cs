using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>閲覧停止: the residents' register says otherwise. A new version of what is known, which no answer shows until the insurer has corrected it.</summary>
internal sealed class StopViewing(DbSession session, Coverages coverages, CoverageStore store, RegistryKeys keys, Audit audit, TimeProvider time)
{
    public async ValueTask<Outcome<int>> Run(Actor by, CardKeys card, string reason, CancellationToken ct)
    {
        if (DecideMatch.Fault(by, reason) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if ((await coverages.Person(card, default, ct)).Refused(out var unknown, out var found))
        {
            await session.Rollback();
            return unknown;
        }

        var at = time.Now();
        var rows = (await coverages.OfPerson(found.Person, null, ct)).Where(r => r.Insurer == found.Insurer && !r.Stopped).ToList();
        await store.Close(rows, at, ct);
        await store.Add([.. rows.Select(r => Stopped(r, at))], ct);
        foreach (var row in rows)
        {
            await audit.Record(
                new AuditEvent(AuditKind.ViewingStopped, "entry:" + Convert.ToHexStringLower(row.Entry), "stopped")
                {
                    By = by,
                    Whose = Disclosure.Subject(coverages.Open(row).Coverage),
                    Reason = reason.Trim(),
                },
                ct);
        }

        await session.Commit(ct);
        return rows.Count;
    }

    private CoverageRow Stopped(CoverageRow row, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        return row with { Id = id, KnownFrom = at, Stopped = true, Sealed = keys.Seal(keys.Open(row.Sealed, row.Id), id) };
    }
}
