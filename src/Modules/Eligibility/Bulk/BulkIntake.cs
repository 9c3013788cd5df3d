using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>Takes an 一括 in: at once, or not now. Scoped.</summary>
internal sealed class BulkIntake(
    DbSession session, BulkJobs jobs, RegistryKeys keys, BulkPace pace, BulkSignal signal, Audit audit, IBusinessTime business, TimeProvider time)
{
    private const int YearsBack = 5;

    // Who did not hear the answer asks again within minutes; a list sent again later wants to know anew.
    private static readonly TimeSpan _again = TimeSpan.FromMinutes(10);

    private DateOnly Today => DateOnly.FromDateTime(business.Now.DateTime);

    /// <summary>
    /// The job, kept and recorded. <paramref name="prove"/> makes the answer that names it, and gives the digest of what proves it. Commits; EL-0103, EL-0307, EL-0308.
    /// </summary>
    public async ValueTask<Outcome<BulkJob>> Take(
        Actor by, string kind, BulkHead head, BulkUpload upload, ReadOnlyMemory<byte> bytes, Func<BulkJob, string> prove, CancellationToken ct)
    {
        if (head.On < Today.AddYears(-YearsBack) || head.On > Today.AddYears(1))
        {
            return Refusals.NoSuchDay;
        }

        // With whom it is about: the centre's own lists (who consented) may be others a minute later.
        var digest = keys.Upload(by.Organisation, kind, bytes.Span, upload.Pieces);
        await session.Write(ct);
        await jobs.Lock(by.Organisation, ct);
        var now = time.Now();
        var job = await jobs.Same(by.Organisation, kind, digest, now - _again, ct);
        if (job is null)
        {
            if (await Full(by.Organisation, upload.Rows, ct) is { } full)
            {
                await session.Rollback();
                return full;
            }

            job = new BulkJob(Guid.CreateVersion7(now), BulkJobs.NewNumber(Today), by.Organisation, kind, now, upload.Rows == 0 ? now : null, upload.Rows, 0, 0, 0);
            await jobs.Add(job, digest, head, upload.Pieces, ct);
            session.AfterCommit(signal.Set);
        }

        await audit.Record(new AuditEvent(AuditKind.BulkTaken, job.Number, Result(job, prove(job))) { By = by }, ct);
        await session.Commit(ct);
        return job;
    }

    /// <summary>資格確認日 when none is stated.</summary>
    public DateOnly On(DateOnly? asked) => asked ?? Today;

    private async ValueTask<Refusal?> Full(OrganisationId facility, int rows, CancellationToken ct)
    {
        var (own, waiting) = await jobs.Waiting(facility, ct);
        pace.Wait(waiting);
        return own >= BulkPace.MostJobs ? Refusals.TooManyJobs : waiting + rows > BulkPace.MostWaiting ? Refusals.TooMuchWaiting : null;
    }

    private static string Result(BulkJob job, string proof) => string.Create(CultureInfo.InvariantCulture, $"{job.Kind} {job.Rows} {proof}").TrimEnd();
}
