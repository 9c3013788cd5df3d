using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>An 一括 and, once it is finished, its parts.</summary>
internal sealed record FoundBulk(BulkJob Job, BulkHead Head, IReadOnlyList<BulkPart> Parts);

/// <summary>What a facility fetches, for every door the same. Scoped.</summary>
internal sealed class BulkResults(DbSession session, BulkJobs jobs, IServiceProvider services)
{
    /// <summary>The facility's own by its 受付番号, with the parts once the last is answered. EL-0309, EL-0310.</summary>
    public ValueTask<Outcome<FoundBulk>> Fetch(OrganisationId facility, string kind, string number, CancellationToken ct) => session.InReading<Outcome<FoundBulk>>(
        async () => await jobs.Find(facility, kind, number, ct) is not { } job ? Refusals.NoSuchJob
            : job.GivenUp ? Refusals.JobGivenUp
            : job.Finished is null ? new FoundBulk(job, await jobs.Head(job, ct), [])
            : await services.GetRequiredKeyedService<IBulkKind>(kind).Current(new FoundBulk(job, await jobs.Head(job, ct), await jobs.Parts(job, ct)), ct),
        ct);
}
