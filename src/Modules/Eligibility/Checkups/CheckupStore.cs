using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility.Checkups;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>The versions of 健診結果: found by keyed hashes, opened one at a time. In the current transaction; nothing here commits. Scoped.</summary>
internal sealed class CheckupStore(DbSession session, RegistryKeys keys, IBusinessTime business, TimeProvider time)
{
    private const int YearsKept = 5;
    private const int LockOf = 0x454C_434B;

    private string Table => session.Prefix("eligibility") + "checkup";

    /// <summary>The first day whose results are still kept. Dated by 健診実施日, in business time.</summary>
    public DateOnly Oldest => DateOnly.FromDateTime(business.Now.DateTime).AddYears(-YearsKept);

    /// <summary>What is decided about an insurer's 健診 until the commit is decided by nobody else meanwhile; SQLite has one writer anyway.</summary>
    public async ValueTask Lock(OrganisationId insurer, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            await session.Execute("SELECT pg_advisory_xact_lock(@of, @key)", ct, ("of", LockOf), ("key", BitConverter.ToInt32(insurer.Value.ToByteArray(), 12)));
        }
    }

    /// <summary>What is known now of a person, under every key confirmed to be theirs, five years back; oldest first.</summary>
    public ValueTask<List<CheckupRow>> OfPerson(PersonKey person, CancellationToken ct) => session.Query(
        $"""
        {SamePerson.Query(session)}
        SELECT {CheckupRow.Columns} FROM {Table} c
        WHERE c.person IN (SELECT id FROM same) AND c.known_until IS NULL AND c.held >= @oldest ORDER BY c.held, c.known_from, c.id
        """,
        CheckupRow.Read,
        ct,
        ("person", person.Value),
        ("oldest", Oldest));

    /// <summary>Every version an insurer registered of these people, or what was known then; oldest first.</summary>
    public async ValueTask<List<CheckupRow>> OfInsurer(OrganisationId insurer, IEnumerable<PersonKey> people, DateTimeOffset? asOf, CancellationToken ct)
    {
        var found = new List<CheckupRow>();
        foreach (var person in people)
        {
            found.AddRange(await session.Query(
                $"SELECT {CheckupRow.Columns} FROM {Table} c WHERE c.person = @person AND c.insurer = @insurer AND c.held >= @oldest ORDER BY c.held, c.known_from, c.id",
                CheckupRow.Read,
                ct,
                ("person", person.Value),
                ("insurer", insurer.Value),
                ("oldest", Oldest)));
        }

        return asOf is { } at ? [.. found.Where(r => r.KnownFrom <= at && !(r.KnownUntil <= at))] : found;
    }

    /// <summary>What is known now of one 健診.</summary>
    public async ValueTask<CheckupRow?> Current(OrganisationId insurer, PersonKey person, string institution, DateOnly day, CancellationToken ct)
    {
        for (var key = 0; key < keys.Count; key++)
        {
            var rows = await session.Query(
                $"SELECT {CheckupRow.Columns} FROM {Table} c WHERE c.place = @place AND c.known_until IS NULL",
                CheckupRow.Read,
                ct,
                ("place", keys.Checkup(insurer, person, institution, day, key)));
            if (rows.Count > 0)
            {
                return rows[0];
            }
        }

        return null;
    }

    public byte[] Bytes(CheckupRow row) => keys.Open(row.Sealed, row.Id);

    public CheckupDocument Open(CheckupRow row) => CheckupBytes.Read(Bytes(row));

    /// <summary>From now on this is known of the 健診, instead of <paramref name="known"/>.</summary>
    public async ValueTask Add(CheckupRow? known, OrganisationId insurer, PersonKey person, string institution, DateOnly day, byte[] bytes, CancellationToken ct)
    {
        var at = time.Now();
        if (known is not null)
        {
            await Close(known, at, ct);
        }

        var id = Guid.CreateVersion7(at);
        await session.Execute(
            $"INSERT INTO {Table} (id, person, insurer, place, held, known_from, sealed) VALUES (@id, @person, @insurer, @place, @held, @at, @sealed)",
            ct,
            ("id", id),
            ("person", person.Value),
            ("insurer", insurer.Value),
            ("place", keys.Checkup(insurer, person, institution, day)),
            ("held", day),
            ("at", at),
            ("sealed", keys.Seal(bytes, id)));
    }

    /// <summary>This version is not known any more.</summary>
    public async ValueTask<CheckupRow> Close(CheckupRow row, DateTimeOffset at, CancellationToken ct)
    {
        await session.Execute($"UPDATE {Table} SET known_until = @at WHERE id = @id AND known_until IS NULL", ct, ("at", at), ("id", row.Id));
        return row with { KnownUntil = at };
    }

    /// <summary>Deletes all versions of what was held before the oldest day kept, at most so many; how many.</summary>
    public ValueTask<int> Expire(int most, CancellationToken ct) => session.Execute(
        $"DELETE FROM {Table} WHERE id IN (SELECT id FROM {Table} WHERE held < @oldest LIMIT {most})", ct, ("oldest", Oldest));
}
