using System.Data.Common;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>Questions of sessions that only look are asked together, a statement for each <see cref="Lookup"/>; each sees what is committed when its group arrives.</summary>
internal sealed class PostgresLooks
{
    private readonly Groups<Looked> _groups;

    public PostgresLooks(NpgsqlDataSource source) => _groups = new Groups<Looked>(async group =>
    {
        var questions = group.GroupBy(m => m.Lookup).Select(g => g.ToList()).ToList();
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        questions.ForEach(q => batch.BatchCommands.Add(q[0].Lookup.Command([.. q.SelectMany(m => m.Keys)])));
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            foreach (var askers in questions)
            {
                await Read(reader, askers);
                await reader.NextResultAsync();
            }
        }

        group.ForEach(m => m.Tell());
    });

    /// <summary>All rows, each read by <paramref name="map"/>.</summary>
    public Task<List<T>> Find<T>(Lookup lookup, object[][] keys, Func<DbDataReader, T> map)
    {
        var own = new Looked<T>(lookup, keys, map);
        _groups.Join(own);
        return own.Rows;
    }

    private static async Task Read(NpgsqlDataReader reader, List<Looked> askers)
    {
        askers.ForEach(a => a.Begin());
        var whose = askers.SelectMany(a => a.Keys.Select(_ => a)).ToList();
        while (await reader.ReadAsync())
        {
            whose[(int)reader.GetInt64(reader.FieldCount - 1) - 1].Read(reader);
        }
    }

    /// <summary>One question.</summary>
    private abstract class Looked(Lookup lookup, object[][] keys) : IGroupMember
    {
        public Lookup Lookup => lookup;

        public object[][] Keys => keys;

        /// <summary>Forgets what a group that failed gave.</summary>
        public abstract void Begin();

        /// <summary>Reads a row of its own; said to the asker by <see cref="Tell"/>.</summary>
        public abstract void Read(DbDataReader row);

        /// <summary>Gives the rows to the asker.</summary>
        public abstract void Tell();

        public abstract void Fail(Exception e);
    }

    /// <summary>One question and its rows.</summary>
    private sealed class Looked<T>(Lookup lookup, object[][] keys, Func<DbDataReader, T> map) : Looked(lookup, keys)
    {
        private readonly TaskCompletionSource<List<T>> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<T> _rows = [];
        private Exception? _unreadable;

        public Task<List<T>> Rows => _told.Task;

        public override void Begin()
        {
            _rows.Clear();
            _unreadable = null;
        }

        /// <summary>A row that nobody can read is the fault of none of the others.</summary>
        public override void Read(DbDataReader row)
        {
            try
            {
                _rows.Add(map(row));
            }
            catch (Exception e)
            {
                _unreadable = e;
            }
        }

        public override void Tell() => _ = _unreadable is { } fault ? _told.TrySetException(fault) : _told.TrySetResult(_rows);

        public override void Fail(Exception e) => _told.SetException(e);
    }
}
