using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Formats;
using Sekisho.Platform.Data;

namespace Sekisho.Platform;

/// <summary>JST business time; in 開発 a stored offset simulates another day. Never used for TLS, ledger or audit time. Singleton; the offset is read at start and when set.</summary>
public sealed class BusinessTime(Database database, TimeProvider time) : IBusinessTime
{
    private const string Setting = "business-time-offset";
    private TimeSpan _offset;

    public DateTimeOffset Now => At(time.GetUtcNow());

    public bool IsSimulated => _offset != TimeSpan.Zero;

    public DateTimeOffset At(DateTimeOffset instant) => (instant + _offset).InJapan();

    /// <summary>Reads the stored offset.</summary>
    public async Task Load(CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        var stored = await session.Scalar($"SELECT value FROM {session.Prefix("platform")}setting WHERE name = @name", ct, ("name", Setting));
        _offset = stored is string text ? TimeSpan.FromTicks(long.Parse(text, CultureInfo.InvariantCulture)) : TimeSpan.Zero;
    }

    /// <summary>Makes business time be <paramref name="moment"/> now, going on from there; null returns to real time. The caller commits and records.</summary>
    public async Task Simulate(DbSession session, DateTimeOffset? moment, CancellationToken ct)
    {
        var offset = moment is { } m ? m - time.GetUtcNow() : TimeSpan.Zero;
        await session.Execute(
            $"INSERT INTO {session.Prefix("platform")}setting (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            ct,
            ("name", Setting),
            ("value", offset.Ticks.ToString(CultureInfo.InvariantCulture)));
        session.AfterCommit(() => _offset = offset);
    }
}
