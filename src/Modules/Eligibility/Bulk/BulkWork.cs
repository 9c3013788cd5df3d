using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>
/// One turn: some rows of the job that waited longest are looked at, recorded and kept in one transaction, so that each is looked at once however the process dies.
/// Scoped.
/// </summary>
internal sealed partial class BulkWork(DbSession session, BulkJobs jobs, IServiceProvider services, BulkPace pace, TimeProvider time, ILogger<BulkWork> logger)
{
    private const int MostFaults = 5;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    /// <summary>False when nobody's turn has come.</summary>
    public async ValueTask<bool> Turn(CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        if (!await session.InReading(() => jobs.Any(time.Now(), ct), ct))
        {
            return false;
        }

        await session.Write(ct);
        if (await jobs.Next(time.Now(), ct) is not { } job)
        {
            await session.Rollback();
            return false;
        }

        try
        {
            var done = await Look(job, ct);
            await session.Commit(ct);
            pace.Did(done, time.GetElapsedTime(begun));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogBroke(e, job.Id, job.Done);
            await session.Rollback();
            await session.Write(ct);
            var now = time.Now();
            await jobs.Broke(job, now + ((job.Faults + 1) * _pause), job.Faults + 1 >= MostFaults ? now : null, ct);
            await session.Commit(ct);
        }

        return true;
    }

    /// <summary>Deletes what was kept long enough; how many jobs.</summary>
    public async ValueTask<int> Expire(CancellationToken ct)
    {
        await session.Write(ct);
        var gone = await jobs.Expire(time.Now() - BulkJob.Kept, ct);
        await session.Commit(ct);
        if (gone > 0)
        {
            LogExpired(gone);
        }

        return gone;
    }

    private async ValueTask<int> Look(BulkJob job, CancellationToken ct)
    {
        var head = await jobs.Head(job, ct);
        var part = await jobs.Due(job, ct);
        var (answered, failed) = await services.GetRequiredKeyedService<IBulkKind>(job.Kind).Work(new BulkTurn(job, head, head.By.Actor()), part, ct);
        var rows = Math.Min(BulkJob.Piece, job.Rows - job.Done);
        var now = time.Now();
        await jobs.Answered(
            job with { Done = job.Done + rows, Failed = job.Failed + failed, Finished = job.Done + rows == job.Rows ? now : null }, job.Done, answered, now, ct);
        return rows;
    }

    [LoggerMessage(5031, LogLevel.Error, "Rows of bulk inquiry {Job} from {First} could not be looked at")]
    private partial void LogBroke(Exception e, Guid job, int first);

    [LoggerMessage(5032, LogLevel.Information, "{Count} bulk inquiries were kept long enough and are deleted")]
    private partial void LogExpired(int count);
}
