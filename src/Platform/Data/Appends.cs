using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>Sessions that only add commit together: one sync for a group.</summary>
internal sealed class Appends
{
    private readonly Groups<Appended> _groups;

    /// <summary>A group is one batch; without a transaction of its own it is one.</summary>
    public Appends(NpgsqlDataSource source) => _groups = new Groups<Appended>(async group =>
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        Deferred.Fill(batch, group.SelectMany(m => m.Statements));
        await batch.ExecuteNonQueryAsync();
        Tell(group);
    });

    /// <summary>A group is one turn of the writer.</summary>
    public Appends(SqliteWriter writer) => _groups = new Groups<Appended>(async group =>
    {
        var (lane, transaction) = await writer.Begin(CancellationToken.None);
        try
        {
            foreach (var statement in group.SelectMany(m => m.Statements))
            {
                statement.Run(lane, transaction);
            }
        }
        catch
        {
            await writer.Rollback();
            throw;
        }

        await writer.Commit();
        Tell(group);
    });

    /// <summary>Returns when all of these are on disk.</summary>
    public Task Commit(IReadOnlyList<Deferred> statements)
    {
        var own = new Appended(statements);
        _groups.Join(own);
        return own.Durable.Task;
    }

    private static void Tell(List<Appended> group) => group.ForEach(a => a.Durable.SetResult());

    /// <summary>What a session adds.</summary>
    private sealed class Appended(IReadOnlyList<Deferred> statements) : IGroupMember
    {
        public IReadOnlyList<Deferred> Statements => statements;

        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception e) => Durable.SetException(e);
    }
}
