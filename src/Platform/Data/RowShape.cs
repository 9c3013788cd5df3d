using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>What a column takes, as it is stored.</summary>
public enum ColumnType
{
    Uuid,
    Text,
    Bytes,

    /// <summary>A whole number, an instant or a flag.</summary>
    Number,
}

/// <summary>A table as rows are added to it (<see cref="DbSession.Add"/>): on SQLite one prepared statement a row, on PostgreSQL one for many.</summary>
public sealed class RowShape(string module, string table, params (string Name, ColumnType Type)[] columns)
{
    private readonly string _many = Insert(module, table, columns, DatabaseProvider.PostgreSql, $"SELECT * FROM unnest({List(columns.Select((_, i) => $"${i + 1}"))})");

    /// <summary>For SQLite.</summary>
    internal string Single { get; } = Insert(module, table, columns, DatabaseProvider.Sqlite, $"VALUES ({List(columns.Select(c => "@" + c.Name))})");

    /// <summary>The parameters of <see cref="Single"/>.</summary>
    internal (string Name, object? Value)[] Named(object?[] values) => [.. columns.Zip(values, (column, value) => (column.Name, value))];

    /// <summary>Adds them all; an array a column.</summary>
    internal NpgsqlBatchCommand Command(IReadOnlyList<object[]> rows)
    {
        var command = new NpgsqlBatchCommand(_many);
        for (var i = 0; i < columns.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = Column(columns[i].Type, rows, i) });
        }

        return command;
    }

    private static object Column(ColumnType type, IReadOnlyList<object[]> rows, int i) => type switch
    {
        ColumnType.Uuid => Each(rows, i, v => (Guid?)v),
        ColumnType.Text => Each(rows, i, v => (string)v),
        ColumnType.Bytes => Each(rows, i, v => (byte[])v),
        _ => Each(rows, i, v => (long?)Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static T?[] Each<T>(IReadOnlyList<object[]> rows, int i, Func<object, T> read)
    {
        var values = new T?[rows.Count];
        for (var n = 0; n < values.Length; n++)
        {
            values[n] = rows[n][i] is DBNull ? default : read(rows[n][i]);
        }

        return values;
    }

    private static string Insert(string module, string table, (string Name, ColumnType Type)[] columns, DatabaseProvider provider, string rows) =>
        $"INSERT INTO {Database.Prefix(module, provider)}{table} ({List(columns.Select(c => c.Name))}) {rows}";

    private static string List(IEnumerable<string> parts) => string.Join(", ", parts);
}
