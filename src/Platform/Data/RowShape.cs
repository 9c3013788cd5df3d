using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>A table as rows are added to it (<see cref="DbSession.Add"/>): on SQLite one prepared statement a row, on PostgreSQL one for many.</summary>
public sealed class RowShape(string module, string table, params (string Name, ColumnType Type)[] columns)
{
    private readonly string _many = Insert(module, table, columns, DatabaseProvider.PostgreSql, "SELECT * FROM " + ColumnArrays.Unnest(columns.Length));

    /// <summary>For SQLite.</summary>
    internal string Single { get; } = Insert(module, table, columns, DatabaseProvider.Sqlite, $"VALUES ({string.Join(", ", columns.Select(c => "@" + c.Name))})");

    /// <summary>The parameters of <see cref="Single"/>.</summary>
    internal (string Name, object? Value)[] Named(object?[] values) => [.. columns.Zip(values, (column, value) => (column.Name, value))];

    /// <summary>Adds them all; an array a column.</summary>
    internal NpgsqlBatchCommand Command(IReadOnlyList<object[]> rows) => ColumnArrays.Command(_many, columns, rows);

    private static string Insert(string module, string table, (string Name, ColumnType Type)[] columns, DatabaseProvider provider, string rows) =>
        $"INSERT INTO {Database.Prefix(module, provider)}{table} ({ColumnArrays.Names(columns)}) {rows}";
}
