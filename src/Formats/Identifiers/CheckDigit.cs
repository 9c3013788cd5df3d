namespace Sekisho.Formats.Identifiers;

/// <summary>検証番号: modulus 10, weights 2 and 1 from the right. One algorithm for 保険者番号, 公費負担者番号, 受給者番号 and the 10-digit 医療機関コード.</summary>
public static class CheckDigit
{
    /// <summary>The check digit that belongs behind <paramref name="body"/> (ASCII digits only).</summary>
    public static int Of(ReadOnlySpan<char> body)
    {
        var sum = 0;
        var weight = 2;
        for (var i = body.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(body[i]))
            {
                throw new ArgumentException("数字ではない文字があります。", nameof(body));
            }

            var product = (body[i] - '0') * weight;
            sum += (product / 10) + (product % 10);
            weight = 3 - weight;
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>True when <paramref name="digits"/> are at least two ASCII digits and the last is right.</summary>
    public static bool IsValid(ReadOnlySpan<char> digits) =>
        digits.Length >= 2 && Digits.Are(digits) && digits[^1] - '0' == Of(digits[..^1]);

    /// <inheritdoc cref="IsValid(ReadOnlySpan{char})"/>
    public static bool IsValid(ReadOnlySpan<byte> digits)
    {
        Span<char> chars = stackalloc char[16];
        if (digits.Length > chars.Length)
        {
            return false;
        }

        for (var i = 0; i < digits.Length; i++)
        {
            chars[i] = (char)digits[i];
        }

        return IsValid(chars[..digits.Length]);
    }
}

/// <summary>Helpers the number types share.</summary>
internal static class Digits
{
    public static bool Are(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>Stops the use of a value that was never made: default(T) is a bug, not data.</summary>
    public static string Made(string? value, string what) =>
        value ?? throw new InvalidOperationException($"{what}: 値のない既定値（default）が使われました。");
}
