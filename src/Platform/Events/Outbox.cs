using System.Text.Json;
using Sekisho.Platform.Data;
using static Sekisho.Platform.Data.ColumnType;

namespace Sekisho.Platform.Events;

/// <summary>Publishes facts in the transaction that made them true. Scoped.</summary>
public sealed class Outbox(DbSession session, OutboxSignal signal, TimeProvider time)
{
    private static readonly RowShape _row = new("platform", "outbox", ("id", Uuid), ("type", Text), ("aggregate", Text), ("body", Text), ("created", Number));

    /// <summary>Events of one aggregate are consumed in order.</summary>
    public async ValueTask Publish<T>(T fact, string aggregate, CancellationToken ct)
        where T : notnull
    {
        await session.Add(_row, ct, Guid.CreateVersion7(), typeof(T).FullName, aggregate, JsonSerializer.Serialize(fact, OutboxJson.Options), time.GetUtcNow());
        session.AfterCommit(signal.Set);
    }
}

/// <summary>Consumes one kind of fact. Runs in its own scope and write transaction, which the dispatcher commits together with the inbox row: once per event.</summary>
public interface IConsumer<in T>
    where T : notnull
{
    Task Consume(T fact, CancellationToken ct);
}

/// <summary>Wakes the dispatcher after a commit; polling is the safety net.</summary>
public sealed class OutboxSignal : WorkSignal;

internal static class OutboxJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { IncludeFields = false, Converters = { new Web.YearMonthJson() } };
}
