using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Which database the server under test runs on; the names are the server's configuration values.</summary>
public enum Provider
{
    Sqlite,
    PostgreSql,
}

/// <summary>A database of its own for one server process. On PostgreSQL it is created on the server named by SEKISHO_TEST_POSTGRES, or the test is skipped.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private TestDatabase(Provider provider, string connection, string server, string name)
    {
        Provider = provider;
        ConnectionString = connection;
        _server = server;
        _name = name;
    }

    public Provider Provider { get; }

    public string ConnectionString { get; }

    public static async Task<TestDatabase> Create(Provider provider, string folder)
    {
        if (provider == Provider.Sqlite)
        {
            return new TestDatabase(provider, new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "sekisho.db"), DefaultTimeout = 60 }.ConnectionString, "", "");
        }

        var server = Environment.GetEnvironmentVariable("SEKISHO_TEST_POSTGRES") ?? "";
        Assert.SkipWhen(server.Length == 0, "PostgreSQL がありません (SEKISHO_TEST_POSTGRES)。");
        return await CreateOn(server);
    }

    /// <summary>A database on that PostgreSQL server.</summary>
    public static async Task<TestDatabase> CreateOn(string server)
    {
        var name = "sekisho_e2e_" + Guid.NewGuid().ToString("N");
        await OnServer(server, $"CREATE DATABASE {name}");
        var own = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ConnectionString;
        return new TestDatabase(Provider.PostgreSql, own, server, name);
    }

    /// <summary>A copy of this database, to which nothing may be connected. On SQLite it is the file in <paramref name="folder"/>, copied with the folder.</summary>
    public async Task<TestDatabase> Copy(string folder)
    {
        if (Provider == Provider.Sqlite)
        {
            return await Create(Provider, folder);
        }

        var name = "sekisho_e2e_" + Guid.NewGuid().ToString("N");
        await OnServer(_server, $"CREATE DATABASE {name} TEMPLATE {_name}");
        return new TestDatabase(Provider, new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString, _server, name);
    }

    /// <summary>A table's name as the provider spells it: <c>claims_reception</c> or <c>claims.reception</c>.</summary>
    public string Table(string module, string table) => Provider == Provider.Sqlite ? $"{module}_{table}" : $"{module}.{table}";

    /// <summary>Runs a statement behind the server's back; returns the rows touched.</summary>
    public async Task<int> Execute(string sql)
    {
        if (Provider == Provider.PostgreSql)
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteNonQueryAsync();
        }

        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var statement = connection.CreateCommand();
        statement.CommandText = sql;
        return await statement.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<object?> Scalar(string sql)
    {
        if (Provider == Provider.PostgreSql)
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync();
        }

        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var statement = connection.CreateCommand();
        statement.CommandText = sql;
        return await statement.ExecuteScalarAsync();
    }

    /// <summary>The first column of every row, as text.</summary>
    public async Task<List<string>> List(string sql)
    {
        await using DbConnection connection = Provider == Provider.PostgreSql ? new NpgsqlConnection(ConnectionString) : new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetValue(0).ToString()!);
        }

        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == Provider.PostgreSql)
        {
            await OnServer(_server, $"DROP DATABASE {_name} WITH (FORCE)");
            return;
        }

        await using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static async Task OnServer(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }
}
