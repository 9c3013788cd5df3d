using System.Data.Common;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Matching;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Eligibility.Data;

/// <summary>A version found by 券面.</summary>
/// <param name="Row">The version.</param>
/// <param name="Reference">The facility's sealed 照会番号 for the person.</param>
/// <param name="IsLinked">True when other keys were confirmed to be the same person's.</param>
internal sealed record FoundCoverage(CoverageRow Row, byte[]? Reference, bool IsLinked)
{
    /// <summary>From <see cref="CoverageRow.Columns"/> and what follows them.</summary>
    public static FoundCoverage Read(DbDataReader r) => new(CoverageRow.Read(r), r.IsDBNull(15) ? null : (byte[])r.GetValue(15), r.GetInt32(16) != 0);
}

/// <summary>A version of somebody whom a card names.</summary>
/// <param name="Coverage">The version.</param>
/// <param name="Person">Whom the card names: the version's own, or another confirmed to be the same.</param>
internal sealed record CoverageOfPerson(FoundCoverage Coverage, PersonKey Person);

/// <summary>The versions of coverages: found by keyed hashes, opened one at a time. Plain ADO with prepared statements. Scoped.</summary>
internal sealed class Coverages(DbSession session, RegistryKeys keys)
{
    private static readonly Lookup _byCard = new("eligibility", p => OnCard(p, asOf: false), ("search", Bytes), ("facility", Uuid));
    private static readonly Lookup _byCardThen = new("eligibility", p => OnCard(p, asOf: true), ("search", Bytes), ("facility", Uuid), ("at", Number));
    private static readonly Lookup _ofPeople = new("eligibility", OfPeople, ("search", Bytes), ("facility", Uuid));

    private string Prefix => session.Prefix("eligibility");

    /// <summary>What is known now (or was at <paramref name="asOf"/>) under the card's keys: one indexed read. Several persons when they are alike on the card.</summary>
    public ValueTask<List<FoundCoverage>> ByCard(CardKeys card, OrganisationId facility, DateTimeOffset? asOf, CancellationToken ct) => asOf is { } at
        ? session.Find(_byCardThen, FoundCoverage.Read, ct, Hashes(card, h => [h, facility.Value, at]))
        : session.Find(_byCard, FoundCoverage.Read, ct, Hashes(card, h => [h, facility.Value]));

    /// <summary>
    /// What is known now under the card's keys, and everything of the people it names, under every key confirmed to be theirs: one read, so that all of it is of one instant.
    /// </summary>
    public async ValueTask<(IReadOnlyList<FoundCoverage> OnCard, ILookup<PersonKey, CoverageRow> All)> OfPeople(CardKeys card, OrganisationId facility, CancellationToken ct)
    {
        var hashes = Hashes(card, h => [h, facility.Value]);
        var found = await session.Find(_ofPeople, r => new CoverageOfPerson(FoundCoverage.Read(r), new PersonKey(r.GetGuid(17))), ct, hashes);
        var all = found.DistinctBy(f => (f.Person, f.Coverage.Row.Id)).ToList();
        return (
            [.. all.Where(f => f.Coverage.Row.Person == f.Person && hashes.Any(h => ((byte[])h[0]!).AsSpan().SequenceEqual(f.Coverage.Row.Search))).Select(f => f.Coverage)],
            all.ToLookup(f => f.Person, f => f.Coverage.Row));
    }

    /// <summary>What is known now of one member of a family: 保険者番号, 記号, 番号, 枝番.</summary>
    public async ValueTask<List<CoverageRow>> ByBranch(CardKeys card, CancellationToken ct) => keys.Branch(card) is null ? [] : await session.Query(
        $"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.branch IN ({Names}) AND c.known_until IS NULL",
        CoverageRow.Read,
        ct,
        [.. Enumerable.Range(0, keys.Count).Select(k => ($"k{k}", (object?)keys.Branch(card, k)))]);

    /// <summary>Everything of the person, under every key confirmed to be theirs.</summary>
    public ValueTask<List<CoverageRow>> OfPerson(PersonKey person, DateTimeOffset? asOf, CancellationToken ct) => session.Query(
        $"""
        {SamePerson.Query(session, Known(asOf, "l"))}
        SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.person IN (SELECT id FROM same) AND {Known(asOf)}
        """,
        CoverageRow.Read,
        ct,
        [("person", person.Value), .. At(asOf)]);

    /// <summary>What is known now of people with this カナ, 生年月日 and 性別.</summary>
    public ValueTask<List<CoverageRow>> Alike(Coverage like, CancellationToken ct) => keys.Alike(like) is not { } alike
        ? new([])
        : session.Query($"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.known_until IS NULL AND c.alike = @alike", CoverageRow.Read, ct, ("alike", alike));

    /// <summary>Versions of one of the insurer's own rows, oldest first; all of them, or as known then.</summary>
    public ValueTask<List<CoverageRow>> OfEntry(OrganisationId insurer, string entry, DateTimeOffset? asOf, CancellationToken ct) =>
        Own(insurer, "entry", k => keys.Entry(insurer, entry, k), asOf, ct);

    /// <summary>Versions of an insurer's own people under a card's keys, oldest first; all of them, or as known then.</summary>
    public async ValueTask<List<CoverageRow>> OfCard(OrganisationId insurer, CardKeys card, DateTimeOffset? asOf, CancellationToken ct) =>
        [.. (await Own(insurer, "search", k => keys.Card(card, k), asOf, ct)).Where(r => Fits(r, card))];

