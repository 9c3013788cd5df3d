using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;

namespace Sekisho.Modules.Eligibility.Checkups;

/// <summary>Deletes what was held more than five business years ago, in short transactions. No answer shows it before that either. Scoped.</summary>
internal sealed class ExpireCheckups(DbSession session, CheckupStore store, Audit audit)
{
    private const int BatchRows = 500;

    /// <summary>Some of what is due; how many versions.</summary>
    public async ValueTask<int> Some(CancellationToken ct)
    {
        await session.Write(ct);
        var deleted = await store.Expire(BatchRows, ct);
        if (deleted > 0)
        {
            await audit.Record(AuditKind.CheckupsExpired, "checkups", string.Create(CultureInfo.InvariantCulture, $"{deleted} before {store.Oldest:yyyy-MM-dd}"), ct);
        }

        await session.Commit(ct);
        return deleted;
    }
}

/// <summary>Every hour, until nothing is due.</summary>
internal sealed class CheckupWorker(IServiceScopeFactory scopes, TimeProvider time, ILogger<CheckupWorker> logger)
    : TurnWorker<ExpireCheckups>(scopes, null, TimeSpan.FromHours(1), time, logger)
{
    protected override Task Round(CancellationToken ct) => All(async e => await e.Some(ct) > 0);
}
