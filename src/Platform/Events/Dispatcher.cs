using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sekisho.Platform.Data;

namespace Sekisho.Platform.Events;

/// <summary>A consumer of a fact, as registered by a module.</summary>
public sealed record ConsumerRegistration(Type Fact, string Name, Func<IServiceProvider, object, CancellationToken, Task> Consume)
{
    public static ConsumerRegistration Of<TFact, TConsumer>()
        where TFact : notnull
        where TConsumer : class, IConsumer<TFact> =>
        new(typeof(TFact), typeof(TConsumer).FullName!, (services, fact, ct) => services.GetRequiredService<TConsumer>().Consume((TFact)fact, ct));
}

/// <summary>
/// The in-process dispatcher: hands each outbox row to its consumers, at least once, in order per aggregate; the inbox makes it once.
/// A consumer that fails holds back only its aggregate and is tried again.
/// </summary>
public sealed partial class Dispatcher(
    IServiceScopeFactory scopes,
    Database database,
    IEnumerable<ConsumerRegistration> registrations,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<Dispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan _poll = TimeSpan.FromSeconds(2);
    private const int Batch = 200;
    private const int AtOnce = 8;
    private const long AdvisoryLock = 0x53454B4953484F02;
    private readonly ILookup<string, ConsumerRegistration> _consumers = registrations.ToLookup(r => r.Fact.FullName!);

    private sealed record Row(long Sequence, Guid Id, string Type, string Aggregate, string Body);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                while (await Turn(stoppingToken) > 0)
                {
                }

                await Task.WhenAny(next, Task.Delay(_poll, time, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogTurnFailed(e);
                await Task.Delay(_poll, time, stoppingToken);
            }
        }
    }

    /// <summary>One batch; returns how many events were finished.</summary>
    private async Task<int> Turn(CancellationToken ct)
    {
        // One dispatcher at a time: on PostgreSQL the session-level lock is held through the turn, on SQLite there is one process.
        await using var guard = new DbSession(database);
        await guard.Read(ct);
        if (guard.Provider == DatabaseProvider.PostgreSql && await guard.Scalar("SELECT pg_try_advisory_xact_lock(@key)", ct, ("key", AdvisoryLock)) is false)
        {
            return 0;
        }

        var rows = await guard.Query(
            $"SELECT sequence, id, type, aggregate, body FROM {guard.Prefix("platform")}outbox WHERE done = 0 ORDER BY sequence LIMIT {Batch}",
            r => new Row(r.GetInt64(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetString(4)),
            ct);
        if (guard.Provider == DatabaseProvider.Sqlite)
        {
            await guard.Rollback();
        }

        var nobodys = rows.Where(r => !_consumers.Contains(r.Type)).ToList();
        await Finish(nobodys, ct);
        var done = nobodys.Count;
        var aggregates = rows.Where(r => _consumers.Contains(r.Type)).GroupBy(r => r.Aggregate);
        await Parallel.ForEachAsync(aggregates, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (aggregate, cancel) =>
        {
            foreach (var row in aggregate)
            {
                if (!await Deliver(row, cancel))
                {
                    return;
                }

                Interlocked.Increment(ref done);
            }
        });
        return done;
    }

    private async Task Finish(List<Row> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var session = new DbSession(database);
        await session.Write(ct);
        foreach (var row in rows)
        {
            await Finish(session, row, ct);
        }

        await session.Commit(ct);
    }

    private async Task<bool> Deliver(Row row, CancellationToken ct)
    {
        try
        {
            var consumers = _consumers[row.Type].ToList();
            foreach (var consumer in consumers)
            {
                await Consume(row, consumer, last: consumer == consumers[^1], ct);
                FaultPoints.Pass("platform.outbox.handled");
            }

            FaultPoints.Pass("platform.outbox.done");
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogConsumerFailed(e, row.Type, row.Id);
            return false;
        }
    }

    private static ValueTask<int> Finish(DbSession session, Row row, CancellationToken ct) =>
        session.Execute($"UPDATE {session.Prefix("platform")}outbox SET done = 1 WHERE sequence = @sequence", ct, ("sequence", row.Sequence));

    /// <summary>One consumer's work, its inbox row and, with the last consumer, the end of the event are one transaction.</summary>
    private async Task Consume(Row row, ConsumerRegistration consumer, bool last, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<DbSession>();
        await session.Write(ct);
        var first = await session.Execute(
            $"INSERT INTO {session.Prefix("platform")}inbox (event, consumer, handled) VALUES (@event, @consumer, @handled) ON CONFLICT DO NOTHING",
            ct,
            ("event", row.Id),
            ("consumer", consumer.Name),
            ("handled", time.GetUtcNow()));
        if (first == 1)
        {
            var fact = JsonSerializer.Deserialize(row.Body, consumer.Fact, OutboxJson.Options) ?? throw new InvalidOperationException(row.Type);
            await consumer.Consume(scope.ServiceProvider, fact, ct);
            FaultPoints.Pass("platform.outbox.consumed");
        }

        if (last)
        {
            await Finish(session, row, ct);
        }

        await session.Commit(ct);
    }

    [LoggerMessage(1001, LogLevel.Error, "Outbox turn failed")]
    private partial void LogTurnFailed(Exception e);

    [LoggerMessage(1002, LogLevel.Error, "Consumer of {Type} failed for event {EventId}; will be tried again")]
    private partial void LogConsumerFailed(Exception e, string type, Guid eventId);
}
