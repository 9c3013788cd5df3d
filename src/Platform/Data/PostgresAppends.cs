using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>What a session adds.</summary>
internal sealed class Appended(IReadOnlyList<Deferred> statements) : GroupMember
{
    public override IReadOnlyList<Deferred> Statements => statements;

    public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Fail(Exception e) => Durable.SetException(e);
}

/// <summary>Sessions that only add commit together: one sync for a group.</summary>
internal sealed class PostgresAppends(NpgsqlDataSource source) : PostgresGroups<Appended>(source)
{
    /// <summary>Returns when all of these are on disk.</summary>
    public Task Commit(IReadOnlyList<Deferred> statements)
    {
        var own = new Appended(statements);
        Join(own);
        return own.Durable.Task;
    }

    protected override async Task Run(NpgsqlBatch batch, IReadOnlyList<Appended> group)
    {
        await batch.ExecuteNonQueryAsync();
        foreach (var appended in group)
        {
            appended.Durable.SetResult();
        }
    }
}
