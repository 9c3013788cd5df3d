using System.Collections.Concurrent;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>
/// A question that is asked with keys (<see cref="DbSession.Find{T}"/>), rows of them, which it knows as the table <c>asked</c>: one prepared statement, on PostgreSQL one
/// for many sessions.
/// </summary>
/// <param name="module">Whose tables.</param>
/// <param name="select">
/// From what stands before the module's tables to what follows <c>WITH RECURSIVE asked (n, …) AS (…)</c>. The last column it gives is <c>n</c>: which row of keys it
/// answers, from 1. <c>CROSS JOIN</c> keeps SQLite, which knows nothing of how many keys there are, from walking over the table to look for the keys of each row.
/// </param>
/// <param name="keys">Columns of <c>asked</c>.</param>
public sealed class Lookup(string module, Func<string, string> select, params (string Name, ColumnType Type)[] keys)
{
    private const int MostKept = 16;
    private readonly ConcurrentDictionary<int, (string Sql, string[] Names)> _sqlite = [];
    private readonly string _many = Text(
        keys, $"SELECT n, {ColumnArrays.Names(keys)} FROM {ColumnArrays.Unnest(keys.Length)} WITH ORDINALITY AS u ({ColumnArrays.Names(keys)}, n)", select(Database.Prefix(module, DatabaseProvider.PostgreSql)));

    /// <summary>The statement for so many rows of keys on SQLite.</summary>
    public string OnSqlite(int rows) => Sqlite(rows).Sql;

    /// <summary>For SQLite, with these rows.</summary>
    internal (string Sql, (string Name, object? Value)[] Values) For(object?[][] rows)
    {
        var (sql, names) = rows.Length <= MostKept ? _sqlite.GetOrAdd(rows.Length, Sqlite) : Sqlite(rows.Length);
        return (sql, [.. names.Zip(rows.SelectMany(r => r))]);
    }

    /// <summary>For PostgreSQL, with these rows.</summary>
    internal NpgsqlBatchCommand Command(IReadOnlyList<object[]> rows) => ColumnArrays.Command(_many, keys, rows);

    private (string Sql, string[] Names) Sqlite(int rows)
    {
        var names = Enumerable.Range(1, rows).Select(n => keys.Select(k => $"@{k.Name}{n}").ToArray()).ToList();
        var asked = "VALUES " + string.Join(", ", names.Select((row, i) => $"({i + 1}, {string.Join(", ", row)})"));
        return (Text(keys, asked, select(Database.Prefix(module, DatabaseProvider.Sqlite))), [.. names.SelectMany(n => n)]);
    }

    private static string Text((string Name, ColumnType Type)[] keys, string asked, string select) => $"WITH RECURSIVE asked (n, {ColumnArrays.Names(keys)}) AS ({asked}) {select}";
}
