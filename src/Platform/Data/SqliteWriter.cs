using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Sekisho.Platform.Data;

/// <summary>
/// SQLite has one writer, so its sessions take turns on one connection, first come first served, instead of blocking threads inside SQLite. Whoever
/// commits while others wait hands the open transaction on to the next; the last one commits for all, with one sync. A session's commit returns only when
/// that has happened; what a session rolls back is undone alone (a savepoint each).
/// </summary>
internal sealed class SqliteWriter(Func<SqliteLane> open) : IDisposable
{
    private const string Turn = "turn";
    private const int MostTogether = 256;
    private static readonly TimeSpan _longestTogether = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _taken;
    private SqliteLane? _lane;
    private Group? _group;

    /// <summary>Sessions that share one transaction.</summary>
    private sealed class Group(SqliteTransaction transaction)
    {
        public SqliteTransaction Transaction { get; } = transaction;

        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Begun { get; } = Stopwatch.GetTimestamp();

        /// <summary>How many sessions have committed into it.</summary>
        public int Members { get; set; }
    }

    /// <summary>How many wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Waits for the turn and begins; end it with <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
    public async ValueTask<(SqliteLane Lane, SqliteTransaction Transaction)> Begin(CancellationToken ct)
    {
        await Take(ct);
        try
        {
            _lane ??= open();
            _group ??= new Group(_lane.Connection.BeginTransaction(deferred: false));
            _group.Transaction.Save(Turn);
            return (_lane, _group.Transaction);
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }
    }

    /// <summary>Returns when everything since <see cref="Begin"/> is on disk.</summary>
    public ValueTask Commit()
    {
        var group = _group!;
        try
        {
            group.Transaction.Release(Turn);
            group.Members++;
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }

        Leave(group);
        return new ValueTask(group.Durable.Task);
    }

    /// <summary>Undoes everything since <see cref="Begin"/>. What the session saw of others before it is on disk when this returns.</summary>
    public async ValueTask Rollback()
    {
        var group = _group!;
        try
        {
            group.Transaction.Rollback(Turn);
            group.Transaction.Release(Turn);
        }
        catch (Exception e)
        {
            Abandon(e);
            return;
        }

        Leave(group);
        if (group.Members > 0)
        {
            try
            {
                await group.Durable.Task;
            }
            catch (SqliteException)
            {
                // Told to those whose work it was.
            }
        }
    }

    public void Dispose() => _lane?.Dispose();

    private async ValueTask Take(CancellationToken ct)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return;
            }

            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.AddLast(turn);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_patience);
        await using (patience.Token.Register(() => turn.TrySetCanceled(CancellationToken.None)))
        {
            try
            {
                await turn.Task;
            }
            catch (OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                throw new TimeoutException("The database's one writer was busy for too long");
            }
        }
    }

    /// <summary>Gives the turn, with the open transaction, to the next who waits; false when nobody does.</summary>
    private bool HandOn()
    {
        lock (_lock)
        {
            while (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                if (next.Value.TrySetResult())
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Leave(Group group)
    {
        if (group.Members < MostTogether && Stopwatch.GetElapsedTime(group.Begun) < _longestTogether && HandOn())
        {
            return;
        }

        try
        {
            group.Transaction.Commit();
            group.Transaction.Dispose();
            _group = null;
        }
        catch (Exception e)
        {
            Abandon(e);
            return;
        }

        Free();
        group.Durable.TrySetResult();
    }

    /// <summary>Nothing of the group will be on disk: everybody who committed into it is told, and the next begins on a new connection.</summary>
    private void Abandon(Exception why)
    {
        var group = _group;
        _group = null;
        try
        {
            group?.Transaction.Dispose();
            _lane?.Dispose();
        }
        catch (SqliteException)
        {
            // The connection is given up either way.
        }

        _lane = null;
        Free();
        if (group is not null)
        {
            // Nobody may be listening.
            group.Durable.TrySetException(why);
            _ = group.Durable.Task.Exception;
        }
    }

    private void Free()
    {
        lock (_lock)
        {
            _taken = false;
            if (_waiting.Count > 0)
            {
                _taken = HandOn();
            }
        }
    }
}
