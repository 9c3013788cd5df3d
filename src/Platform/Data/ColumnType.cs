using System.Globalization;
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

/// <summary>Columns whose values go to PostgreSQL as one array each, for many rows in one statement.</summary>
internal static class ColumnArrays
{
    /// <summary>Of these columns, by position: <c>$1, $2</c>.</summary>
    public static string Unnest(int columns) => $"unnest({string.Join(", ", Enumerable.Range(1, columns).Select(i => $"${i}"))})";

    /// <summary><c>a, b</c>.</summary>
    public static string Names(IEnumerable<(string Name, ColumnType Type)> columns) => string.Join(", ", columns.Select(c => c.Name));

    /// <summary>A command for these rows.</summary>
    public static NpgsqlBatchCommand Command(string sql, IReadOnlyList<(string Name, ColumnType Type)> columns, IReadOnlyList<object[]> rows)
    {
        var command = new NpgsqlBatchCommand(sql);
        for (var i = 0; i < columns.Count; i++)
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
        _ => Each(rows, i, v => (long?)Convert.ToInt64(v, CultureInfo.InvariantCulture)),
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
}
