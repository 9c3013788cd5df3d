using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Notices;

/// <summary>What an operator must look into, until cause and measure are given; reminded every <see cref="ReminderAfter"/>. Scoped.</summary>
internal sealed class OperatorNotices(DbSession session, NoticeTable table, Audit audit, TimeProvider time) : INotices
{
    public static readonly TimeSpan ReminderAfter = TimeSpan.FromHours(24);
    private const int Longest = 2000;

    public async ValueTask Raise(string kind, string subject, string text, CancellationToken ct)
    {
        if (await table.Raise(kind, subject, text, time.Now(), ct))
        {
            await audit.Record(null, AuditKind.NoticeRaised, subject, kind, ct);
        }
    }

    public async ValueTask<IReadOnlyList<OperatorNotice>> List(CancellationToken ct)
    {
        await session.Read(ct);
        var all = await table.List(ct);
        await session.Rollback();
        return all;
    }

    public async ValueTask<Outcome<OperatorNotice>> Answer(Guid id, Actor by, string cause, string measure, CancellationToken ct)
    {
        (cause, measure) = (cause.Trim(), measure.Trim());
        if (cause.Length is 0 or > Longest || measure.Length is 0 or > Longest)
        {
            return Refusals.NoticeIncomplete;
        }

        await session.Write(ct);
        if (!await table.Answer(id, by.Person, cause, measure, time.Now(), ct))
        {
            await session.Rollback();
            return Refusals.UnknownNotice;
        }

        await audit.Record(by, AuditKind.NoticeAnswered, id.ToString("D"), "answered", ct);
        var answered = await table.Find(id, ct);
        await session.Commit(ct);
        return answered!;
    }

    /// <summary>Reminds of what nobody has answered for a day; how many. Commits.</summary>
    public async ValueTask<int> Remind(CancellationToken ct)
    {
        var now = time.Now();
        var before = now - ReminderAfter;
        await session.Read(ct);
        var due = await table.Unanswered(before, ct);
        await session.Rollback();
        foreach (var notice in due)
        {
            await session.Write(ct);
            if (await table.Remind(notice.Id, before, now, ct))
            {
                await audit.Record(null, AuditKind.NoticeReminded, notice.Subject, notice.Kind, ct);
            }

            await session.Commit(ct);
        }

        return due.Count;
    }
}
