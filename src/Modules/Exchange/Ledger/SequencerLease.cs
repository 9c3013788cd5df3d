using Npgsql;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>
/// Which of many nodes gives the positions: a session-level advisory lock on a connection that does nothing else, held as long as the process lives. The others wait
/// for it and tell the holder of new entries (NOTIFY). It decides who works, not whether the ledger is right: that is the head's size, compared in every batch.
/// With SQLite there is one server per data folder (<see cref="ServerLock"/>), and it always holds the lease. Singleton.
/// </summary>
internal sealed class SequencerLease(Database database, LedgerSignal signal) : IAsyncDisposable
{
    private const long Key = 0x53454B4953484F12;
    private const string Channel = "sekisho_ledger";
    private NpgsqlConnection? _connection;
    private Task? _listening;
    private CancellationTokenSource? _stop;
    private volatile bool _held;

    public bool IsHeld => database.Provider == DatabaseProvider.Sqlite || _held;

    /// <summary>True when this node sequences. Called by the sequencer alone, one call at a time.</summary>
    public async ValueTask<bool> Take(CancellationToken ct)
    {
        if (database.Provider == DatabaseProvider.Sqlite || (_held && _listening is { IsCompleted: false }))
        {
            return true;
        }

        if (_held || _connection is { FullState: not System.Data.ConnectionState.Open })
        {
            await DisposeAsync();
        }

        _connection ??= await database.OpenAlone(ct);
        try
        {
            if (!await Try(_connection, ct))
            {
                await Run(_connection, $"NOTIFY {Channel}", ct);
                return false;
            }

            await Run(_connection, $"LISTEN {Channel}", ct);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        _connection.Notification += (_, _) => signal.Set();
        _stop = new CancellationTokenSource();
        _listening = Listen(_connection, _stop.Token);
        _held = true;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        var (connection, listening, stop) = (_connection, _listening, _stop);
        (_held, _connection, _listening, _stop) = (false, null, null, null);
        if (stop is not null)
        {
            await stop.CancelAsync();
            await (listening ?? Task.CompletedTask);
            stop.Dispose();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Ends when the connection does, and the lock with it.</summary>
    private static async Task Listen(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await connection.WaitAsync(ct);
            }
        }
        catch (Exception e) when (e is NpgsqlException or ObjectDisposedException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The sequencer sees that it ended and asks again.
        }
    }

    private static async ValueTask<bool> Try(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock(@key)", connection);
        command.Parameters.AddWithValue("key", Key);
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async ValueTask Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
