namespace Sekisho.Formats.Claims.Reading;

/// <summary>Counts, points and amounts of a claim.</summary>
internal static class Number
{
    /// <summary>回数 has three digits; sums of hostile files stay within 64 bits.</summary>
    public const int MostTimes = 999;

    private const int MostDigits = 9;

    /// <summary>Digits behind an optional minus sign, at most nine; anything longer has a finding of the shape already.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out int number)
    {
        number = 0;
        var negative = value.Length > 1 && value[0] == '-';
        var digits = negative ? value[1..] : value;
        if (digits.IsEmpty || digits.Length > MostDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                number = 0;
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        number = negative ? -number : number;
        return true;
    }

    /// <summary>A count; -1 for anything that is none.</summary>
    public static int CountOf(ReadOnlySpan<byte> value) => TryRead(value, out var number) && number >= 0 ? number : -1;
}
