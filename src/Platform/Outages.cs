using Microsoft.Data.Sqlite;
using Npgsql;

namespace Sekisho.Platform;

/// <summary>Tells from a fault whether something outside is to blame that passes by itself or by an operator's hand, not a bug.</summary>
public static class Outages
{
    private const int DiskFull = 28;
    private const int QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int SqliteBusy = 5;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

    /// <summary>The disk of the data folder or of the database is full.</summary>
    public static bool IsDiskFull(Exception fault) => Causes(fault).Any(e => e is
        IOException { HResult: DiskFull or QuotaExceeded or WindowsDiskFull }
        or SqliteException { SqliteErrorCode: SqliteFull }
        or PostgresException { SqlState: PostgresErrorCodes.DiskFull });

    /// <summary>The database cannot be reached, was stopped under the request, or takes no more connections.</summary>
    public static bool IsDatabaseDown(Exception fault) => Causes(fault).Any(e => e switch
    {
        PostgresException answered => answered.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || answered.SqlState.StartsWith("08", StringComparison.Ordinal)
            || answered.SqlState.StartsWith("53", StringComparison.Ordinal),
        SqliteException file => file.SqliteErrorCode is SqliteBusy or SqliteInputOutput or SqliteCannotOpen,
        NpgsqlException => true,
        _ => false,
    });

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException!)
        {
            yield return cause;
        }
    }
}
