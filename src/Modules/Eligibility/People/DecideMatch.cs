using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>
/// People decide that two keys are one person, or two, and take it back. Nothing is moved: what follows from a link is derived whenever it is asked for, so that it
/// ends with the link; who keeps something derived hears of both.
/// </summary>
internal sealed class DecideMatch(DbSession session, Links links, Coverages coverages, Outbox outbox, Audit audit, TimeProvider time)
{
    public static Refusal? Fault(Actor by, string reason) =>
        !by.May(Permission.ManageRegistered) || by.Person is null ? Refusals.NotOffice : !Audit.IsReason(reason) ? Refusals.ReasonMissing : null;

    public async ValueTask<Outcome<Guid>> Run(Actor by, Guid one, Guid other, bool same, string reason, CancellationToken ct)
    {
        if (Fault(by, reason) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if (await links.Version(one, ct) is not { } first || await links.Version(other, ct) is not { } second || first.Person == second.Person)
        {
            await session.Rollback();
            return Refusals.NotAPair;
        }

        if ((await links.Of(first.Person, ct)).Exists(l => l.One == second.Person || l.Other == second.Person))
        {
            await session.Rollback();
            return Refusals.AlreadyDecided;
        }

        var at = time.Now();
        var link = new Link(Guid.CreateVersion7(at), first.Person, second.Person, same, at);
        await links.Add(link, ct);
        if (same)
        {
            await outbox.Publish(new PersonsLinked(link.Id, link.One, link.Other), link.Id.ToString("D"), ct);
        }

        await Record(by, link, first, second, same ? "linked" : "two people", reason, ct);
        await session.Commit(ct);
        return link.Id;
    }

    public async ValueTask<Outcome<Guid>> Undo(Actor by, Guid id, string reason, CancellationToken ct)
    {
        if (Fault(by, reason) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if (await links.Find(id, ct) is not { } link)
        {
            await session.Rollback();
            return Refusals.NoDecision;
        }

        await links.End(link, time.Now(), ct);
        if (link.Same)
        {
            await outbox.Publish(new PersonsUnlinked(link.Id, link.One, link.Other), link.Id.ToString("D"), ct);
        }

        await Record(by, link, await links.Latest(link.One, ct), await links.Latest(link.Other, ct), "undone", reason, ct);
        await session.Commit(ct);
        return link.Id;
    }

    /// <summary>One event for each of the two.</summary>
    private async ValueTask Record(Actor by, Link link, CoverageRow? one, CoverageRow? other, string what, string reason, CancellationToken ct)
    {
        foreach (var row in new[] { one, other })
        {
            var whose = row is null ? null : Disclosure.Subject(coverages.Open(row).Coverage);
            await audit.Record(new AuditEvent(AuditKind.MatchDecided, link.Id.ToString("D"), what) { By = by, Whose = whose, Reason = reason.Trim() }, ct);
        }
    }
}
