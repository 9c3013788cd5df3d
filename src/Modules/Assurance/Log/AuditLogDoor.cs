using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Modules.Assurance.Export;
using Sekisho.Modules.Assurance.Retention;
using Sekisho.Wire;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>What others may ask of the log; each answer is its use case's. Scoped.</summary>
internal sealed class AuditLogDoor(SearchAudit search, ReadEvent read, ExportAudit export, Expire expire, TimeProvider time) : IAuditLog
{
    public ValueTask<Outcome<AuditPage>> Search(Actor by, AuditQuery query, CancellationToken ct) => search.Run(by, query, ct);

    public ValueTask<Outcome<AuditEntry>> Find(Actor by, Guid id, CancellationToken ct) => read.Find(by, id, ct);

    public ValueTask<Outcome<DataSubject>> Open(Actor by, Guid id, string reason, CancellationToken ct) => read.Open(by, id, reason, ct);

    public ValueTask<Outcome<AuditExport>> Export(Actor by, AuditQuery query, CancellationToken ct) => export.Run(by, query, ct);

    public ValueTask<Outcome<LogProof>> Proof(Actor by, Guid id, CancellationToken ct) => read.Proof(by, id, ct);

    public ValueTask<IReadOnlyList<AuditDue>> Due(CancellationToken ct) => expire.Due(time.GetUtcNow(), ct);
}
