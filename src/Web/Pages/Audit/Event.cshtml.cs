using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Web.Hosting;

namespace Sekisho.Web.Pages.Audit;

/// <summary>One audit event; whose data it was is opened with a reason only.</summary>
[Requires(Permission.ReadAudit)]
[Audits(AuditKind.AuditRead)]
internal sealed class EventModel(ICurrentActor current, IAuditLog log) : SitePage
{
    public AuditEntry Entry { get; private set; } = null!;

    public DataSubject? Whose { get; private set; }

    public bool MayOpen => Entry.HasSealed && current.Actor.May(Permission.OpenSealed);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct)
    {
        if ((await log.Find(current.Actor, id, ct)).Refused(out var refusal, out var entry))
        {
            return Refused(refusal);
        }

        Entry = entry;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, string? reason, CancellationToken ct)
    {
        if ((await log.Find(current.Actor, id, ct)).Refused(out var refusal, out var entry))
        {
            return Refused(refusal);
        }

        Entry = entry;
        if ((await log.Open(current.Actor, id, reason ?? "", ct)).Refused(out refusal, out var whose))
        {
            return Again(refusal);
        }

        Whose = whose;
        return Page();
    }
}