    private ValueTask<List<CoverageRow>> Own(OrganisationId insurer, string column, Func<int, byte[]> hash, DateTimeOffset? asOf, CancellationToken ct) => session.Query(
        $"""
        SELECT {CoverageRow.Columns} FROM {Prefix}coverage c
        WHERE c.{column} IN ({Names}) AND c.insurer = @insurer {(asOf is null ? "" : "AND " + Known(asOf))} ORDER BY c.known_from
        """,
        CoverageRow.Read,
        ct,
        [.. Enumerable.Range(0, keys.Count).Select(k => ($"k{k}", (object?)hash(k))), ("insurer", insurer.Value), .. At(asOf)]);

    /// <summary>The one person a card names, by a version that may be shown; EL-0102, EL-0121, EL-0122.</summary>
    public async ValueTask<Outcome<CoverageRow>> Person(CardKeys card, OrganisationId facility, CancellationToken ct)
    {
        if (!IsComplete(card))
        {
            return Refusals.KeysIncomplete;
        }

        var fitting = (await ByCard(card, facility, null, ct)).Where(f => Fits(f.Row, card)).ToList();
        if (fitting.DistinctBy(f => f.Row.Person).Count() > 1)
        {
            return Refusals.SeveralFound;
        }

        return fitting.Find(f => !f.Row.Stopped)?.Row is { } row ? row : Refusals.NobodyFound;
    }

    /// <summary>A registration without 枝番 fits any 枝番, and every registration fits a card whose 枝番 is not known.</summary>
    public bool Fits(CoverageRow row, CardKeys card) =>
        row.Branch is not { } own || SearchKey.Branch(card.Branch).Length == 0
        || Enumerable.Range(0, keys.Count).Any(k => keys.Branch(card, k).AsSpan().SequenceEqual(own));

    /// <summary>Something to look up by.</summary>
    public static bool IsComplete(CardKeys? card) =>
        card is not null && SearchKey.Insurer(card.Insurer).Length > 0 && SearchKey.Number(card.Number).Length > 0 && card.Birth != default;

    /// <summary>What is known now of a row, by its keyed hash.</summary>
    public async ValueTask<CoverageRow?> Current(byte[] entry, CancellationToken ct) => (await session.Query(
        $"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.entry = @entry AND c.known_until IS NULL", CoverageRow.Read, ct, ("entry", entry))).FirstOrDefault();

    /// <summary>An insurer's own rows under 閲覧停止.</summary>
    public ValueTask<List<CoverageRow>> Stopped(OrganisationId insurer, int most, int skip, CancellationToken ct) => session.Query(
        $"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.insurer = @insurer AND c.stopped = 1 AND c.known_until IS NULL ORDER BY c.known_from, c.id LIMIT {most} OFFSET {skip}",
        CoverageRow.Read,
        ct,
        ("insurer", insurer.Value));

    /// <summary>A version, whether it is still known or not.</summary>
    public async ValueTask<CoverageRow?> Version(Guid id, CancellationToken ct) =>
        (await session.Query($"SELECT {CoverageRow.Columns} FROM {Prefix}coverage c WHERE c.id = @id", CoverageRow.Read, ct, ("id", id))).FirstOrDefault();

    public (Coverage Coverage, string Entry, string Member) Open(CoverageRow row) => CoverageBytes.Read(keys.Open(row.Sealed, row.Id));

    private string Names => keys.Count == 1 ? "@k0" : string.Join(", ", Enumerable.Range(0, keys.Count).Select(k => $"@k{k}"));

    private object?[][] Hashes(CardKeys card, Func<byte[], object?[]> row) => [.. Enumerable.Range(0, keys.Count).Select(k => row(keys.Card(card, k)))];

    private static string OnCard(string prefix, bool asOf) =>
        $"""
        SELECT {Found(prefix)}, asked.n FROM asked CROSS JOIN {prefix}coverage c
        LEFT JOIN {prefix}reference r ON r.facility = asked.facility AND r.person = c.person
        WHERE c.search = asked.search AND {(asOf ? Then("c", "asked.at") : Now("c"))}
        """;

    private static string OfPeople(string prefix) =>
        $"""
        , same (n, facility, person, id) AS (
            SELECT asked.n, asked.facility, c.person, c.person FROM asked CROSS JOIN {prefix}coverage c WHERE c.search = asked.search AND {Now("c")}
            UNION SELECT s.n, s.facility, s.person, {SamePerson.Next(prefix, Now("l"))})
        SELECT {Found(prefix)}, same.person, same.n FROM same CROSS JOIN {prefix}coverage c
        LEFT JOIN {prefix}reference r ON r.facility = same.facility AND r.person = c.person
        WHERE c.person = same.id AND {Now("c")}
        """;

    private static string Found(string prefix)
    {
        string Linked(string side) => $"EXISTS (SELECT 1 FROM {prefix}link l WHERE l.{side} = c.person AND l.same = 1 AND {Now("l")})";
        return $"{CoverageRow.Columns}, r.sealed, CASE WHEN {Linked("one")} OR {Linked("other")} THEN 1 ELSE 0 END";
    }

    private static string Known(DateTimeOffset? asOf, string of = "c") => asOf is null ? Now(of) : Then(of, "@at");

    private static string Now(string of) => $"{of}.known_until IS NULL";

    private static string Then(string of, string at) => $"{of}.known_from <= {at} AND ({of}.known_until IS NULL OR {of}.known_until > {at})";

    private static IEnumerable<(string, object?)> At(DateTimeOffset? asOf) => asOf is { } at ? [("at", at)] : [];
}
