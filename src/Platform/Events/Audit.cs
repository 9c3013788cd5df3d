using System.Diagnostics;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Platform.Events;

/// <summary>
/// Writes audit events in the current transaction; each is also a leaf of the ledger. Subjects are identifiers (受付番号, transmission id, organisation
/// id), never names, 記号・番号 or clinical content. Scoped.
/// </summary>
public sealed class Audit(DbSession session, ILedger ledger, ICurrentActor current, TimeProvider time)
{
    /// <summary>Records by the current actor (nobody, when nobody is known, e.g. a worker or a failed sign-in).</summary>
    public ValueTask Record(AuditKind kind, string subject, string result, CancellationToken ct) =>
        Record(current.IsKnown ? current.Actor : null, kind, subject, result, ct);

    /// <summary>Records by <paramref name="by"/>.</summary>
    public async ValueTask Record(Actor? by, AuditKind kind, string subject, string result, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        var at = time.Now();
        var correlation = Activity.Current?.TraceId.ToString() ?? "";
        var leaf = JsonSerializer.SerializeToUtf8Bytes(new
        {
            id,
            at = Instants.ToMicroseconds(at),
            kind = kind.ToString(),
            organisation = by?.Organisation.Value,
            person = by?.Person?.Value,
            device = by?.Device?.Value,
            subject,
            result,
            correlation,
        });
        await session.Defer(
            $"""
            INSERT INTO {session.Prefix("platform")}audit (id, at, kind, organisation, person, device, subject, result, correlation, leaf)
            VALUES (@id, @at, @kind, @organisation, @person, @device, @subject, @result, @correlation, @leaf)
            """,
            ct,
            ("id", id),
            ("at", at),
            ("kind", kind),
            ("organisation", by?.Organisation.Value),
            ("person", by?.Person?.Value),
            ("device", by?.Device?.Value),
            ("subject", subject),
            ("result", result),
            ("correlation", correlation),
            ("leaf", leaf));
        await ledger.Append(id, "audit", leaf, ct);
    }
}
