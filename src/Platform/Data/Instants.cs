namespace Sekisho.Platform.Data;

/// <summary>Instants are stored as 64-bit UTC microseconds since 1970; business days are JST, a fixed +09:00.</summary>
public static class Instants
{
    public static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to what is stored.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => FromMicroseconds(ToMicroseconds(time.GetUtcNow()));
}
