using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Notices;

/// <summary>The notices' table, in the scope's transaction. Scoped.</summary>
internal sealed class NoticeTable(DbSession session)
{
    private const string Columns = "id, kind, subject, text, first_at, last_at, times, reminders, cause, measure, answered_at";
    private const int ListLimit = 500;

    private string Table => session.Prefix("exchange") + "notice";

    /// <summary>True when it is a new one.</summary>
    public async ValueTask<bool> Raise(string kind, string subject, string text, DateTimeOffset at, CancellationToken ct) =>
        Convert.ToInt64(
            await session.Scalar(
                $"""
                INSERT INTO {Table} (id, kind, subject, text, first_at, last_at, times) VALUES (@id, @kind, @subject, @text, @at, @at, 1)
                ON CONFLICT (kind, subject) WHERE answered_at IS NULL DO UPDATE SET last_at = excluded.last_at, text = excluded.text, times = {Table}.times + 1
                RETURNING times
                """,
                ct,
                ("id", Guid.CreateVersion7()),
                ("kind", kind),
                ("subject", subject),
                ("text", text),
                ("at", at)),
            CultureInfo.InvariantCulture) == 1;

    public ValueTask<List<OperatorNotice>> List(CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} ORDER BY CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END, last_at DESC LIMIT {ListLimit}", Map, ct);

    public async ValueTask<OperatorNotice?> Find(Guid id, CancellationToken ct)
    {
        var rows = await session.Query($"SELECT {Columns} FROM {Table} WHERE id = @id", Map, ct, ("id", id));
        return rows.Count == 0 ? null : rows[0];
    }

    public async ValueTask<bool> Answer(Guid id, PersonId? by, string cause, string measure, DateTimeOffset at, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET cause = @cause, measure = @measure, answered_by = @by, answered_at = @at WHERE id = @id AND answered_at IS NULL",
        ct,
        ("cause", cause),
        ("measure", measure),
        ("by", by?.ToString()),
        ("at", at),
        ("id", id)) == 1;

    /// <summary>Open ones of which nobody was reminded since <paramref name="before"/>.</summary>
    public ValueTask<List<OperatorNotice>> Unanswered(DateTimeOffset before, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Table} WHERE answered_at IS NULL AND COALESCE(reminded_at, first_at) <= @before LIMIT {ListLimit}", Map, ct, ("before", before));

    public async ValueTask<bool> Remind(Guid id, DateTimeOffset before, DateTimeOffset at, CancellationToken ct) => await session.Execute(
        $"UPDATE {Table} SET reminded_at = @at, reminders = reminders + 1 WHERE id = @id AND answered_at IS NULL AND COALESCE(reminded_at, first_at) <= @before",
        ct,
        ("at", at),
        ("before", before),
        ("id", id)) == 1;

    private static OperatorNotice Map(DbDataReader r) => new(
        r.GetGuid(0),
        r.GetString(1),
        r.GetString(2),
        r.GetString(3),
        Instants.FromMicroseconds(r.GetInt64(4)),
        Instants.FromMicroseconds(r.GetInt64(5)),
        r.GetInt32(6),
        r.GetInt32(7),
        r.IsDBNull(8) ? "" : r.GetString(8),
        r.IsDBNull(9) ? "" : r.GetString(9),
        r.IsDBNull(10) ? null : Instants.FromMicroseconds(r.GetInt64(10)));
}
