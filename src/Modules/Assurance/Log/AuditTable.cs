using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Formats;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Assurance.Log;

/// <summary>What of the log is in view: whose organisation, which days, which conditions.</summary>
/// <param name="Query">As asked.</param>
/// <param name="From">First day, JST.</param>
/// <param name="Until">Last day, JST.</param>
/// <param name="Only">The one organisation in view; null for the whole site.</param>
/// <param name="Hashes">Of the person asked for; null when nobody is.</param>
internal sealed record AuditView(AuditQuery Query, DateOnly From, DateOnly Until, OrganisationId? Only, IReadOnlyList<string>? Hashes);

/// <summary>Reads the audit table, in the session's transaction. The order of ids is the order of time, so that every filter is one index and a page costs the same at any depth. Scoped.</summary>
internal sealed class AuditTable(DbSession session)
{
    private string Audit => session.Prefix("platform") + "audit";

    private string Hashes => session.Prefix("assurance") + "protected_hash";

    public async ValueTask<AuditRow?> Find(Guid id, CancellationToken ct) =>
        (await session.Query($"SELECT {AuditRow.Columns} FROM {Audit} a WHERE a.id = @id", AuditRow.Read, ct, ("id", id))).FirstOrDefault();

    /// <summary>Rows in view beyond <paramref name="after"/>, newest first, protected ones too.</summary>
    public ValueTask<List<AuditRow>> Page(AuditView view, Guid? after, int limit, CancellationToken ct)
    {
        var (condition, parameters) = Where(view);
        if (after is { } last)
        {
            condition += " AND a.id < @after";
            parameters.Add(("after", last));
        }

        return session.Query(
            $"SELECT {AuditRow.Columns} FROM {Audit} a WHERE {condition} ORDER BY a.id DESC LIMIT {limit}", AuditRow.Read, ct, [.. parameters]);
    }

    /// <summary>Rows by their ids.</summary>
    public async ValueTask<IReadOnlyList<AuditRow>> Rows(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var rows = new List<AuditRow>();
        foreach (var some in ids.Chunk(200))
        {
            var names = string.Join(", ", some.Select((_, i) => "@p" + i));
            rows.AddRange(await session.Query(
                $"SELECT {AuditRow.Columns} FROM {Audit} a WHERE a.id IN ({names})", AuditRow.Read, ct, [.. some.Select((id, i) => ("p" + i, (object?)id))]));
        }

        return rows;
    }

    /// <summary>Rows that carry one of these hashes, newest first, but for these kinds.</summary>
    public ValueTask<List<AuditRow>> About(IReadOnlyCollection<string> hashes, IReadOnlyList<string> not, DateOnly from, DateOnly until, int limit, CancellationToken ct) => session.Query(
        $"""
        SELECT {AuditRow.Columns} FROM {Audit} a
        WHERE a.whose IN ({string.Join(", ", hashes.Select((_, i) => "@w" + i))}) AND a.kind NOT IN ({string.Join(", ", not.Select(k => $"'{k}'"))})
            AND a.id >= @from AND a.id < @until
        ORDER BY a.id DESC LIMIT {limit}
        """,
        AuditRow.Read,
        ct,
        [.. hashes.Select((hash, i) => ("w" + i, (object?)hash)), ("from", First(from)), ("until", First(until.AddDays(1)))]);

    /// <summary>Hashes of everybody protected now, and the claims their events name.</summary>
    public async ValueTask<Withheld> Withheld(CancellationToken ct)
    {
        var hashes = (await session.Query($"SELECT DISTINCT hash FROM {Hashes}", r => r.GetString(0), ct)).ToHashSet();
        if (hashes.Count == 0)
        {
            return new Withheld(hashes, new HashSet<string>());
        }

        var rows = await session.Query($"SELECT {AuditRow.Columns} FROM {Audit} a WHERE a.whose IN (SELECT hash FROM {Hashes})", AuditRow.Read, ct);
        return new Withheld(hashes, rows.SelectMany(r => r.Claims()).ToHashSet());
    }

    private static (string Condition, List<(string, object?)> Parameters) Where(AuditView view)
    {
        var query = view.Query;
        var parts = new List<string> { "a.id >= @from", "a.id < @until" };
        var parameters = new List<(string, object?)> { ("from", First(view.From)), ("until", First(view.Until.AddDays(1))) };
        void Equal(string column, object? value)
        {
            if (value is not null)
            {
                parts.Add($"a.{column} = @{column}");
                parameters.Add((column, value));
            }
        }

        Equal("organisation", view.Only?.Value ?? query.Organisation);
        Equal("person", query.Person);
        Equal("device", query.Device);
        Equal("kind", query.Kind);
        if (query.Result is { Length: > 0 } result)
        {
            parts.Add("a.result LIKE @result ESCAPE '!'");
            parameters.Add(("result", Literal(result) + "%"));
        }

        if (query.Subject is { Length: > 0 } subject)
        {
            parts.Add("a.subject LIKE @subject ESCAPE '!'");
            parameters.Add(("subject", "%" + Literal(subject) + "%"));
        }

        if (view.Hashes is { } hashes)
        {
            parts.Add($"a.whose IN ({string.Join(", ", hashes.Select((_, i) => "@w" + i))})");
            parameters.AddRange(hashes.Select((hash, i) => ("w" + i, (object?)hash)));
            if (!query.IncludeProtected)
            {
                // Earlier searches for somebody are not what is known of them: found for a stranger and not for a protected person, they would tell the two apart.
                parts.Add($"a.kind <> '{AuditKind.AuditRead}'");
            }
        }

        return (string.Join(" AND ", parts), parameters);
    }

    private static string Literal(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    /// <summary>The smallest id of a day, JST: milliseconds since 1970 in the first 48 bits.</summary>
    internal static Guid First(DateOnly day) => First(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), JapanTime.Offset));

    internal static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>Who is protected, and the claims that are theirs.</summary>
internal sealed record Withheld(IReadOnlySet<string> Hashes, IReadOnlySet<string> Claims)
{
    /// <summary>True when the event could reveal a protected person. That somebody searched for somebody reveals nobody, and its absence would.</summary>
    public bool Hides(AuditRow row) => Hashes.Count > 0 && row.Kind != nameof(AuditKind.AuditRead) && ((row.Whose is { } whose && Hashes.Contains(whose)) || row.Claims().Any(Claims.Contains));
}
