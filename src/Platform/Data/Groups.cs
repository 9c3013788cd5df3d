using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>What one session waits for.</summary>
internal interface IGroupMember
{
    void Fail(Exception e);
}

/// <summary>
/// What many sessions want of the database at the same time goes there together: whoever comes while others are on their way joins the next group, which is one
/// transaction for all. When the database refuses a group, nothing of it is there, and each is tried alone, so that only whoever is at fault is told so.
/// </summary>
/// <param name="run">Runs the statements of a group in the members' order, all or nothing, and tells each member what came of them.</param>
internal sealed class Groups<T>(Func<List<T>, Task> run)
    where T : IGroupMember
{
    private const int MostTogether = 64;
    private readonly Lock _lock = new();
    private readonly Queue<T> _waiting = [];
    private bool _running;

    /// <summary>Puts one into the next group.</summary>
    public void Join(T member)
    {
        lock (_lock)
        {
            _waiting.Enqueue(member);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = Task.Run(Work);
    }

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

            _running = group.Count > 0;
            return group;
        }
    }

    private async Task Try(List<T> group)
    {
        try
        {
            await run(group);
        }
        catch (DbException e) when (group.Count > 1 && e is PostgresException or SqliteException)
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
}
