using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>A current row with something to look at.</summary>
internal sealed record Notice(byte[] Entry, string Code, long Number, DateTimeOffset Since);

/// <summary>What became of a row: it replaced another, or that was withdrawn; what was said of it, and how late it came.</summary>
internal sealed record Registered(byte[] Entry, bool Replaces, EntryReport Report);

/// <summary>What insurers are to look at again, as the registration found it, and how late they registered. In the current write transaction. Scoped.</summary>
internal sealed class Notices(DbSession session)
{
    /// <summary>Kept until the row is corrected.</summary>
    public static readonly IReadOnlyList<Refusal> Kept = [RowFaults.BranchOfAnother, RowFaults.Twins, RowFaults.Overlap, RowFaults.Twice, RowFaults.Masked, RowFaults.Late];

    /// <summary>What was true of a row's neighbours need not be true any more.</summary>
    public static readonly IReadOnlySet<string> OfNeighbours = new HashSet<string> { RowFaults.BranchOfAnother.Code, RowFaults.Twins.Code, RowFaults.Overlap.Code, RowFaults.Twice.Code };

    private string Prefix => session.Prefix("eligibility");

    public async ValueTask Keep(OrganisationId insurer, DateOnly day, DateTimeOffset at, IReadOnlyList<Registered> rows, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            if (row.Replaces)
            {
                // That it came late once stays true of the row, as long as there is one.
                var but = row.Report.Result == EntryResult.Withdrawn ? "" : $" AND code <> '{RowFaults.Late.Code}'";
                await session.Defer($"DELETE FROM {Prefix}notice WHERE entry = @entry{but}", ct, ("entry", row.Entry));
            }

            foreach (var code in row.Report.Problems.Where(p => !p.Refused).Select(p => p.Code).Where(c => Kept.Any(k => k.Code == c)).Distinct())
            {
                await session.Defer(
                    $"""
                    INSERT INTO {Prefix}notice (insurer, code, entry, number, since) VALUES (@insurer, @code, @entry, @number, @since)
                    ON CONFLICT (insurer, code, entry) DO NOTHING
                    """,
                    ct,
                    ("insurer", insurer.Value),
                    ("code", code),
                    ("entry", row.Entry),
                    ("number", code == RowFaults.Late.Code ? (long)(row.Report.LagDays ?? 0) : 0L),
                    ("since", at));
            }
        }

        foreach (var lag in rows.Select(r => r.Report.LagDays).OfType<int>().CountBy(d => d))
        {
            await session.Defer(
                $"""
                INSERT INTO {Prefix}lag AS l (insurer, day, days, times) VALUES (@insurer, @day, @days, @times)
                ON CONFLICT (insurer, day, days) DO UPDATE SET times = l.times + excluded.times
                """,
                ct,
                ("insurer", insurer.Value),
                ("day", day),
                ("days", (long)lag.Key),
                ("times", (long)lag.Value));
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, long>> Count(OrganisationId insurer, CancellationToken ct) => (await session.Query(
        $"""
        SELECT code, COUNT(*) FROM {Prefix}notice WHERE insurer = @insurer GROUP BY code
        UNION ALL SELECT '{RowFaults.StillStopped.Code}', COUNT(*) FROM {Prefix}coverage WHERE insurer = @insurer AND stopped = 1 AND known_until IS NULL
        """,
        r => (r.GetString(0), r.GetInt64(1)),
        ct,
        ("insurer", insurer.Value))).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);

    /// <summary>The longest late, then the latest first.</summary>
    public ValueTask<List<Notice>> Of(OrganisationId insurer, string code, int most, int skip, CancellationToken ct) => session.Query(
        $"SELECT entry, number, since FROM {Prefix}notice WHERE insurer = @insurer AND code = @code ORDER BY number DESC, since DESC, entry LIMIT {most} OFFSET {skip}",
        r => new Notice((byte[])r.GetValue(0), code, r.GetInt64(1), Instants.FromMicroseconds(r.GetInt64(2))),
        ct,
        ("insurer", insurer.Value),
        ("code", code));

    public async ValueTask Drop(OrganisationId insurer, Notice notice, CancellationToken ct) => await session.Defer(
        $"DELETE FROM {Prefix}notice WHERE insurer = @insurer AND code = @code AND entry = @entry", ct, ("insurer", insurer.Value), ("code", notice.Code), ("entry", notice.Entry));

    public ValueTask<List<LagCount>> Lags(OrganisationId insurer, DateOnly from, DateOnly until, CancellationToken ct) => session.Query(
        $"SELECT days, CAST(SUM(times) AS BIGINT) FROM {Prefix}lag WHERE insurer = @insurer AND day >= @from AND day <= @until GROUP BY days ORDER BY days",
        r => new LagCount(checked((int)r.GetInt64(0)), r.GetInt64(1)),
        ct,
        ("insurer", insurer.Value),
        ("from", from),
        ("until", until));
}
