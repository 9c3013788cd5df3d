using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims;

/// <summary>Reading that fits wherever it is called from.</summary>
internal static class SessionReading
{
    /// <summary>Runs in the transaction that is there; without one in a reading transaction that ends with it, so that the scope may write afterwards.</summary>
    public static async ValueTask<T> InReading<T>(this DbSession session, Func<Task<T>> read, CancellationToken ct)
    {
        var own = session.Transaction is null;
        await session.Read(ct);
        try
        {
            return await read();
        }
        finally
        {
            if (own)
            {
                await session.Rollback();
            }
        }
    }
}
