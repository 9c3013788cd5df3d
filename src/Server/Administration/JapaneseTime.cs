using System.Globalization;
using Sekisho.Formats;
using Sekisho.Platform.Data;

namespace Sekisho.Server.Administration;

/// <summary>Instants as administrators read them.</summary>
internal static class JapaneseTime
{
    public static string Day(DateTimeOffset instant) => instant.InJapan().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset instant) => instant.InJapan().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
