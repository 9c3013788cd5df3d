using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>A statement whose turn comes later; a driver's command cannot be sent twice, so one is made for each attempt.</summary>
internal sealed record Deferred(string Sql, IReadOnlyList<(string Name, object Value)> Values)
{
    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var (name, value) in Values)
        {
            command.Parameters.Add(new NpgsqlParameter(name, value));
        }

        return command;
    }
}

/// <summary>What one session waits for.</summary>
internal abstract class GroupMember
{
    public abstract IReadOnlyList<Deferred> Statements { get; }

    public abstract void Fail(Exception e);
}

/// <summary>
/// What many sessions want of PostgreSQL at the same time goes there together: whoever comes while others are on their way joins the next group, which is one round
/// trip and one transaction for all. When the database refuses a group, nothing of it is there, and each is tried alone, so that only whoever is at fault is told so.
/// </summary>
internal abstract class PostgresGroups<T>(NpgsqlDataSource source)
    where T : GroupMember
{
    private const int MostTogether = 64;
    private const int MostGroups = 2;
    private readonly Lock _lock = new();
    private readonly Queue<T> _waiting = [];
    private int _running;

    /// <summary>Puts one into the next group.</summary>
    protected void Join(T member)
    {
        lock (_lock)
        {
            _waiting.Enqueue(member);
            if (_running == MostGroups)
            {
                return;
            }

            _running++;
        }

        _ = Task.Run(Work);
    }

    /// <summary>Sends the group's statements (in the members' order) and tells each member what came of them.</summary>
    protected abstract Task Run(NpgsqlBatch batch, IReadOnlyList<T> group);

    private async Task Work()
    {
        while (Next() is { Count: > 0 } group)
        {
            await Try(group);
        }
    }

    private List<T> Next()
    {
        lock (_lock)
        {
            var group = new List<T>();
            while (group.Count < MostTogether && _waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }

            _running -= group.Count == 0 ? 1 : 0;
            return group;
        }
    }

    private async Task Try(List<T> group)
    {
        try
        {
            await Run(group);
        }
        catch (PostgresException) when (group.Count > 1)
        {
            foreach (var one in group)
            {
                await Try([one]);
            }
        }
        catch (Exception e)
        {
            group.ForEach(m => m.Fail(e));
        }
    }

    // A batch without a transaction of its own is one: all of it or nothing.
    private async Task Run(List<T> group)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in group.SelectMany(m => m.Statements))
        {
            batch.BatchCommands.Add(statement.Command());
        }

        await Run(batch, group);
    }
}
