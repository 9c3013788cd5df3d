using System.Collections.Frozen;
using System.Diagnostics;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Platform.Events;

/// <summary>
/// Writes audit events in the current transaction; the ledger gets a leaf that commits to each. Subjects are identifiers (受付番号, transmission id, organisation
/// id), never names, 記号・番号 or clinical content: whose data it was is a keyed hash and a sealed value. Audit time is real time. Scoped.
/// </summary>
public sealed class Audit(DbSession session, ILedger ledger, ICurrentActor current, SubjectKeys keys, TimeProvider time)
{
    /// <summary>The list of kinds, to look one up.</summary>
    internal static readonly FrozenDictionary<AuditKind, AuditKindEntry> Kinds = AuditKinds.All.ToFrozenDictionary(k => k.Kind);

    private const int ShortestReason = 4;

    // The leaf commits to the record's digest.
    private const int RecordFormat = 2;

    private static readonly Dictionary<AuditRetention, int> _years = AuditKinds.Retentions.ToDictionary(r => r.Class, r => r.Years);
    private static readonly RowShape _row = new(
        "platform", "audit",
        ("id", Uuid), ("at", Number), ("kind", Text), ("organisation", Uuid), ("person", Uuid), ("device", Uuid), ("session", Uuid), ("governance", Text),
        ("business", Text), ("subject", Text), ("result", Text), ("reason", Text), ("whose", Text), ("sealed", Bytes), ("sealed_sha256", Text),
        ("correlation", Text), ("salt", Bytes), ("leaf", Bytes), ("format", Number), ("due", Number));

    private string? _correlation;

    /// <summary>Whether a text states why: four characters at least.</summary>
    public static bool IsReason(string? reason) => reason?.Trim().Length >= ShortestReason;

    /// <summary>Records by the current actor (nobody, when nobody is known, e.g. a worker or a failed sign-in).</summary>
    public ValueTask Record(AuditKind kind, string subject, string result, CancellationToken ct) => Record(new AuditEvent(kind, subject, result), ct);

    /// <summary>Records by <paramref name="by"/>.</summary>
    public ValueTask Record(Actor? by, AuditKind kind, string subject, string result, CancellationToken ct) => Write(by, new AuditEvent(kind, subject, result), ct);

    /// <summary>Records an event with all that is known of it.</summary>
    public ValueTask Record(AuditEvent what, CancellationToken ct) => Write(what.By ?? (current.IsKnown ? current.Actor : null), what, ct);

    /// <summary>
    /// Records what stands alone and returns when it is on disk: with the events of others that come at the same time, or, where the caller is writing already, as the
    /// last of what it writes.
    /// </summary>
    public async ValueTask Alone(AuditEvent what, CancellationToken ct)
    {
        if (session.IsOpen)
        {
            await session.Write(ct);
        }
        else
        {
            session.Append();
        }

        await Record(what, ct);
        await session.Commit(ct);
    }

    private async ValueTask Write(Actor? by, AuditEvent what, CancellationToken ct)
    {
        if (what.Reason.Length == 0 && Kinds[what.Kind].Reason)
        {
            throw new InvalidOperationException($"{what.Kind} is not recorded without a reason");
        }

        var at = Instants.FromMicroseconds(Instants.ToMicroseconds(time.Now()));
        var sealedValue = what.Whose is { } whose ? keys.Seal(whose) : null;
        var record = new AuditRecord
        {
            Id = Guid.CreateVersion7(at),
            At = at,
            Kind = what.Kind.ToString(),
            Organisation = by?.Organisation.ToString() ?? "",
            Person = by?.Person?.ToString() ?? "",
            Device = by?.Device?.ToString() ?? "",
            Session = by?.Session?.ToString("D") ?? "",
            Governance = Names(by?.Governance),
            Business = Names(by?.Business),
            Subject = what.Subject,
            Result = what.Result,
            Reason = what.Reason,
            Whose = what.Whose is null ? "" : keys.Of(what.Whose),
            Sealed = sealedValue is null ? "" : SubjectKeys.Digest(sealedValue),
            Correlation = Activity.Current?.TraceId.ToString() ?? (_correlation ??= ActivityTraceId.CreateRandom().ToString()),
            Salt = AuditRecord.NewSalt(),
        };
        var leaf = record.Leaf();
        await session.Add(
            _row,
            ct,
            record.Id,
            at,
            record.Kind,
            by?.Organisation.Value,
            by?.Person?.Value,
            by?.Device?.Value,
            by?.Session,
            string.Join(' ', record.Governance),
            string.Join(' ', record.Business),
            record.Subject,
            record.Result,
            record.Reason,
            what.Whose is null ? null : record.Whose,
            sealedValue,
            record.Sealed,
            record.Correlation,
            record.Salt,
            leaf,
            RecordFormat,
            at.AddYears(_years[Kinds[what.Kind].Retention]));
        await ledger.Append(record.Id, "audit", leaf, ct);
    }

    private static IReadOnlyList<string> Names<T>(IEnumerable<T>? roles)
        where T : struct, Enum => roles is null ? [] : [.. roles.Order().Select(r => r.ToString())];
}
