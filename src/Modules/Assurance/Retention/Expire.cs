using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Assurance.Log;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Assurance.Retention;

/// <summary>
/// Deletes the details of events whose time is over. What stays: id, time, kind, leaf, and with it the position in the ledger, which therefore still verifies.
/// The database itself refuses to do it earlier. Short transactions; where it stopped it goes on. Scoped.
/// </summary>
internal sealed class Expire(DbSession session, Audit audit)
{
    private const int Batch = 500;

    private string Table => session.Prefix("platform") + "audit";

    private string Past => session.Prefix("assurance") + "retention";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/assurance/audit/due", async (IAuditLog log, CancellationToken ct) => Results.Json(await log.Due(ct), SiteJson.Options))
        .Requires(Permission.ReadAudit)
        .Audits(AuditKind.PageRead);

    /// <summary>Everything that is due at <paramref name="now"/>; how many events lost their details. Commits.</summary>
    public async ValueTask<int> Run(DateTimeOffset now, CancellationToken ct)
    {
        var sum = 0;
        foreach (var kind in Enum.GetValues<AuditKind>())
        {
            var done = 0;
            for (int some; (some = await Turn(kind, now, ct)) > 0; done += some)
            {
            }

            if (done > 0)
            {
                await audit.Alone(new AuditEvent(AuditKind.AuditExpired, kind.ToString(), string.Create(CultureInfo.InvariantCulture, $"{done} until {now:yyyy-MM-dd}")), ct);
            }

            sum += done;
        }

        return sum;
    }

    public async ValueTask<IReadOnlyList<AuditDue>> Due(DateTimeOffset now, CancellationToken ct)
    {
        await session.Read(ct);
        var due = new List<AuditDue>();
        foreach (var entry in AuditKinds.All)
        {
            var years = AuditKinds.Retentions.First(r => r.Class == entry.Retention).Years;
            var next = await Next(entry.Kind, 1, long.MaxValue, ct) is [var first] ? Instants.FromMicroseconds(first.Due) : (DateTimeOffset?)null;
            due.Add(new AuditDue(entry.Kind, years, next, next < now));
        }

        await session.Rollback();
        return due;
    }

    private async ValueTask<int> Turn(AuditKind kind, DateTimeOffset now, CancellationToken ct)
    {
        await session.Write(ct);
        var rows = await Next(kind, Batch, Instants.ToMicroseconds(now), ct);
        foreach (var (id, _) in rows)
        {
            await session.Execute(
                $"""
                UPDATE {Table} SET organisation = NULL, person = NULL, device = NULL, session = NULL, governance = '', business = '', subject = '', result = '',
                    reason = '', whose = NULL, sealed = NULL, sealed_sha256 = '', correlation = '', salt = NULL, due = NULL, expired = @now
                WHERE id = @id
                """,
                ct,
                ("now", now),
                ("id", id));
        }

        if (rows.Count == 0)
        {
            await session.Rollback();
            return 0;
        }

        await session.Execute(
            $"INSERT INTO {Past} (kind, past) VALUES (@kind, @past) ON CONFLICT (kind) DO UPDATE SET past = excluded.past", ct, ("kind", kind), ("past", rows[^1].Id));
        await session.Commit(ct);
        return rows.Count;
    }

    /// <summary>The oldest events of a kind that still have their details, when they are due.</summary>
    private async ValueTask<List<(Guid Id, long Due)>> Next(AuditKind kind, int limit, long until, CancellationToken ct)
    {
        var past = await session.Query($"SELECT past FROM {Past} WHERE kind = @kind", r => r.GetGuid(0), ct, ("kind", kind));
        var rows = await session.Query(
            $"SELECT id, due FROM {Table} WHERE kind = @kind AND id > @past AND due IS NOT NULL ORDER BY id LIMIT {limit}",
            r => (Id: r.GetGuid(0), Due: r.GetInt64(1)),
            ct,
            ("kind", kind),
            ("past", past is [var one] ? one : Guid.Empty));
        return [.. rows.TakeWhile(r => r.Due <= until)];
    }
}
