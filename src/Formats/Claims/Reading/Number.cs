namespace Sekisho.Formats.Claims.Reading;

/// <summary>Counts, points and amounts of a claim.</summary>
internal static class Number
{
    /// <summary>回数 has three digits; sums of hostile files stay within 64 bits.</summary>
    public const int MostTimes = 999;

    private const int MostDigits = 9;
    private const int MostBytes = 18;

    /// <summary>Digits behind an optional minus sign, at most nine; anything longer has a finding of the shape already.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out int number)
    {
        var negative = value.Length > 1 && value[0] == '-';
        var digits = negative ? value[1..] : value;
        long read = 0;
        var readable = digits.Length <= MostDigits && TryDigits(digits, out read);
        number = (int)(negative ? -read : read);
        return readable;
    }

    /// <summary>Digits behind an optional sign; at most eighteen bytes.</summary>
    public static bool TryReadLong(ReadOnlySpan<byte> value, out long number)
    {
        number = 0;
        var signed = value.Length > 1 && value[0] is (byte)'-' or (byte)'+';
        var readable = value.Length <= MostBytes && TryDigits(signed ? value[1..] : value, out number);
        number = signed && value[0] == '-' ? -number : number;
        return readable;
    }

    /// <summary>法別番号 of a number of eight digits; 0 for any other.</summary>
    public static int Law(ReadOnlySpan<byte> number) =>
        number.Length == 8 && AsciiDigits.Are(number) ? ((number[0] - '0') * 10) + number[1] - '0' : 0;

    /// <summary>A count; -1 for anything that is none.</summary>
    public static int CountOf(ReadOnlySpan<byte> value) => TryRead(value, out var number) && number >= 0 ? number : -1;

    private static bool TryDigits(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                number = 0;
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return !digits.IsEmpty;
    }
}
