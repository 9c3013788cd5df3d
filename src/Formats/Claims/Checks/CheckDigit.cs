namespace Sekisho.Formats.Claims.Checks;

/// <summary>検証番号: モジュラス10 ウェイト2・1, one algorithm for all numbers.</summary>
internal static class CheckDigit
{
    /// <summary>True when the last digit verifies the others. All bytes must be digits.</summary>
    public static bool Holds(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var product = i % 2 == 0 ? digit : digit * 2;
            sum += (product / 10) + (product % 10);
        }

        return sum % 10 == 0;
    }

    /// <summary>True when all bytes are digits; false for nothing.</summary>
    public static bool AreDigits(ReadOnlySpan<byte> value) => value.Length > 0 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
