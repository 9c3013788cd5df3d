using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Clock;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>An operator's decision about what could not be checked in time: opening takes two people, rejecting one; both a reason. Scoped.</summary>
internal sealed class Decide(
    DbSession session,
    QuarantineTable table,
    Opening opening,
    ScannerState scanner,
    ReceptionClock clock,
    ScannerOptions options,
    Audit audit,
    TimeProvider time) : IQuarantine
{
    private const int LongestReason = 500;

    public ScannerCondition Scanner => scanner.Condition;

    public ClockCondition Clock => clock.Condition;

    public async ValueTask<(ScannerCondition Scanner, ClockCondition Clock)> Look(CancellationToken ct)
    {
        await scanner.Ask(ct);
        clock.Look();
        return (scanner.Condition, clock.Condition);
    }

    public async ValueTask<IReadOnlyList<QuarantineItem>> Held(OrganisationId? sender, CancellationToken ct)
    {
        await session.Read(ct);
        var rows = await table.Held(sender, ct);
        await session.Rollback();
        return [.. rows.Select(Item)];
    }

    public async ValueTask<Outcome<QuarantineItem>> Open(TransmissionId id, Decider by, string reason, CancellationToken ct)
    {
        reason = reason.Trim();
        await session.Write(ct);
        if (Judge(await table.Find(id, ct), reason).Refused(out var refusal, out var row))
        {
            return await No(refusal);
        }

        if (row.State == QuarantineState.Infected)
        {
            return await No(Refusals.InfectedStaysClosed);
        }

        if (row.ProposedBy == by.Name)
        {
            return await No(Refusals.SecondPersonNeeded);
        }

        if (row.ProposedBy.Length == 0)
        {
            await table.Propose(id, by.Name, reason, time.Now(), ct);
            await audit.Record(by.Actor, AuditKind.ContentDecided, id.ToString(), $"open proposed by {by.Name}: {reason}", ct);
        }
        else
        {
            await opening.End(row, QuarantineState.Opened, by.Name, null, ct);
            await audit.Record(by.Actor, AuditKind.ContentDecided, id.ToString(), $"opened unscanned by {row.ProposedBy} and {by.Name}: {reason}", ct);
        }

        return await Done(id, ct);
    }

    public async ValueTask<Outcome<QuarantineItem>> Reject(TransmissionId id, Decider by, string reason, CancellationToken ct)
    {
        reason = reason.Trim();
        await session.Read(ct);
        var found = await table.Find(id, ct);
        await session.Rollback();
        if (Judge(found, reason).Refused(out var refusal, out var row))
        {
            return refusal;
        }

        // The sender of an infected content was told when it was found: the same delivery is not made twice.
        await opening.Tell(
            row.Id,
            row.Sender,
            row.Number,
            $"センターの判断により、この内容は開封しません（理由: {reason}）。",
            "必要な場合は、新しい伝送として送信してください。不明な点はセンターに連絡してください。",
            ct);
        await session.Write(ct);
        if (!await opening.End(row, QuarantineState.Rejected, by.Name, reason, ct))
        {
            return await No(Refusals.NotInQuarantine);
        }

        await audit.Record(by.Actor, AuditKind.ContentDecided, id.ToString(), $"rejected by {by.Name}: {reason}", ct);
        return await Done(id, ct);
    }

    private Outcome<QuarantineRow> Judge(QuarantineRow? row, string reason)
    {
        if (row is null || row.State is QuarantineState.Opened or QuarantineState.Rejected)
        {
            return Refusals.NotInQuarantine;
        }

        if (reason.Length is 0 or > LongestReason)
        {
            return Refusals.NoReason;
        }

        return MayDecide(row)
            ? row
            : Refusals.TooEarly with { Text = $"検査を待つ時間（{options.Limit.TotalHours:0.#}時間）がまだ過ぎていません。" };
    }

    private bool MayDecide(QuarantineRow row) =>
        row.State == QuarantineState.Infected || row.Scan == ScanState.Unscannable || time.GetUtcNow() - row.Since >= options.Limit;

    private async ValueTask<Refusal> No(Refusal refusal)
    {
        await session.Rollback();
        return refusal;
    }

    private async ValueTask<QuarantineItem> Done(TransmissionId id, CancellationToken ct)
    {
        var row = await table.Find(id, ct);
        await session.Commit(ct);
        return Item(row!);
    }

    private QuarantineItem Item(QuarantineRow row) => new(
        row.Id,
        row.Number,
        row.Sender,
        row.State,
        row.Scan,
        row.ClockHeld,
        row.Since,
        row.Length,
        row.Detail,
        row.State is QuarantineState.Waiting or QuarantineState.Infected && MayDecide(row),
        row.ProposedBy,
        row.Reason,
        row.DecidedBy);
}
