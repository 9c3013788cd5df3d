using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>年月 and 年月日 as they stand in a file: western, or the older 和暦 (GYYMM, GYYMMDD) which reception converts.</summary>
internal static class Dates
{
    private const int Longest = 8;

    /// <summary>True for digits YYYYMM of a month there is. The caller knows that they are digits.</summary>
    public static bool IsMonth(ReadOnlySpan<byte> digits) => digits.Length == 6 && YearMonth.TryCreate(Four(digits), Two(digits[4..]), out _);

    /// <summary>True for digits YYYYMMDD of a day there is. The caller knows that they are digits.</summary>
    public static bool IsDay(ReadOnlySpan<byte> digits) =>
        digits.Length == 8
        && YearMonth.TryCreate(Four(digits), Two(digits[4..]), out var month)
        && Two(digits[6..]) is >= 1 and var day
        && (day <= 28 || day <= month.Days);

    /// <summary>Reads YYYYMM or GYYMM.</summary>
    public static bool TryMonth(ReadOnlySpan<byte> value, out YearMonth month, out bool era)
    {
        era = value.Length == 5;
        if (value.Length == 6 && AsciiDigits.Are(value))
        {
            return YearMonth.TryCreate(Four(value), Two(value[4..]), out month);
        }

        Span<char> text = stackalloc char[Longest];
        if (!TryDigits(value, ref text))
        {
            month = default;
            return false;
        }

        month = default;
        return era && Wareki.TryParseMonth(text, out month);
    }

    /// <summary>Reads YYYYMMDD or GYYMMDD.</summary>
    public static bool TryDay(ReadOnlySpan<byte> value, out DateOnly day, out bool era)
    {
        era = value.Length == 7;
        day = default;
        if (value.Length == 8 && AsciiDigits.Are(value))
        {
            var known = IsDay(value);
            day = known ? new DateOnly(Four(value), Two(value[4..]), Two(value[6..])) : default;
            return known;
        }

        Span<char> text = stackalloc char[Longest];
        if (!TryDigits(value, ref text))
        {
            return false;
        }

        return era && Wareki.TryParseDay(text, out day);
    }

    private static int Two(ReadOnlySpan<byte> digits) => ((digits[0] - '0') * 10) + digits[1] - '0';

    private static int Four(ReadOnlySpan<byte> digits) => (Two(digits) * 100) + Two(digits[2..]);

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
