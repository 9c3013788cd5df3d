using System.Globalization;
using Sekisho.Formats;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Transmissions;

/// <summary>
/// 受付番号 of the JST day, taken from the database in small blocks: the day's row is not held through every acknowledgement's commit. A number is never
/// given twice; those left in a block at a restart are never given at all. Singleton.
/// </summary>
internal sealed class Numbers(Database database) : IDisposable
{
    private const int Block = 20;
    private readonly SemaphoreSlim _one = new(1);
    private DateOnly _day;
    private int _next = 1;
    private int _last;

    /// <summary>Must not be called inside a write transaction: it needs its own.</summary>
    public async ValueTask<string> Next(DateTimeOffset at, CancellationToken ct)
    {
        var day = at.DayInJapan();
        await _one.WaitAsync(ct);
        try
        {
            if (day != _day || _next > _last)
            {
                _last = await Reserve(day, ct);
                _next = _last - Block + 1;
                _day = day;
            }

            return new ReceptionNumber(day, _next++).ToString();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async ValueTask<int> Reserve(DateOnly day, CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Write(ct);
        var table = session.Prefix("exchange") + "number";
        var last = await session.Scalar(
            $"INSERT INTO {table} (day, last) VALUES (@day, @count) ON CONFLICT (day) DO UPDATE SET last = {table}.last + excluded.last RETURNING last",
            ct,
            ("day", day),
            ("count", (long)Block));
        await session.Commit(ct);
        return Convert.ToInt32(last, CultureInfo.InvariantCulture);
    }
}
