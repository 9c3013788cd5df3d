using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>
/// The one connection and transaction of a scope (a request, an event being consumed, one turn of a worker). Module contexts enlist in it.
/// Nothing is committed unless <see cref="Commit"/> is called; there is no automatic retry of business code.
/// </summary>
public sealed class DbSession(Database database) : IAsyncDisposable
{
    private readonly List<Action> _afterCommit = [];
    private readonly List<NpgsqlBatchCommand> _later = [];
    private const int MostDeferred = 200;
    private DbConnection? _connection;
    private SqliteLane? _lane;
    private bool _writing;

    public DatabaseProvider Provider => database.Provider;

    public DbConnection Connection => _connection ?? throw new InvalidOperationException("Begin a transaction first");

    public DbTransaction? Transaction { get; private set; }

    /// <summary>Begins a write transaction (SQLite: BEGIN IMMEDIATE) unless one is running.</summary>
    public async ValueTask Write(CancellationToken ct)
    {
        if (Transaction is not null && !_writing)
        {
            throw new InvalidOperationException("A reading transaction cannot become a writing one");
        }

        if (Transaction is null)
        {
            await Begin(write: true, ct);
        }
    }

    /// <summary>Begins a read transaction unless any is running.</summary>
    public async ValueTask Read(CancellationToken ct)
    {
        if (Transaction is null)
        {
            await Begin(write: false, ct);
        }
    }

    /// <summary>What stands before a module's table names.</summary>
    public string Prefix(string module) => database.Prefix(module);

    /// <summary>A command in the transaction. Parameters are named @name; Guid, DateTimeOffset, DateOnly and enums are stored in the site's one form.</summary>
    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Connection.CreateCommand();
        command.Transaction = Transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = Stored(value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>
    /// A statement whose result nobody waits for: at the latest run before the commit, on PostgreSQL together with others in one round trip. Statements of
    /// the session run in their order; those of a module context may overtake it.
    /// </summary>
    public async ValueTask Defer(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            await Execute(sql, ct, parameters);
            return;
        }

        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter(name, Stored(value)));
        }

        _later.Add(command);
        if (_later.Count >= MostDeferred)
        {
            await RunDeferred(ct);
        }
    }

    public async ValueTask<int> Execute(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        if (Prepared(sql, parameters) is { } ready)
        {
            return ready.ExecuteNonQuery();
        }

        await RunDeferred(ct);
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>First column of the first row, or null.</summary>
    public async ValueTask<object?> Scalar(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        if (Prepared(sql, parameters) is { } ready)
        {
            return ready.ExecuteScalar() is { } found and not DBNull ? found : null;
        }

        await RunDeferred(ct);
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows, each read by <paramref name="map"/>.</summary>
    public async ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> map, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        if (Prepared(sql, parameters) is { } ready)
        {
            using var found = ready.ExecuteReader();
            while (found.Read())
            {
                rows.Add(map(found));
            }

            return rows;
        }

        await RunDeferred(ct);
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Runs after the commit, e.g. to wake a worker; lost with a crash, so nothing may depend on it.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Makes everything since <see cref="Write"/> durable and ends the transaction.</summary>
    public async ValueTask Commit(CancellationToken ct)
    {
        if (Transaction is not null && _lane is not null && _writing)
        {
            // From here on the writer is another's; nothing of this session touches it any more.
            Forget();
            await database.Writer.Commit();
        }
        else if (Transaction is not null)
        {
            await RunDeferred(ct);
            await Transaction.CommitAsync(ct);
            await End();
        }

        foreach (var action in _afterCommit)
        {
            action();
        }

        _afterCommit.Clear();
    }

    /// <summary>Forgets everything since <see cref="Write"/>.</summary>
    public async ValueTask Rollback()
    {
        _afterCommit.Clear();
        await End();
    }

    public ValueTask DisposeAsync() => End();

    private async ValueTask Begin(bool write, CancellationToken ct)
    {
        _writing = write;
        if (Provider == DatabaseProvider.PostgreSql)
        {
            _connection = await database.OpenPostgres(ct);
            Transaction = await _connection.BeginTransactionAsync(write ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead, ct);
            return;
        }

        if (write)
        {
            (_lane, Transaction) = await database.Writer.Begin(ct);
        }
        else
        {
            ct.ThrowIfCancellationRequested();
            _lane = database.TakeReader();
            Transaction = _lane.Connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
        }

        _connection = _lane.Connection;
    }

    private ValueTask End() => Transaction is null && _connection is null ? default : _lane is null ? EndPostgres() : EndSqlite(_lane);

    private async ValueTask EndPostgres()
    {
        var (transaction, connection) = (Transaction, _connection);
        Forget();
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private ValueTask EndSqlite(SqliteLane lane)
    {
        var (transaction, writing) = (Transaction, _writing);
        Forget();
        if (writing)
        {
            return database.Writer.Rollback();
        }

        try
        {
            transaction?.Dispose();
        }
        catch
        {
            lane.Dispose();
            throw;
        }

        database.GiveBack(lane);
        return default;
    }

    private void Forget()
    {
        Transaction = null;
        _connection = null;
        _lane = null;
        _later.Clear();
    }

    private async ValueTask RunDeferred(CancellationToken ct)
    {
        if (_later.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction?)Transaction);
        foreach (var command in _later)
        {
            batch.BatchCommands.Add(command);
        }

        _later.Clear();
        await batch.ExecuteNonQueryAsync(ct);
    }

    private SqliteCommand? Prepared(string sql, ReadOnlySpan<(string Name, object? Value)> parameters) =>
        _lane?.Prepared(sql, (SqliteTransaction?)Transaction, parameters, Stored);

    private object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id when Provider == DatabaseProvider.Sqlite => id.ToString("D"),
        DateTimeOffset instant => Instants.ToMicroseconds(instant),
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        bool flag => flag ? 1 : 0,
        ReadOnlyMemory<byte> bytes => bytes.ToArray(),
        _ => value,
    };
}
