using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Assurance;
using Sekisho.Formats;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Web.Display;

/// <summary>Days, months, times and amounts as people write them.</summary>
internal static class Show
{
    public static string Amount(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>12.5%.</summary>
    public static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100m * part / whole:0.0}%");

    /// <summary>2021年11月8日（月）.</summary>
    public static string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日（{"日月火水木金土"[(int)day.DayOfWeek]}）");

    public static string Month(YearMonth? month) =>
        month is { } m ? string.Create(CultureInfo.InvariantCulture, $"{m.Year}年{m.Month}月") : "不明";

    /// <summary>A recorded month in words; the record itself when it is not one.</summary>
    public static string Month(string recorded) => TryMonth(recorded, out var month) ? Month(month) : recorded;

    /// <summary>JST, to the minute.</summary>
    public static string Time(DateTimeOffset instant)
    {
        var local = instant.InJapan();
        return string.Create(CultureInfo.InvariantCulture, $"{local.Year}年{local.Month}月{local.Day}日 {local.Hour}:{local.Minute:D2}");
    }

    /// <summary>JST, hours and minutes.</summary>
    public static string Clock(DateTimeOffset instant) => instant.InJapan().ToString("H:mm", CultureInfo.InvariantCulture);

    /// <summary>Machine-readable form for a time element.</summary>
    public static string Stamp(DateTimeOffset instant) => instant.InJapan().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>A recorded day in the Japanese calendar; the record itself when it is not a day.</summary>
    public static string EraDay(string recorded) => TryDay(recorded, out var day) ? Wareki.Display(day) : recorded;

    /// <summary>Older files record days by era.</summary>
    private static bool TryDay(string recorded, out DateOnly day) =>
        DateOnly.TryParseExact(recorded, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) || Wareki.TryParseDay(recorded, out day);

    /// <summary>Years between birth and the end of a month.</summary>
    public static int? Age(string birth, string month)
    {
        if (!TryDay(birth, out var born) || !TryMonth(month, out var at) || at.LastDay < born)
        {
            return null;
        }

        var last = at.LastDay;
        return last.Year - born.Year - ((last.Month, last.Day).CompareTo((born.Month, born.Day)) < 0 ? 1 : 0);
    }

    public static string Bytes(long length) => length < 1024
        ? Amount(length) + "バイト"
        : string.Create(CultureInfo.InvariantCulture, $"{(length < 1 << 20 ? length / 1024m : length / 1048576m):0.0} {(length < 1 << 20 ? "KB" : "MB")}（{Amount(length)}バイト）");

    /// <summary>A digest in groups of eight, so that a person can compare it.</summary>
    public static string Digest(string hex) => string.Join(' ', hex.Chunk(8).Select(c => new string(c)));

    /// <summary>The beginning of a long value; the whole one is in the record.</summary>
    public static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";

    /// <summary>What came of an access: 資格有効性 in words, else the word that was recorded.</summary>
    public static string Access(PersonAccess access) => access.Kind == AuditKind.EligibilityInquired
        ? access.Result switch { "1" => "有効", "2" => "無効", "3" => "無効（新しい資格あり）", "4" => "該当資格なし", "5" => "複数該当", "6" => "有効（未登録）", _ => "" }
        : access.Result.Contains('-', StringComparison.Ordinal) ? "断った（" + access.Result + "）" : "";

    private static bool TryMonth(string recorded, out YearMonth month) => YearMonth.TryParse(recorded, out month) || Wareki.TryParseMonth(recorded, out month);
}
