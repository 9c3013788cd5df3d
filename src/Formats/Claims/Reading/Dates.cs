using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>年月 and 年月日 as they stand in a file: western, or the older 和暦 (GYYMM, GYYMMDD) which reception converts.</summary>
internal static class Dates
{
    private const int Longest = 8;

    /// <summary>Reads YYYYMM or GYYMM.</summary>
    public static bool TryMonth(ReadOnlySpan<byte> value, out YearMonth month, out bool era)
    {
        Span<char> text = stackalloc char[Longest];
        era = value.Length == 5;
        if (!TryDigits(value, ref text))
        {
            month = default;
            return false;
        }

        return era ? Wareki.TryParseMonth(text, out month) : YearMonth.TryParse(text, out month);
    }

    /// <summary>Reads YYYYMMDD or GYYMMDD.</summary>
    public static bool TryDay(ReadOnlySpan<byte> value, out DateOnly day, out bool era)
    {
        Span<char> text = stackalloc char[Longest];
        era = value.Length == 7;
        day = default;
        if (!TryDigits(value, ref text))
        {
            return false;
        }

        if (era)
        {
            return Wareki.TryParseDay(text, out day);
        }

        var read = CalendarDate.TryParse(text, out var date);
        day = read ? date.Day : default;
        return read;
    }

    private static bool TryDigits(ReadOnlySpan<byte> value, ref Span<char> text)
    {
        if (value.Length > Longest || !AsciiDigits.Are(value))
        {
            return false;
        }

        text = text[..value.Length];
        for (var i = 0; i < value.Length; i++)
        {
            text[i] = (char)value[i];
        }

        return true;
    }
}
