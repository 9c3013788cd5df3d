using Microsoft.Data.Sqlite;

namespace Sekisho.Platform.Data;

/// <summary>An open SQLite connection and the statements prepared on it; one session at a time uses it.</summary>
internal sealed class SqliteLane : IDisposable
{
    private const int MostStatements = 300;
    private const int LongestStatement = 4000;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    private SqliteLane(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Durability is not negotiable: WAL with synchronous=FULL syncs at every commit.</summary>
    public static SqliteLane Open(string connectionString, int cachedPages)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            using var pragma = connection.CreateCommand();
            pragma.CommandText =
                $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=60000; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY; PRAGMA cache_size={cachedPages};";
            pragma.ExecuteNonQuery();
            return new SqliteLane(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement, prepared once, with these values; null when it is not one to keep.</summary>
    public SqliteCommand? Prepared(string sql, SqliteTransaction? transaction, ReadOnlySpan<(string Name, object? Value)> values, Func<object?, object> stored)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            if (sql.Length > LongestStatement || _prepared.Count >= MostStatements || sql.Contains(';', StringComparison.Ordinal))
            {
                return null;
            }

            command = Connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in values)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            }

            _prepared.Add(sql, command);
        }

        if (command.Parameters.Count != values.Length)
        {
            return null;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (command.Parameters[i].ParameterName != values[i].Name)
            {
                return null;
            }

            command.Parameters[i].Value = stored(values[i].Value);
        }

        command.Transaction = transaction;
        return command;
    }

    /// <summary>Runs a statement with values as they are stored.</summary>
    public void Run(string sql, SqliteTransaction transaction, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (Prepared(sql, transaction, values, v => v!) is { } ready)
        {
            ready.ExecuteNonQuery();
            return;
        }

        using var command = Connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        Connection.Dispose();
    }
}
