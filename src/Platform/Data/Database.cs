using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>Which database a site runs on.</summary>
public enum DatabaseProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Configuration section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>For SQLite may be empty: <c>sekisho.db</c> in the data folder.</summary>
    public string ConnectionString { get; set; } = "";
}

/// <summary>Opens connections of the site's database. Singleton.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int ReaderPages = 2000;
    private const int WriterPages = 16000;
    private const int MostReaders = 64;
    private readonly NpgsqlDataSource? _postgres;
    private readonly PostgresLooks? _looks;
    private readonly Lock _lock = new();
    private readonly Stack<SqliteLane> _readers = [];
    private readonly SqliteWriter? _writer;
    private readonly string _sqlite = "";
    private readonly string _alone = "";

    public Database(DatabaseOptions options, DataFolder folder)
    {
        Provider = options.Provider;
        if (Provider == DatabaseProvider.PostgreSql)
        {
            _postgres = NpgsqlDataSource.Create(Tuned(options.ConnectionString));
            Appends = new Appends(_postgres);
            _looks = new PostgresLooks(_postgres);
            _alone = Alone(options.ConnectionString);
            return;
        }

        // Connections are kept here, with their prepared statements, not in the driver's pool.
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false };
        if (connection.DataSource.Length == 0)
        {
            (connection.DataSource, connection.DefaultTimeout) = (folder.File("sekisho.db"), 60);
        }

        _sqlite = connection.ConnectionString;
        _writer = new SqliteWriter(() => SqliteLane.Open(_sqlite, WriterPages));
        Appends = new Appends(_writer);
    }

    public DatabaseProvider Provider { get; }

    /// <summary>The one writer of SQLite.</summary>
    internal SqliteWriter Writer => _writer ?? throw new InvalidOperationException("Only SQLite has one writer");

    internal Appends Appends { get; }

    internal PostgresLooks Looks => _looks ?? throw new InvalidOperationException("SQLite is asked in the process itself");

    /// <summary>How many sessions wait for their turn to write; PostgreSQL has no such line.</summary>
    public int WaitingWriters => _writer?.Waiting ?? 0;

    /// <summary>What stands before a module's table names: a schema on PostgreSQL, a prefix on SQLite.</summary>
    public string Prefix(string module) => Prefix(module, Provider);

    internal static string Prefix(string module, DatabaseProvider provider) => provider == DatabaseProvider.PostgreSql ? module + "." : module + "_";

    /// <summary>
    /// A connection outside the pool, for a session-level lock (PostgreSQL only): it ends with its process, and when the machine is gone the server notices within
    /// half a minute.
    /// </summary>
    public async ValueTask<NpgsqlConnection> OpenAlone(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(_alone);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var lane in _readers)
        {
            lane.Dispose();
        }

        _readers.Clear();
        _writer?.Dispose();
        return _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    internal ValueTask<NpgsqlConnection> OpenPostgres(CancellationToken ct) => _postgres!.OpenConnectionAsync(ct);

    internal SqliteLane TakeReader()
    {
        lock (_lock)
        {
            if (_readers.TryPop(out var lane))
            {
                return lane;
            }
        }

        return SqliteLane.Open(_sqlite, ReaderPages);
    }

    internal void GiveBack(SqliteLane reader)
    {
        lock (_lock)
        {
            if (_readers.Count < MostReaders)
            {
                _readers.Push(reader);
                return;
            }
        }

        reader.Dispose();
    }

    private static string Alone(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10, TcpKeepAlive = true };
        connection.Options = $"{connection.Options} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3".Trim();
        return connection.ConnectionString;
    }

    /// <summary>Statements that come again are prepared; what the operator set stays.</summary>
    private static string Tuned(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        if (connection.MaxAutoPrepare == 0)
        {
            (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (200, 3);
        }

        // Sessions leave nothing behind: every transaction ends, locks are the transaction's.
        connection.NoResetOnClose = true;
        return connection.ConnectionString;
    }
}
