using System.Data.Common;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>Questions of sessions that only look are asked together; each sees what is committed when its group arrives.</summary>
internal sealed class PostgresLooks
{
    private readonly Groups<Looked> _groups;

    public PostgresLooks(NpgsqlDataSource source) => _groups = new Groups<Looked>(async group =>
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        Deferred.Fill(batch, group.Select(m => m.Statement));
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            foreach (var looked in group)
            {
                await looked.Read(reader);
                await reader.NextResultAsync();
            }
        }

        foreach (var looked in group)
        {
            looked.Tell();
        }
    });

    /// <summary>All rows, each read by <paramref name="map"/>.</summary>
    public Task<List<T>> Query<T>(DeferredStatement statement, Func<DbDataReader, T> map)
    {
        var own = new Looked<T>(statement, map);
        _groups.Join(own);
        return own.Rows;
    }

    /// <summary>One question.</summary>
    private abstract class Looked(DeferredStatement statement) : IGroupMember
    {
        public DeferredStatement Statement => statement;

        /// <summary>Reads the rows of its own; said to the asker by <see cref="Tell"/>.</summary>
        public abstract Task Read(DbDataReader reader);

        /// <summary>Gives the rows to the asker.</summary>
        public abstract void Tell();

        public abstract void Fail(Exception e);
    }

    /// <summary>One question and its rows.</summary>
    private sealed class Looked<T>(DeferredStatement statement, Func<DbDataReader, T> map) : Looked(statement)
    {
        private readonly TaskCompletionSource<List<T>> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private List<T> _rows = [];

        public Task<List<T>> Rows => _told.Task;

        public override async Task Read(DbDataReader reader)
        {
            _rows = [];
            while (await reader.ReadAsync())
            {
                _rows.Add(map(reader));
            }
        }

        public override void Tell() => _told.SetResult(_rows);

        public override void Fail(Exception e) => _told.SetException(e);
    }
}
