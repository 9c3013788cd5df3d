using System.Data.Common;
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
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _sqlite = "";

    public Database(DatabaseOptions options, DataFolder folder)
    {
        Provider = options.Provider;
        if (Provider == DatabaseProvider.PostgreSql)
        {
            _postgres = NpgsqlDataSource.Create(options.ConnectionString);
            return;
        }

        _sqlite = options.ConnectionString.Length > 0
            ? options.ConnectionString
            : new SqliteConnectionStringBuilder { DataSource = folder.File("sekisho.db"), DefaultTimeout = 60 }.ConnectionString;
    }

    public DatabaseProvider Provider { get; }

    /// <summary>What stands before a module's table names: a schema on PostgreSQL, a prefix on SQLite.</summary>
    public string Prefix(string module) => Provider == DatabaseProvider.PostgreSql ? module + "." : module + "_";

    public async ValueTask<DbConnection> Open(CancellationToken ct)
    {
        if (_postgres is not null)
        {
            return await _postgres.OpenConnectionAsync(ct);
        }

        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(ct);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=60000;";
        await pragma.ExecuteNonQueryAsync(ct);
        return connection;
    }

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;
}
