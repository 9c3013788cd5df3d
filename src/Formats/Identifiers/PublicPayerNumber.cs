namespace Sekisho.Formats.Identifiers;

/// <summary>公費負担者番号: 8 digits (法別番号 2, 都道府県 2, 実施機関 3, 検証 1). Not personal.</summary>
public readonly record struct PublicPayerNumber
{
    private readonly string? _value;

    private PublicPayerNumber(string value) => _value = value;

    /// <summary>8 digits.</summary>
    public string Value => Digits.Made(_value, "公費負担者番号");

    /// <summary>法別番号: which law pays.</summary>
    public string Law => Value[..2];

    /// <summary>都道府県番号 as recorded; not checked against 別表2.</summary>
    public string Prefecture => Value[2..4];

    /// <summary>The last digit is right. A reason to warn, never to reject.</summary>
    public bool HasValidCheckDigit => CheckDigit.IsValid(Value);

    /// <summary>Reads exactly 8 digits that are not all zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PublicPayerNumber value)
    {
        value = default;
        if (text.Length != 8 || !Digits.Are(text) || !text.ContainsAnyExcept('0'))
        {
            return false;
        }

        value = new PublicPayerNumber(text.ToString());
        return true;
    }

    /// <summary>The digits; empty for a value that was never made.</summary>
    public override string ToString() => _value ?? "";
}
