using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>The rows about 一括. Compressed, then sealed, each part bound to its job and place. In the current transaction. Scoped.</summary>
internal sealed class BulkJobs(DbSession session, RegistryKeys keys)
{
    private const string Columns = "id, number, facility, kind, received, finished, rows, done, failed, faults";
    private const int LockOf = 0x454C_4A42;

    private static readonly RowShape _part = new("eligibility", "job_part", ("job", Uuid), ("first", Number), ("asked", Bytes));

    private string Job => session.Prefix("eligibility") + "job";

    private string Part => session.Prefix("eligibility") + "job_part";

    /// <summary>What is decided about a facility's jobs until the commit is decided by nobody else meanwhile.</summary>
    public async ValueTask Lock(OrganisationId facility, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            await session.Execute("SELECT pg_advisory_xact_lock(@of, @key)", ct, ("of", LockOf), ("key", BitConverter.ToInt32(facility.Value.ToByteArray(), 12)));
        }
    }

    /// <summary>The facility's latest job from the same upload that is not finished or was received after <paramref name="since"/>.</summary>
    public async ValueTask<BulkJob?> Same(OrganisationId facility, string kind, byte[] digest, DateTimeOffset since, CancellationToken ct) => (await session.Query(
        $"""
        SELECT {Columns} FROM {Job} WHERE facility = @facility AND kind = @kind AND digest = @digest AND (finished IS NULL OR received > @since)
        ORDER BY received DESC LIMIT 1
        """,
        Read,
        ct,
        ("facility", facility.Value),
        ("kind", kind),
        ("digest", digest),
        ("since", since))).FirstOrDefault();

    /// <summary>Jobs of the facility that are not finished, and rows of all facilities that wait.</summary>
    public async ValueTask<(long Own, long Rows)> Waiting(OrganisationId facility, CancellationToken ct) => (await session.Query(
        $"SELECT CAST(COALESCE(SUM(CASE WHEN facility = @facility THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(rows - done), 0) AS BIGINT) FROM {Job} WHERE finished IS NULL",
        r => (r.GetInt64(0), r.GetInt64(1)),
        ct,
        ("facility", facility.Value)))[0];

    public async ValueTask Add(BulkJob job, byte[] digest, BulkHead head, IReadOnlyList<byte[]> pieces, CancellationToken ct)
    {
        await session.Execute(
            $"""
            INSERT INTO {Job} ({Columns}, digest, served, head)
            VALUES (@id, @number, @facility, @kind, @received, @finished, @rows, 0, 0, 0, @digest, @received, @head)
            """,
            ct,
            ("id", job.Id),
            ("number", job.Number),
            ("facility", job.Facility.Value),
            ("kind", job.Kind),
            ("received", job.Received),
            ("finished", job.Finished),
            ("rows", (long)job.Rows),
            ("digest", digest),
            ("head", Seal(job, 0, Place.Head, JsonSerializer.SerializeToUtf8Bytes(head, Json.Options))));
        foreach (var (index, piece) in pieces.Index())
        {
            var first = index * BulkJob.Piece;
            await session.Add(_part, ct, job.Id, first, Seal(job, first, Place.Asked, piece));
        }
    }

    /// <summary>A facility's own, by its 受付番号.</summary>
    public async ValueTask<BulkJob?> Find(OrganisationId facility, string kind, string number, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns} FROM {Job} WHERE number = @number AND facility = @facility AND kind = @kind",
        Read,
        ct,
        ("number", number),
        ("facility", facility.Value),
        ("kind", kind))).FirstOrDefault();

    /// <summary>Whose turn it is: who waited longest, so that a long list delays a short one by no more than a turn. On PostgreSQL another server's is passed over.</summary>
    public async ValueTask<BulkJob?> Next(DateTimeOffset now, CancellationToken ct) => (await session.Query(
        $"""
        SELECT {Columns} FROM {Job} WHERE finished IS NULL AND served <= @now ORDER BY served LIMIT 1
        {(session.Provider == DatabaseProvider.PostgreSql ? "FOR UPDATE SKIP LOCKED" : "")}
        """,
        Read,
        ct,
        ("now", now))).FirstOrDefault();

    /// <summary>Whether it is anybody's turn: looked up without taking the writer's.</summary>
    public async ValueTask<bool> Any(DateTimeOffset now, CancellationToken ct) =>
        await session.Scalar($"SELECT 1 FROM {Job} WHERE finished IS NULL AND served <= @now LIMIT 1", ct, ("now", now)) is not null;

    public async ValueTask<BulkHead> Head(BulkJob job, CancellationToken ct) =>
        Json.Read<BulkHead>(Open(job, 0, Place.Head, (byte[])(await session.Scalar($"SELECT head FROM {Job} WHERE id = @id", ct, ("id", job.Id)))!));

    /// <summary>The rows that are to be looked at next.</summary>
    public async ValueTask<BulkPart> Due(BulkJob job, CancellationToken ct) =>
        new(job.Done, Open(job, job.Done, Place.Asked, (byte[])(await session.Scalar(
            $"SELECT asked FROM {Part} WHERE job = @job AND first = @first", ct, ("job", job.Id), ("first", (long)job.Done)))!), null);

    /// <summary>All rows, in their order.</summary>
    public async ValueTask<List<BulkPart>> Parts(BulkJob job, CancellationToken ct) => await session.Query(
        $"SELECT first, asked, answered FROM {Part} WHERE job = @job ORDER BY first",
        r =>
        {
            var first = checked((int)r.GetInt64(0));
            return new BulkPart(first, Open(job, first, Place.Asked, (byte[])r.GetValue(1)), r.IsDBNull(2) ? null : Open(job, first, Place.Answered, (byte[])r.GetValue(2)));
        },
        ct,
        ("job", job.Id));

    /// <summary>These rows were looked at.</summary>
    public async ValueTask Answered(BulkJob after, int first, byte[] answered, DateTimeOffset now, CancellationToken ct)
    {
        await session.Execute(
            $"UPDATE {Part} SET answered = @answered WHERE job = @job AND first = @first",
            ct,
            ("job", after.Id),
            ("first", (long)first),
            ("answered", Seal(after, first, Place.Answered, answered)));
        await session.Execute(
            $"UPDATE {Job} SET done = @done, failed = @failed, faults = 0, served = @now, finished = @finished WHERE id = @id",
            ct,
            ("id", after.Id),
            ("done", (long)after.Done),
            ("failed", (long)after.Failed),
            ("now", now),
            ("finished", after.Finished));
    }

    /// <summary>It broke off: tried again at <paramref name="next"/>, or given up.</summary>
    public async ValueTask Broke(BulkJob job, DateTimeOffset next, DateTimeOffset? finished, CancellationToken ct) => await session.Execute(
        $"UPDATE {Job} SET faults = @faults, served = @next, finished = @finished WHERE id = @id",
        ct,
        ("id", job.Id),
        ("faults", (long)job.Faults + 1),
        ("next", next),
        ("finished", finished));

    /// <summary>Deletes what was received before and is finished; how many.</summary>
    public async ValueTask<int> Expire(DateTimeOffset before, CancellationToken ct)
    {
        await session.Execute($"DELETE FROM {Part} WHERE job IN (SELECT id FROM {Job} WHERE received < @before AND finished IS NOT NULL)", ct, ("before", before));
        return await session.Execute($"DELETE FROM {Job} WHERE received < @before AND finished IS NOT NULL", ct, ("before", before));
    }

    /// <summary>受付番号: 20 digits as the published samples have, the day and twelve that cannot be guessed.</summary>
    public static string NewNumber(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}{RandomNumberGenerator.GetInt32(1_000_000):D6}{RandomNumberGenerator.GetInt32(1_000_000):D6}");

    private byte[] Seal(BulkJob job, int first, Place place, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            brotli.Write(plain);
        }

        return keys.Seal(packed.ToArray(), job.Id, Where(first, place));
    }

    private byte[] Open(BulkJob job, int first, Place place, byte[] bytes)
    {
        using var brotli = new BrotliStream(new MemoryStream(keys.Open(bytes, job.Id, Where(first, place))), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }

    private static Guid Where(int first, Place place) => new(first, (short)place, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static BulkJob Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        new OrganisationId(row.GetGuid(2)),
        row.GetString(3),
        Instants.FromMicroseconds(row.GetInt64(4)),
        row.IsDBNull(5) ? null : Instants.FromMicroseconds(row.GetInt64(5)),
        checked((int)row.GetInt64(6)),
        checked((int)row.GetInt64(7)),
        checked((int)row.GetInt64(8)),
        checked((int)row.GetInt64(9)));

    private enum Place : short
    {
        Head = 1,
        Asked,
        Answered,
    }
}
