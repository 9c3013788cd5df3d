using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.Platform.Data;

/// <summary>What is sent to the database when its turn comes; PostgreSQL's driver cannot send a command twice, so one is made for each attempt.</summary>
internal abstract record Deferred
{
    /// <summary>On SQLite, which gains nothing from many at once.</summary>
    public abstract void Run(SqliteLane lane, SqliteTransaction transaction);

    /// <summary>
    /// Rows that follow one another become one statement a table, in the order in which the tables first come: what a row refers to stands before it, whoever adds it.
    /// </summary>
    public static void Fill(NpgsqlBatch batch, IEnumerable<Deferred> all)
    {
        var rows = new List<DeferredRow>();
        foreach (var one in all)
        {
            if (one is DeferredRow row)
            {
                rows.Add(row);
            }
            else if (one is DeferredStatement statement)
            {
                Fill(batch, rows);
                batch.BatchCommands.Add(statement.Command());
            }
        }

        Fill(batch, rows);
    }

    private static void Fill(NpgsqlBatch batch, List<DeferredRow> rows)
    {
        foreach (var table in rows.GroupBy(r => r.Shape))
        {
            batch.BatchCommands.Add(table.Key.Command([.. table.Select(r => r.Values)]));
        }

        rows.Clear();
    }
}

/// <summary>Any statement.</summary>
internal sealed record DeferredStatement(string Sql, (string Name, object? Value)[] Values) : Deferred
{
    public override void Run(SqliteLane lane, SqliteTransaction transaction) => lane.Run(Sql, transaction, Values);

    public NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var (name, value) in Values)
        {
            command.Parameters.Add(new NpgsqlParameter(name, value));
        }

        return command;
    }
}

/// <summary>A row to be added.</summary>
internal sealed record DeferredRow(RowShape Shape, object[] Values) : Deferred
{
    public override void Run(SqliteLane lane, SqliteTransaction transaction) => lane.Run(Shape.Single, transaction, Shape.Named(Values));
}
