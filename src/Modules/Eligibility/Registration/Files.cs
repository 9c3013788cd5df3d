using System.Data.Common;
using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Eligibility.Registration;

/// <summary>How far a file has come, as its last batch left it.</summary>
internal sealed record FileProgress(CoverageFileReport Report, string Digest)
{
    /// <summary>With what became of a batch.</summary>
    public FileProgress With(IReadOnlyList<EntryReport> batch, string digest, DateTimeOffset? ended) => new(
        Report with
        {
            Rows = Report.Rows + batch.Count,
            Created = Report.Created + batch.Count(r => r.Result == EntryResult.Created),
            Changed = Report.Changed + batch.Count(r => r.Result == EntryResult.Changed),
            Same = Report.Same + batch.Count(r => r.Result == EntryResult.Same),
            Withdrawn = Report.Withdrawn + batch.Count(r => r.Result == EntryResult.Withdrawn),
            Refused = Report.Refused + batch.Count(r => r.Result == EntryResult.Refused),
            Late = Report.Late + batch.Count(r => r.LagDays > Registrar.DueDays),
            LongestLag = Math.Max(Report.LongestLag, batch.Max(r => r.LagDays) ?? 0),
            Complete = ended is not null,
            Ended = ended,
        },
        digest);
}

/// <summary>The rows about files and their problems. Scoped.</summary>
internal sealed class Files(DbSession session)
{
    private const int MostProblems = 10_000;
    private const string Columns = "file, rows, created, changed, same, withdrawn, refused, late, longest, started, ended";

    private static readonly RowShape _problem = new(
        "eligibility", "file_problem",
        ("insurer", Uuid), ("file", Text), ("line", Number), ("ordinal", Number), ("field", Text), ("code", Text), ("text", Text), ("remedy", Text), ("refused", Number));

    private string Prefix => session.Prefix("eligibility");

    public async ValueTask<FileProgress?> Find(OrganisationId insurer, string file, CancellationToken ct) => (await session.Query(
        $"SELECT {Columns}, digest FROM {Prefix}file WHERE insurer = @insurer AND file = @file",
        r => new FileProgress(Report(r), r.GetString(11)),
        ct,
        ("insurer", insurer.Value),
        ("file", file))).FirstOrDefault();

    /// <summary>The latest hundred of an insurer, under their own ids.</summary>
    public ValueTask<List<RegistrationFile>> Latest(OrganisationId insurer, CancellationToken ct) => session.Query(
        $"SELECT {Columns} FROM {Prefix}file WHERE insurer = @insurer ORDER BY started DESC, file LIMIT 100",
        r => Report(r) is var report && report.File.IndexOf('/', StringComparison.Ordinal) is >= 0 and var kept
            ? new RegistrationFile(report with { File = report.File[(kept + 1)..] }, IsTickets: true)
            : new RegistrationFile(report, IsTickets: false),
        ct,
        ("insurer", insurer.Value));

    private static CoverageFileReport Report(DbDataReader r) => new(
        r.GetString(0), !r.IsDBNull(10), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8),
        Instants.FromMicroseconds(r.GetInt64(9)), r.IsDBNull(10) ? null : Instants.FromMicroseconds(r.GetInt64(10)), []);

    public async ValueTask<IReadOnlyList<EntryProblem>> Problems(OrganisationId insurer, string file, CancellationToken ct) => await session.Query(
        $"SELECT line, field, code, text, remedy, refused FROM {Prefix}file_problem WHERE insurer = @insurer AND file = @file ORDER BY line, ordinal LIMIT {MostProblems}",
        r => new EntryProblem(checked((int)r.GetInt64(0)), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt64(5) != 0),
        ct,
        ("insurer", insurer.Value),
        ("file", file));

    /// <summary>Keeps how far it came; false when another connection took it further meanwhile.</summary>
    public async ValueTask<bool> Keep(OrganisationId insurer, FileProgress? before, FileProgress after, CancellationToken ct)
    {
        var report = after.Report;
        (string, object?)[] values =
        [
            ("insurer", insurer.Value), ("file", report.File), ("started", report.Started), ("ended", report.Ended), ("rows", report.Rows), ("digest", after.Digest),
            ("created", report.Created), ("changed", report.Changed), ("same", report.Same), ("withdrawn", report.Withdrawn), ("refused", report.Refused),
            ("late", report.Late), ("longest", report.LongestLag),
        ];
        return before is null
            ? await session.Execute(
                $"""
                INSERT INTO {Prefix}file (insurer, file, started, ended, rows, digest, created, changed, same, withdrawn, refused, late, longest)
                VALUES (@insurer, @file, @started, @ended, @rows, @digest, @created, @changed, @same, @withdrawn, @refused, @late, @longest)
                ON CONFLICT (insurer, file) DO NOTHING
                """,
                ct,
                values) == 1
            : await session.Execute(
                $"""
                UPDATE {Prefix}file SET started = @started, ended = @ended, rows = @rows, digest = @digest, created = @created, changed = @changed, same = @same,
                    withdrawn = @withdrawn, refused = @refused, late = @late, longest = @longest
                WHERE insurer = @insurer AND file = @file AND rows = @before AND ended IS NULL
                """,
                ct,
                [.. values, ("before", before.Report.Rows)]) == 1;
    }

    public async ValueTask Keep(OrganisationId insurer, string file, IEnumerable<EntryProblem> problems, CancellationToken ct)
    {
        var ordinal = 0;
        foreach (var problem in problems.Take(MostProblems))
        {
            await session.Add(_problem, ct, insurer.Value, file, problem.Line, ordinal++, problem.Field, problem.Code, problem.Text, problem.Remedy, problem.Refused);
        }
    }

    /// <summary>
    /// PostgreSQL plans by statistics. Until its own worker comes round after the first large file, every inquiry would walk the whole table; so after rows that make up
    /// a tenth of it the table is measured at once.
    /// </summary>
    public async ValueTask Measure(string table, long taken, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.PostgreSql && taken > 0)
        {
            await session.Write(ct);
            var known = Convert.ToDouble(await session.Scalar("SELECT reltuples FROM pg_class WHERE oid = to_regclass(@table)", ct, ("table", Prefix + table)), CultureInfo.InvariantCulture);
            if (known < 0 || taken > known / 10)
            {
                await session.Execute($"ANALYZE {Prefix}{table}", ct);
            }

            await session.Commit(ct);
        }
    }
}
