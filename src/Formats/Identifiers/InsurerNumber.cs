namespace Sekisho.Formats.Identifiers;

/// <summary>保険者番号: 8 digits (法別番号 2, 都道府県 2, 保険者別 3, 検証 1), or 6 of 国民健康保険 (without 法別番号). Not personal.</summary>
public readonly record struct InsurerNumber
{
    private readonly string? _value;

    private InsurerNumber(string value) => _value = value;

    /// <summary>Digits without padding: 6 or 8.</summary>
    public string Value => Digits.Made(_value, "保険者番号");

    /// <summary>法別番号; empty for 国民健康保険.</summary>
    public string Law => Value.Length == 8 ? Value[..2] : "";

    /// <summary>都道府県番号 as recorded; not checked against 別表2.</summary>
    public string Prefecture => Value[^6..^4];

    /// <summary>The last digit is right. A reason to warn, never to reject: dummies in official examples fail it.</summary>
    public bool HasValidCheckDigit => CheckDigit.IsValid(Value);

    /// <summary>As HO records it: 8 bytes, shorter numbers padded with spaces on the left.</summary>
    public string Padded => Value.PadLeft(8);

    /// <summary>Reads 6 or 8 digits; up to 8 characters padded with spaces or, to 8, with zeros on the left.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out InsurerNumber value)
    {
        value = default;
        if (text.Length > 8)
        {
            return false;
        }

        var digits = text.TrimStart(' ');
        if (digits.Length is not (6 or 8) || !Digits.Are(digits))
        {
            return false;
        }

        // There is no 法別番号 00: two zeros in front of six digits are padding.
        if (digits.Length == 8 && digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        if (digits.ContainsAnyExcept('0'))
        {
            value = new InsurerNumber(digits.ToString());
            return true;
        }

        return false;
    }

    /// <summary>The digits; empty for a value that was never made.</summary>
    public override string ToString() => _value ?? "";
}
