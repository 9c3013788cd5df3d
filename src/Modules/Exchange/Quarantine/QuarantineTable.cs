using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Exchange;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Quarantine;

/// <summary>A content to be scanned.</summary>
internal sealed record Unscanned(TransmissionId Id, OrganisationId Sender, string Number, Guid Content, long Length, int Attempts);

/// <summary>A row of quarantine with what is needed of its transmission.</summary>
internal sealed record QuarantineRow(
    TransmissionId Id,
    string Number,
    OrganisationId Sender,
    string Kind,
    long Length,
    QuarantineState State,
    ScanState Scan,
    bool ClockHeld,
    DateTimeOffset Since,
    string Detail,
    string ProposedBy,
    string Reason,
    string DecidedBy);

/// <summary>The quarantine table, in the scope's transaction. Scoped.</summary>
internal sealed class QuarantineTable(DbSession session)
{
    private const int ListLimit = 1000;

    private string Table => session.Prefix("exchange") + "quarantine";

    private string Transmissions => session.Prefix("exchange") + "transmission";

    private string Columns =>
        $"""
        SELECT q.transmission, t.number, t.sender, t.kind, t.length, q.state, q.scan, q.clock_held, q.since, q.detail, q.proposed_by, q.reason, q.decided_by
        FROM {Table} q JOIN {Transmissions} t ON t.id = q.transmission
        """;

    public ValueTask Hold(TransmissionId id, Receipt receipt, CancellationToken ct) => session.Defer(
        $"INSERT INTO {Table} (transmission, state, scan, clock_held, since) VALUES (@id, 'Waiting', @scan, @clock, @since)",
        ct,
        ("id", id.Value),
        ("scan", receipt.Scan),
        ("clock", receipt.ClockHeld),
        ("since", receipt.At));

    /// <summary>True while its content must not be read.</summary>
    public async ValueTask<bool> IsHeld(TransmissionId id, CancellationToken ct) =>
        await session.Scalar($"SELECT 1 FROM {Table} WHERE transmission = @id AND state <> 'Opened'", ct, ("id", id.Value)) is not null;

    public async ValueTask<QuarantineRow?> Find(TransmissionId id, CancellationToken ct)
    {
        var rows = await session.Query($"{Columns} WHERE q.transmission = @id", Map, ct, ("id", id.Value));
        return rows.Count == 0 ? null : rows[0];
    }

    public ValueTask<List<QuarantineRow>> Held(OrganisationId? sender, CancellationToken ct) => sender is { } one
        ? session.Query(
            $"{Columns} WHERE q.state <> 'Opened' AND t.sender = @sender ORDER BY q.since LIMIT {ListLimit}", Map, ct, ("sender", one.Value))
        : session.Query($"{Columns} WHERE q.state IN ('Waiting', 'Infected') ORDER BY q.since LIMIT {ListLimit}", Map, ct);

    /// <summary>What waits for the scanner and is acknowledged: from then on only who opens it publishes it.</summary>
    public ValueTask<List<Unscanned>> Unscanned(int limit, CancellationToken ct) => session.Query(
        $"""
        SELECT t.id, t.sender, t.number, t.content, t.length, q.attempts FROM {Table} q JOIN {Transmissions} t ON t.id = q.transmission
        WHERE q.state = 'Waiting' AND q.scan = 'Waiting' AND t.log_index IS NOT NULL ORDER BY q.since LIMIT {limit}
        """,
        r => new Unscanned(new(r.GetGuid(0)), new(r.GetGuid(1)), r.GetString(2), r.GetGuid(3), r.GetInt64(4), r.GetInt32(5)),
        ct);

    /// <summary>The scanner's word; false when somebody decided meanwhile.</summary>
    public async ValueTask<bool> Scanned(TransmissionId id, ScanState scan, string detail, string engine, DateTimeOffset at, CancellationToken ct) =>
        await session.Execute(
            $"""
            UPDATE {Table} SET scan = @scan, detail = @detail, engine = @engine, scanned_at = @at, state = @state
            WHERE transmission = @id AND state = 'Waiting' AND scan = 'Waiting'
            """,
            ct,
            ("scan", scan),
            ("detail", detail),
            ("engine", engine),
            ("at", at),
            ("state", scan == ScanState.Infected ? QuarantineState.Infected : QuarantineState.Waiting),
            ("id", id.Value)) == 1;

    public ValueTask<int> Failed(TransmissionId id, string detail, CancellationToken ct) => session.Execute(
        $"UPDATE {Table} SET attempts = attempts + 1, detail = @detail WHERE transmission = @id AND state = 'Waiting'", ct, ("detail", detail), ("id", id.Value));

    /// <summary>The clock is vouched for again.</summary>
    public ValueTask<int> ClockIsGood(CancellationToken ct) =>
        session.Execute($"UPDATE {Table} SET clock_held = 0 WHERE state IN ('Waiting', 'Infected') AND clock_held = 1", ct);

    /// <summary>Any that are held by the clock.</summary>
    public async ValueTask<bool> AnyClockHeld(CancellationToken ct) =>
        await session.Scalar($"SELECT 1 FROM {Table} WHERE state IN ('Waiting', 'Infected') AND clock_held = 1 LIMIT 1", ct) is not null;

    /// <summary>Those that nothing holds any more.</summary>
    public ValueTask<List<QuarantineRow>> Free(CancellationToken ct) => session.Query(
        $"""
        {Columns} WHERE q.state = 'Waiting' AND q.clock_held = 0 AND q.scan IN ('Clean', 'None')
            AND t.log_index IS NOT NULL ORDER BY q.since LIMIT {ListLimit}
        """,
        Map,
        ct);

    /// <summary>After a start with other limits the scanner may manage.</summary>
    public ValueTask<int> TryAgain(CancellationToken ct) => session.Execute(
        $"UPDATE {Table} SET scan = 'Waiting', attempts = 0 WHERE state = 'Waiting' AND scan = 'Unscannable'", ct);

    /// <summary>True when it was this call that ended the waiting.</summary>
    public async ValueTask<bool> End(TransmissionId id, QuarantineState state, string? by, string? reason, DateTimeOffset at, CancellationToken ct) =>
        await session.Execute(
            $"""
            UPDATE {Table} SET state = @state, decided_by = @by, reason = COALESCE(@reason, reason), decided_at = @at
            WHERE transmission = @id AND state IN ('Waiting', 'Infected')
            """,
            ct,
            ("state", state),
            ("by", by),
            ("reason", reason),
            ("at", at),
            ("id", id.Value)) == 1;

    public async ValueTask<bool> Propose(TransmissionId id, string by, string reason, DateTimeOffset at, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Table} SET proposed = 'Open', proposed_by = @by, proposed_at = @at, reason = @reason
        WHERE transmission = @id AND state = 'Waiting' AND proposed IS NULL
        """,
        ct,
        ("by", by),
        ("at", at),
        ("reason", reason),
        ("id", id.Value)) == 1;

    private static QuarantineRow Map(DbDataReader r) => new(
        new(r.GetGuid(0)),
        r.GetString(1),
        new(r.GetGuid(2)),
        r.GetString(3),
        r.GetInt64(4),
        Enum.Parse<QuarantineState>(r.GetString(5)),
        Enum.Parse<ScanState>(r.GetString(6)),
        r.GetInt32(7) != 0,
        Instants.FromMicroseconds(r.GetInt64(8)),
        r.GetString(9),
        Text(r, 10),
        Text(r, 11),
        Text(r, 12));

    private static string Text(DbDataReader r, int column) => r.IsDBNull(column) ? "" : r.GetString(column);
}
