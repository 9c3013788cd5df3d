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
    private readonly List<Deferred> _later = [];
    private const int MostDeferred = 500;
    private DbConnection? _connection;
    private SqliteLane? _lane;
    private bool _writing;
    private bool _appending;
    private bool _looking;

    public DatabaseProvider Provider => database.Provider;

    public DbConnection Connection => _connection ?? throw new InvalidOperationException("Begin a transaction first");

    public DbTransaction? Transaction { get; private set; }

    /// <summary>True from the beginning of a transaction, whichever it is, until its end.</summary>
    public bool IsOpen => Transaction is not null || _appending || _looking;

    /// <summary>Begins a write transaction (SQLite: BEGIN IMMEDIATE) unless one is running.</summary>
    public async ValueTask Write(CancellationToken ct)
    {
        if (IsOpen && !_writing)
        {
            throw new InvalidOperationException("A reading or adding transaction cannot become a writing one");
        }

        if (Transaction is null)
        {
            await Begin(write: true, ct);
        }
    }

    /// <summary>Begins a write transaction in which nothing is asked, only added (<see cref="Add"/>): those of many sessions are committed together.</summary>
    public void Append()
    {
        ThrowIfOpen();
        _appending = true;
    }

    /// <summary>
    /// Begins to read where each question may be answered from what is committed just then, because no answer depends on another being of the same instant: on PostgreSQL
    /// those of many sessions are asked together. Only <see cref="Find{T}"/> asks.
    /// </summary>
    public void Look()
    {
        ThrowIfOpen();
        _looking = true;
        if (Provider == DatabaseProvider.Sqlite)
        {
            _lane = database.TakeReader();
            _connection = _lane.Connection;
        }
    }

    /// <summary>Begins a read transaction unless any is running.</summary>
    public async ValueTask Read(CancellationToken ct)
    {
        if (_appending)
        {
            throw new InvalidOperationException("Where only something is added nothing is asked");
        }

        if (!IsOpen)
        {
            await Begin(write: false, ct);
        }
    }

    /// <summary>Reads in the transaction that is there; without one in a reading transaction that ends with it, so that the scope may write afterwards.</summary>
    public async ValueTask<T> InReading<T>(Func<ValueTask<T>> read, CancellationToken ct)
    {
        var own = !IsOpen;
        await Read(ct);
        try
        {
            return await read();
        }
        finally
        {
            if (own)
            {
                await Rollback();
            }
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
        if (_writing && _lane is not null)
        {
            await Execute(sql, ct, parameters);
            return;
        }

        await Defer(Statement(sql, parameters), ct);
    }

    /// <summary>Adds a row, its values in the order of the shape's columns; like <see cref="Defer"/>, and rows of many sessions that come at the same time go together.</summary>
    public async ValueTask Add(RowShape shape, CancellationToken ct, params object?[] values)
    {
        if (_writing && _lane is not null)
        {
            await Execute(shape.Single, ct, shape.Named(values));
            return;
        }

        await Defer(new DeferredRow(shape, Stored(values)), ct);
    }

    public async ValueTask<int> Execute(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        ThrowIfLooking();
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
        ThrowIfLooking();
        if (Prepared(sql, parameters) is { } ready)
        {
            return ready.ExecuteScalar() is { } found and not DBNull ? found : null;
        }

        await RunDeferred(ct);
        await using var command = Command(sql, parameters);
        return await command.ExecuteScalarAsync(ct) is { } value and not DBNull ? value : null;
    }

    /// <summary>All rows, each read by <paramref name="map"/>.</summary>
    public ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> map, CancellationToken ct, params (string Name, object? Value)[] parameters)
    {
        ThrowIfLooking();
        return All(sql, map, parameters, ct);
    }

    /// <summary>All rows a question with keys finds, each read by <paramref name="map"/>; a row may come again where several of the keys find it.</summary>
    public async ValueTask<List<T>> Find<T>(Lookup lookup, Func<DbDataReader, T> map, CancellationToken ct, params object?[][] keys)
    {
        if (keys.Length == 0)
        {
            return [];
        }

        if (_lane is null)
        {
            object[][] stored = [.. keys.Select(Stored)];
            return _looking ? await database.Looks.Find(lookup, stored, map) : await Find(lookup.Command(stored), map, ct);
        }

        var (sql, values) = lookup.For(keys);
        return await All(sql, map, values, ct);
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
        else if (_appending)
        {
            var added = _later.ToArray();
            Forget();
            await database.Appends.Commit(added);
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

    private void ThrowIfLooking()
    {
        if (_looking)
        {
            throw new InvalidOperationException("Where it is only looked, something is found and nothing else");
        }
    }

    private void ThrowIfOpen()
    {
        if (IsOpen)
        {
            throw new InvalidOperationException("Another transaction is running");
        }
    }

    private DeferredStatement Statement(string sql, (string Name, object? Value)[] parameters) => new(sql, [.. parameters.Select(p => (p.Name, Stored(p.Value)))]);

    private object[] Stored(object?[] values) => [.. values.Select(Stored)];

    private async ValueTask<List<T>> All<T>(string sql, Func<DbDataReader, T> map, (string Name, object? Value)[] parameters, CancellationToken ct)
    {
        if (Prepared(sql, parameters) is { } ready)
        {
            using var found = ready.ExecuteReader();
            return Read(found, map);
        }

        await RunDeferred(ct);
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await Read(reader, map, ct);
    }

    private async ValueTask<List<T>> Find<T>(NpgsqlBatchCommand command, Func<DbDataReader, T> map, CancellationToken ct)
    {
        await RunDeferred(ct);
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction?)Transaction) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await Read(reader, map, ct);
    }

    private static List<T> Read<T>(SqliteDataReader reader, Func<DbDataReader, T> map)
    {
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private static async ValueTask<List<T>> Read<T>(DbDataReader reader, Func<DbDataReader, T> map, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    private async ValueTask Defer(Deferred statement, CancellationToken ct)
    {
        if (!IsOpen || _looking)
        {
            throw new InvalidOperationException("Begin a transaction in which something may be added");
        }

        _later.Add(statement);
        if (_later.Count >= MostDeferred && !_appending)
        {
            await RunDeferred(ct);
        }
    }

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

    private ValueTask End()
    {
        if (Transaction is not null || _connection is not null)
        {
            return _lane is null ? EndPostgres() : EndSqlite(_lane);
        }

        Forget();
        return default;
    }

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
        _writing = false;
        _appending = false;
        _looking = false;
        _later.Clear();
    }

    private async ValueTask RunDeferred(CancellationToken ct)
    {
        if (_later.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection, (NpgsqlTransaction?)Transaction);
        Deferred.Fill(batch, _later);
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
