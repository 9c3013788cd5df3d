using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Sekisho.Contracts.Exchange;

namespace Sekisho.Modules.Tests.Exchange;

/// <summary>The SQLite file of a stopped site, changed behind its back.</summary>
internal sealed class StoredSite : IDisposable
{
    private readonly SqliteConnection _connection;

    public StoredSite(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "sekisho.db")};Pooling=False");
        _connection.Open();
        Execute("PRAGMA synchronous=OFF");
        // Whoever changes a database behind its back does not keep to its triggers.
        foreach (var trigger in Rows("sqlite_master", ["type", "name"]).Where(r => r[0] is "trigger"))
        {
            Execute($"DROP TRIGGER {trigger[1]}");
        }
    }

    public void Dispose() => _connection.Dispose();

    public int Execute(string sql, params (string, object)[] parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteNonQuery();
    }

    public List<object[]> Rows(string table, string[] columns)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns)} FROM {table}";
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[columns.Length];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    public string[] Columns(string table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return [.. names];
    }

    /// <summary>Every value that differs from this one in one byte.</summary>
    public static IEnumerable<object> Flips(object value) => value switch
    {
        byte[] bytes => Enumerable.Range(0, bytes.Length).Select(i => (object)Flipped(bytes, i)),
        string text => Enumerable.Range(0, text.Length).Select(i => (object)(text[..i] + (char)(text[i] ^ 1) + text[(i + 1)..])),
        long number => Enumerable.Range(0, 8).Select(i => (object)(number ^ (1L << (i * 8 % 62)))),
        _ => [],
    };

    public static byte[] Flipped(byte[] bytes, int place)
    {
        var flipped = bytes.ToArray();
        flipped[place] ^= (byte)(1 << (place % 8));
        return flipped;
    }

    /// <summary>Puts <paramref name="value"/> into a row; false when the database itself refuses it.</summary>
    public bool Set(string table, string column, object value, string where)
    {
        try
        {
            return Execute($"UPDATE {table} SET {column} = @value WHERE {where}", ("@value", value)) == 1;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 19)
        {
            return false;
        }
    }

    public static string Literal(object value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        _ => $"'{((string)value).Replace("'", "''", StringComparison.Ordinal)}'",
    };
}
