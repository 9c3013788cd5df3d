using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sekisho.Contracts;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Quality;

/// <summary>
/// Counts who asked about whose people. In memory first, so that an inquiry waits for no counter: what a crash takes with it is a few seconds of numbers, and
/// the audit trail has every one of them. Singleton.
/// </summary>
internal sealed class Looks : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<(OrganisationId Insurer, DateOnly Day, OrganisationId Facility), long> _counts = new();

    public void Add(OrganisationId insurer, DateOnly day, OrganisationId facility) => _counts.AddOrUpdate((insurer, day, facility), 1, (_, n) => n + 1);

    /// <summary>Writes what was counted since, and commits; how many counts. One at a time: when it returns, whatever another one had taken is written, too.</summary>
    public async ValueTask<int> Keep(DbSession session, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            return await KeepTaken(session, ct);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async ValueTask<int> KeepTaken(DbSession session, CancellationToken ct)
    {
        var taken = new List<((OrganisationId Insurer, DateOnly Day, OrganisationId Facility) Of, long Count)>();
        foreach (var key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out var count))
            {
                taken.Add((key, count));
            }
        }

        if (taken.Count == 0)
        {
            return 0;
        }

        try
        {
            await Write(session, taken, ct);
            return taken.Count;
        }
        catch
        {
            foreach (var (of, count) in taken)
            {
                _counts.AddOrUpdate(of, count, (_, n) => n + count);
            }

            throw;
        }
    }

    private static async ValueTask Write(
        DbSession session, List<((OrganisationId Insurer, DateOnly Day, OrganisationId Facility) Of, long Count)> taken, CancellationToken ct)
    {
        await session.Write(ct);

        // In one order everywhere: two servers writing the same rows wait for each other once.
        foreach (var (of, count) in taken.OrderBy(t => t.Of.Insurer.Value).ThenBy(t => t.Of.Facility.Value).ThenBy(t => t.Of.Day))
        {
            await session.Execute(
                $"""
                INSERT INTO {session.Prefix("eligibility")}look AS l (insurer, day, facility, times) VALUES (@insurer, @day, @facility, @times)
                ON CONFLICT (insurer, day, facility) DO UPDATE SET times = l.times + excluded.times
                """,
                ct,
                ("insurer", of.Insurer.Value),
                ("day", of.Day),
                ("facility", of.Facility.Value),
                ("times", count));
        }

        await session.Commit(ct);
    }
}

/// <summary>Keeps the counts every ten seconds, and when the site stops.</summary>
internal sealed class LookWorker(IServiceScopeFactory scopes, Looks looks, TimeProvider time, ILogger<LookWorker> logger)
    : TurnWorker<DbSession>(scopes, null, TimeSpan.FromSeconds(10), time, logger)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Try(cancellationToken);
    }

    protected override Task Round(CancellationToken ct) => Do(session => looks.Keep(session, ct));
}
