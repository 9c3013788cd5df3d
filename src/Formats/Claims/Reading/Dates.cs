using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>年月 and 年月日 as they stand in a file: western, or the older 和暦 (GYYMM, GYYMMDD) which reception converts.</summary>
internal static class Dates
{
    /// <summary>Reads YYYYMM or GYYMM.</summary>
    public static bool TryMonth(ReadOnlySpan<byte> value, out YearMonth month, out bool era)
    {
        month = default;
        era = value.Length == 5;
        return value.Length is 5 or 6
            && TryYear(value, era, out var year)
            && TryNumber(value[^2..], out var number)
            && YearMonth.TryCreate(year, number, out month)
            && (!era || InEra(value[0] - '0', month.FirstDay, month.LastDay));
    }

    /// <summary>Reads YYYYMMDD or GYYMMDD.</summary>
    public static bool TryDay(ReadOnlySpan<byte> value, out DateOnly day, out bool era)
    {
        day = default;
        era = value.Length == 7;
        if (value.Length is not (7 or 8)
            || !TryYear(value, era, out var year)
            || !TryNumber(value[^4..^2], out var month)
            || !TryNumber(value[^2..], out var number)
            || !YearMonth.TryCreate(year, month, out var of)
            || number < 1
            || number > of.Days)
        {
            return false;
        }

        day = new DateOnly(year, month, number);
        return !era || InEra(value[0] - '0', day, day);
    }

    private static bool TryYear(ReadOnlySpan<byte> value, bool era, out int year)
    {
        if (!era)
        {
            return TryNumber(value[..4], out year);
        }

        year = 0;
        if (value[0] is < (byte)'1' or > (byte)'5' || !TryNumber(value[1..3], out var ofEra) || ofEra == 0)
        {
            return false;
        }

        year = First(value[0] - '0').Year + ofEra - 1;
        return true;
    }

    private static bool InEra(int era, DateOnly first, DateOnly last) =>
        last >= First(era) && (era == 5 || first <= First(era + 1));

    private static DateOnly First(int era) => era switch
    {
        1 => new DateOnly(1868, 1, 25),
        2 => new DateOnly(1912, 7, 30),
        3 => new DateOnly(1926, 12, 25),
        4 => new DateOnly(1989, 1, 8),
        _ => new DateOnly(2019, 5, 1),
    };

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
