using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>A decision that two keys are one person, or two; ended when it was taken back.</summary>
internal sealed record Link(Guid Id, PersonKey One, PersonKey Other, bool Same, DateTimeOffset KnownFrom);

/// <summary>Links as versions, and pairs nobody has decided about. Scoped.</summary>
internal sealed class Links(DbSession session)
{
    private string Prefix => session.Prefix("eligibility");

    /// <summary>Pairs of current versions of different people at different insurers that look alike, behind a place in the list.</summary>
    public ValueTask<List<(CoverageRow One, CoverageRow Other)>> Alike((byte[] Alike, Guid One, Guid Other)? after, int most, CancellationToken ct)
    {
        var (behind, values) = after is { } place
            ? ("AND a.alike >= @alike AND (a.alike > @alike OR a.id > @one OR (a.id = @one AND b.id > @other))",
                new (string, object?)[] { ("alike", place.Alike), ("one", place.One), ("other", place.Other) })
            : ("", []);
        return session.Query(
            $"""
            SELECT {CoverageRow.Columns.Replace("c.", "a.", StringComparison.Ordinal)}, {CoverageRow.Columns.Replace("c.", "b.", StringComparison.Ordinal)}
            FROM {Prefix}coverage a JOIN {Prefix}coverage b ON b.alike = a.alike AND b.known_until IS NULL AND b.person > a.person AND b.insurer <> a.insurer
            WHERE a.known_until IS NULL {behind} AND NOT EXISTS (
                SELECT 1 FROM {Prefix}link l
                WHERE l.known_until IS NULL AND ((l.one = a.person AND l.other = b.person) OR (l.one = b.person AND l.other = a.person)))
            ORDER BY a.alike, a.id, b.id LIMIT {most}
            """,
            r => (CoverageRow.Read(r), CoverageRow.Read(r, 15)),
            ct,
            values);
    }

    /// <summary>What is decided about a person now.</summary>
    public ValueTask<List<Link>> Of(PersonKey person, CancellationToken ct) => session.Query(
        $"SELECT id, one, other, same, known_from FROM {Prefix}link WHERE known_until IS NULL AND (one = @person OR other = @person) ORDER BY id",
        Read,
        ct,
        ("person", person.Value));

    public async ValueTask<Link?> Find(Guid id, CancellationToken ct) => (await session.Query(
        $"SELECT id, one, other, same, known_from FROM {Prefix}link WHERE known_until IS NULL AND id = @id", Read, ct, ("id", id))).FirstOrDefault();

    public async ValueTask Add(Link link, CancellationToken ct) => await session.Execute(
        $"INSERT INTO {Prefix}link (id, one, other, same, known_from) VALUES (@id, @one, @other, @same, @from)",
        ct,
        ("id", link.Id),
        ("one", link.One.Value),
        ("other", link.Other.Value),
        ("same", link.Same),
        ("from", link.KnownFrom));

    public async ValueTask End(Link link, DateTimeOffset at, CancellationToken ct) => await session.Execute(
        $"UPDATE {Prefix}link SET known_until = @at WHERE id = @id AND known_until IS NULL", ct, ("at", at), ("id", link.Id));

    /// <summary>A current version.</summary>
    public async ValueTask<CoverageRow?> Version(Guid id, CancellationToken ct) => (await session.Query(
        $"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.id = @id AND c.known_until IS NULL", CoverageRow.Read, ct, ("id", id))).FirstOrDefault();

    /// <summary>Something to show of a person: the latest acquired.</summary>
    public async ValueTask<CoverageRow?> Latest(PersonKey person, CancellationToken ct) => (await session.Query(
        $"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.person = @person AND c.known_until IS NULL ORDER BY c.valid_from DESC LIMIT 1",
        CoverageRow.Read,
        ct,
        ("person", person.Value))).FirstOrDefault();

    private static Link Read(System.Data.Common.DbDataReader row) =>
        new(row.GetGuid(0), new PersonKey(row.GetGuid(1)), new PersonKey(row.GetGuid(2)), row.GetInt32(3) != 0, Instants.FromMicroseconds(row.GetInt64(4)));
}
