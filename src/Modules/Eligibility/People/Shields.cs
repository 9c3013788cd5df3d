using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>Wakes <see cref="ShieldWorker"/> after a commit; polling is the safety net.</summary>
internal sealed class ShieldSignal : WorkSignal;

/// <summary>
/// 不開示該当・自己情報提供不可 as insurers register them, told to the site's list of protected persons, so that the access log is shut as well. What an answer shows
/// obeys the flag at once; the list is told right after the commit, and again after a crash. Scoped.
/// </summary>
internal sealed class Shields(DbSession session, Coverages coverages, IProtectedPersons protection, ShieldSignal signal)
{
    private const string Reason = "保険者の登録（不開示該当・自己情報提供不可）";

    private string Prefix => session.Prefix("eligibility");

    /// <summary>In the transaction that registers: who is to be protected from now on, or not any more.</summary>
    public async ValueTask Want(IReadOnlyList<CoverageRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await session.Defer(
                $"""
                INSERT INTO {Prefix}shield (entry, version, wanted, settled) VALUES (@entry, @version, @wanted, 0)
                ON CONFLICT (entry) DO UPDATE SET version = excluded.version, wanted = excluded.wanted, settled = 0
                """,
                ct,
                ("entry", row.Entry),
                ("version", row.Id),
                ("wanted", row.Shielded));
        }

        if (rows.Count > 0)
        {
            session.AfterCommit(signal.Set);
        }
    }

    /// <summary>Tells the list of the one that has waited; false when none has. The list commits by itself: told twice it protects twice, never not at all.</summary>
    public async ValueTask<bool> SettleOne(CancellationToken ct)
    {
        await session.Read(ct);
        var waiting = (await session.Query(
            $"SELECT entry, version, wanted, protection FROM {Prefix}shield WHERE settled = 0 LIMIT 1",
            r => (Entry: (byte[])r.GetValue(0), Version: r.GetGuid(1), Wanted: r.GetInt32(2) != 0, Protection: r.IsDBNull(3) ? (Guid?)null : r.GetGuid(3)),
            ct)).FirstOrDefault();
        var row = waiting.Entry is null ? null : await coverages.Version(waiting.Version, ct);
        await session.Rollback();
        if (waiting.Entry is null)
        {
            return false;
        }

        Guid? made = null;
        if (waiting.Wanted && row is not null)
        {
            // The new one first: between the two nobody is unprotected.
            made = (await protection.Protect(By(row), Disclosure.Subject(coverages.Open(row).Coverage), ProtectionGround.NonDisclosure, Reason, ct)).Value.Id;
        }

        if (waiting.Protection is { } before && row is not null)
        {
            await protection.End(By(row), before, Reason, ct);
        }

        await session.Write(ct);
        await session.Execute(
            $"UPDATE {Prefix}shield SET protection = @protection, settled = CASE WHEN version = @version AND wanted = @wanted THEN 1 ELSE 0 END WHERE entry = @entry",
            ct,
            ("protection", made),
            ("version", waiting.Version),
            ("wanted", waiting.Wanted),
            ("entry", waiting.Entry));
        await session.Commit(ct);
        return true;
    }

    private static Actor By(CoverageRow row) => new(row.Insurer, "", null, null, "", new HashSet<Permission>());
}
