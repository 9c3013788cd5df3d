using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Platform.Data;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>How far a package has come, as its last batch left it.</summary>
/// <param name="Report">For the insurer, without problems.</param>
/// <param name="Digest">SHA-256 of the ZIP.</param>
/// <param name="Done">Good files done.</param>
/// <param name="Problems">Problems kept.</param>
internal sealed record PackageProgress(CheckupPackageReport Report, string Digest, int Done, int Problems);

/// <summary>The rows about packages and their problems. Scoped.</summary>
internal sealed class CheckupPackages(DbSession session)
{
    private const int MostProblems = 10_000;

    private static readonly RowShape _problem = new(
        "eligibility", "checkup_problem",
        ("insurer", Uuid), ("package", Text), ("ordinal", Number), ("file", Text), ("line", Number), ("place", Text), ("code", Text), ("text", Text), ("remedy", Text),
        ("refused", Number));

    private string Prefix => session.Prefix("eligibility");

    public async ValueTask<PackageProgress?> Find(OrganisationId insurer, string package, CancellationToken ct) => (await session.Query(
        $"""
        SELECT digest, started, ended, accepted, files, done, problems, created, changed, same, refused FROM {Prefix}checkup_package
        WHERE insurer = @insurer AND package = @package
        """,
        r => new PackageProgress(
            new CheckupPackageReport(
                package, !r.IsDBNull(2), r.GetInt64(3) != 0, Count(r.GetInt64(4)), Count(r.GetInt64(7)), Count(r.GetInt64(8)), Count(r.GetInt64(9)), Count(r.GetInt64(10)),
                Instants.FromMicroseconds(r.GetInt64(1)), r.IsDBNull(2) ? null : Instants.FromMicroseconds(r.GetInt64(2)), []),
            r.GetString(0),
            Count(r.GetInt64(5)),
            Count(r.GetInt64(6))),
        ct,
        ("insurer", insurer.Value),
        ("package", package))).FirstOrDefault();

    public async ValueTask<IReadOnlyList<CheckupProblem>> Problems(OrganisationId insurer, string package, CancellationToken ct) => await session.Query(
        $"SELECT file, line, place, code, text, remedy, refused FROM {Prefix}checkup_problem WHERE insurer = @insurer AND package = @package ORDER BY file, ordinal",
        r => new CheckupProblem(r.GetString(0), Count(r.GetInt64(1)), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.GetInt64(6) != 0),
        ct,
        ("insurer", insurer.Value),
        ("package", package));

    /// <summary>Keeps how far it came with the problems of this batch; false when another connection took it further meanwhile.</summary>
    public async ValueTask<bool> Keep(OrganisationId insurer, PackageProgress? before, PackageProgress after, IReadOnlyList<CheckupProblem> problems, CancellationToken ct)
    {
        var kept = problems.Take(MostProblems - (before?.Problems ?? 0)).ToList();
        if (!await Keep(insurer, before, after with { Problems = (before?.Problems ?? 0) + kept.Count }, ct))
        {
            return false;
        }

        var ordinal = before?.Problems ?? 0;
        foreach (var problem in kept)
        {
            await session.Add(
                _problem, ct, insurer.Value, after.Report.Package, ordinal++, problem.File, problem.Line, problem.Place, problem.Code, problem.Text, problem.Remedy, problem.Refused);
        }

        return true;
    }

    private async ValueTask<bool> Keep(OrganisationId insurer, PackageProgress? before, PackageProgress after, CancellationToken ct)
    {
        var report = after.Report;
        (string, object?)[] values =
        [
            ("insurer", insurer.Value), ("package", report.Package), ("digest", after.Digest), ("started", report.Started), ("ended", report.Ended),
            ("accepted", report.Accepted ? 1L : 0L), ("files", (long)report.Files), ("done", (long)after.Done), ("problems", (long)after.Problems),
            ("created", (long)report.Created), ("changed", (long)report.Changed), ("same", (long)report.Same), ("refused", (long)report.Refused),
        ];
        return before is null
            ? await session.Execute(
                $"""
                INSERT INTO {Prefix}checkup_package (insurer, package, digest, started, ended, accepted, files, done, problems, created, changed, same, refused)
                VALUES (@insurer, @package, @digest, @started, @ended, @accepted, @files, @done, @problems, @created, @changed, @same, @refused)
                ON CONFLICT (insurer, package) DO NOTHING
                """,
                ct,
                values) == 1
            : await session.Execute(
                $"""
                UPDATE {Prefix}checkup_package SET ended = @ended, done = @done, problems = @problems, created = @created, changed = @changed, same = @same, refused = @refused
                WHERE insurer = @insurer AND package = @package AND done = @before AND ended IS NULL
                """,
                ct,
                [.. values.Where(v => v.Item1 is not ("digest" or "started" or "accepted" or "files")), ("before", (long)before.Done)]) == 1;
    }

    private static int Count(long number) => checked((int)number);
}
