namespace Sekisho.Platform.Data;

/// <summary>Instants are stored as 64-bit UTC microseconds since 1970; business days are those of <see cref="Formats.JapanTime"/>.</summary>
public static class Instants
{
    public static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);

    /// <summary>Now, cut to what is stored.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => FromMicroseconds(ToMicroseconds(time.GetUtcNow()));
}
