using System.Data.Common;
using System.Globalization;
using Sekisho.Platform;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims;

/// <summary>
/// Inserts many rows: on PostgreSQL by one multi-row command, used again with new values; on SQLite, which has no round trips but looks parameters up by
/// name one after the other, row by row with one prepared statement. Values are text, numbers and null only.
/// </summary>
internal static class Bulk
{
    private const int RowsAtOnce = 100;

    public static async Task Insert(DbSession session, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.Sqlite)
        {
            await InsertEach(session, table, columns, rows, ct);
            return;
        }

        var whole = rows.Count / RowsAtOnce * RowsAtOnce;
        if (whole > 0)
        {
            await using var command = Command(session, table, columns, RowsAtOnce);
            for (var at = 0; at < whole; at += RowsAtOnce)
            {
                await Run(command, rows, at, RowsAtOnce, columns.Length, ct);
            }
        }

        if (whole < rows.Count)
        {
            await using var command = Command(session, table, columns, rows.Count - whole);
            await Run(command, rows, whole, rows.Count - whole, columns.Length, ct);
        }
    }

    private static async Task InsertEach(DbSession session, string table, string[] columns, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        var sql = $"INSERT INTO {session.Prefix("claims")}{table} ({string.Join(", ", columns)}) VALUES (@{string.Join(", @", columns)})";
        var values = new (string Name, object? Value)[columns.Length];
        foreach (var row in rows)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                values[c] = (columns[c], row[c]);
            }

            await session.Execute(sql, ct, values);
        }

        FaultPoints.Pass("claims.check.page");
    }

    private static DbCommand Command(DbSession session, string table, string[] columns, int rows)
    {
        var row = (int r) => "(" + string.Join(", ", columns.Select((_, c) => string.Create(CultureInfo.InvariantCulture, $"@p{(r * columns.Length) + c}"))) + ")";
        var sql = $"INSERT INTO {session.Prefix("claims")}{table} ({string.Join(", ", columns)}) VALUES {string.Join(", ", Enumerable.Range(0, rows).Select(row))}";
        var command = session.Command(sql);
        for (var i = 0; i < rows * columns.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"p{i}");
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async Task Run(DbCommand command, IReadOnlyList<object?[]> rows, int at, int count, int width, CancellationToken ct)
    {
        for (var r = 0; r < count; r++)
        {
            for (var c = 0; c < width; c++)
            {
                command.Parameters[(r * width) + c].Value = rows[at + r][c] ?? DBNull.Value;
            }
        }

        await command.ExecuteNonQueryAsync(ct);
        FaultPoints.Pass("claims.check.page");
    }
}
