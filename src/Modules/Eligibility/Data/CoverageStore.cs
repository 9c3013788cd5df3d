using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>
/// Writing versions, many at once: on PostgreSQL whole arrays in one round trip, on SQLite, which has none, row by row with prepared statements. Scoped.
/// </summary>
internal sealed class CoverageStore(DbSession session)
{
    // A common name, born on a common day.
    private const int MostAlike = 20;
    private const string Fields = "id, person, insurer, entry, search, branch, alike, valid_from, valid_until, known_from, stopped, shielded, notified, sealed";

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
        if (rows.Count == 0)
        {
            return;
        }

        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            await AddMany(rows, ct);
            return;
        }

        foreach (var row in rows)
        {
            await session.Execute(
                $"""
                INSERT INTO {Table} ({Fields})
                VALUES (
                    @id, @person, @insurer, @entry, @search, @branch, @alike, @valid_from, @valid_until, @known_from, @stopped, @shielded, @notified, @sealed)
                """,
                ct,
                ("id", row.Id),
                ("person", row.Person.Value),
                ("insurer", row.Insurer.Value),
                ("entry", row.Entry),
                ("search", row.Search),
                ("branch", row.Branch),
                ("alike", row.Alike),
                ("valid_from", row.From),
                ("valid_until", row.Until),
                ("known_from", row.KnownFrom),
                ("stopped", row.Stopped),
                ("shielded", row.Shielded),
                ("notified", row.Notified),
                ("sealed", row.Sealed));
        }
    }

    private async ValueTask AddMany(IReadOnlyList<CoverageRow> rows, CancellationToken ct) => await session.Execute(
        $"""
        INSERT INTO {Table} ({Fields})
        SELECT * FROM unnest(
            @id, @person, @insurer, @entry, @search, @branch, @alike, @valid_from, @valid_until, @known_from, @stopped, @shielded, @notified, @sealed)
        """,
        ct,
        ("id", Each(rows, r => r.Id)),
        ("person", Each(rows, r => r.Person.Value)),
        ("insurer", Each(rows, r => r.Insurer.Value)),
        ("entry", Each(rows, r => r.Entry)),
        ("search", Each(rows, r => r.Search)),
        ("branch", Each(rows, r => r.Branch)),
        ("alike", Each(rows, r => r.Alike)),
        ("valid_from", Each(rows, r => Day(r.From))),
        ("valid_until", Each(rows, r => Day(r.Until))),
        ("known_from", Each(rows, r => Instants.ToMicroseconds(r.KnownFrom))),
        ("stopped", Each(rows, r => r.Stopped ? 1 : 0)),
        ("shielded", Each(rows, r => r.Shielded ? 1 : 0)),
        ("notified", Each(rows, r => Day(r.Notified))),
        ("sealed", Each(rows, r => r.Sealed)));

    private static T[] Each<T>(IReadOnlyList<CoverageRow> rows, Func<CoverageRow, T> value) => [.. rows.Select(value)];

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>What a new version may meet.</summary>
internal sealed record Nearby(byte[] Entry, byte[] Search, byte[]? Branch, PersonKey Person, byte[]? Alike);
