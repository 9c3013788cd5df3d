using System.Globalization;

namespace Sekisho.Formats.Eligibility;

/// <summary>Instants as messages write them: YYYYMMDDHHmmss, Japan time.</summary>
internal static class OqsTime
{
    public static DateTimeOffset? Parse(string text) =>
        text.Length == 14 && DateTime.TryParseExact(text, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year >= 1868
            ? new DateTimeOffset(local, JapanTime.Offset)
            : null;

    public static string Write(DateTimeOffset time) => time.InJapan().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
