using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>
/// Reading and writing versions, many at once: on PostgreSQL whole arrays in one round trip, on SQLite, which has none, row by row with prepared statements. Scoped.
/// </summary>
internal sealed class CoverageStore(DbSession session)
{
    // A common name, born on a common day.
    private const int MostAlike = 20;

    private static readonly RowShape _row = new(
        "eligibility", "coverage",
        ("id", Uuid), ("person", Uuid), ("insurer", Uuid), ("entry", Bytes), ("search", Bytes), ("branch", Bytes), ("alike", Bytes), ("valid_from", Text),
        ("valid_until", Text), ("known_from", Number), ("stopped", Number), ("shielded", Number), ("notified", Text), ("sealed", Bytes));

    private string Table => session.Prefix("eligibility") + "coverage";

    /// <summary>What is known under any of these: the insurer's own row, the card's keys, one member of a family, the person, 生年月日・カナ・性別; of the card and the person also what was.</summary>
    public async ValueTask<List<CoverageRow>> Near(IReadOnlyList<Nearby> asked, CancellationToken ct)
    {
        var rows = session.Provider == DatabaseProvider.PostgreSql ? await NearMany(asked, ct) : await NearEach(asked, ct);
        return [.. rows.DistinctBy(r => r.Id)];
    }

    private ValueTask<List<CoverageRow>> NearMany(IReadOnlyList<Nearby> asked, CancellationToken ct) => session.Query(
        $"SELECT c.* FROM unnest(@entry, @search, @branch, @person, @alike) AS k(entry, search, branch, person, alike) CROSS JOIN LATERAL ({Near("k.")} OFFSET 0) c",
        CoverageRow.Read,
        ct,
        ("entry", asked.Select(a => a.Entry).ToArray()),
        ("search", asked.Select(a => a.Search).ToArray()),
        ("branch", asked.Select(a => a.Branch).ToArray()),
        ("person", asked.Select(a => a.Person.Value).ToArray()),
        ("alike", asked.Select(a => a.Alike).ToArray()));

    private async ValueTask<List<CoverageRow>> NearEach(IReadOnlyList<Nearby> asked, CancellationToken ct)
    {
        var found = new List<CoverageRow>();
        foreach (var one in asked)
        {
            found.AddRange(await session.Query(
                Near("@"),
                CoverageRow.Read,
                ct,
                ("entry", one.Entry),
                ("search", one.Search),
                ("branch", one.Branch),
                ("person", one.Person.Value),
                ("alike", one.Alike)));
        }

        return found;
    }

    // One index each: SQLite uses no partial index for an OR. "Known now" is asked of the database only where its index demands it: before PostgreSQL has looked at the
    // table (a site's first load) it takes that for rare and would read all of it by any index that holds only those.
    private string Near(string of) =>
        $"""
        SELECT {CoverageRow.Columns} FROM {Table} c WHERE c.known_until IS NULL AND c.entry = {of}entry
        UNION ALL SELECT {CoverageRow.Columns} FROM {Table} c WHERE c.search = {of}search
        UNION ALL SELECT {CoverageRow.Columns} FROM {Table} c WHERE c.known_until IS NULL AND c.branch = {of}branch
        UNION ALL SELECT {CoverageRow.Columns} FROM {Table} c WHERE c.person = {of}person
        UNION ALL SELECT * FROM (SELECT {CoverageRow.Columns} FROM {Table} c WHERE c.known_until IS NULL AND c.alike = {of}alike LIMIT {MostAlike}) a
        """;

    /// <summary>From now on something else, or nothing, is known of these.</summary>
    public async ValueTask Close(IReadOnlyList<CoverageRow> rows, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await session.Defer(
                $"UPDATE {Table} SET known_until = @at WHERE entry = @entry AND id = @id AND known_until IS NULL", ct, ("at", at), ("entry", row.Entry), ("id", row.Id));
        }
    }

    public async ValueTask Add(IReadOnlyList<CoverageRow> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            await session.Add(
                _row,
                ct,
                row.Id,
                row.Person.Value,
                row.Insurer.Value,
                row.Entry,
                row.Search,
                row.Branch,
                row.Alike,
                row.From,
                row.Until,
                row.KnownFrom,
                row.Stopped,
                row.Shielded,
                row.Notified,
                row.Sealed);
        }
    }
}

/// <summary>What a new version may meet.</summary>
internal sealed record Nearby(byte[] Entry, byte[] Search, byte[]? Branch, PersonKey Person, byte[]? Alike);
