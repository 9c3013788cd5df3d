namespace Sekisho.Formats.Identifiers;

/// <summary>公費負担医療の受給者番号: 7 digits (6 and 検証 1). Personal: <see cref="ToString"/> is masked, <see cref="Value"/> is not.</summary>
public readonly record struct RecipientNumber
{
    private readonly string? _value;

    private RecipientNumber(string value) => _value = value;

    /// <summary>7 digits.</summary>
    public string Value => Digits.Made(_value, "受給者番号");

    /// <summary>The last digit is right. A reason to warn, never to reject.</summary>
    public bool HasValidCheckDigit => CheckDigit.IsValid(Value);

    /// <summary>Reads exactly 7 digits; a number of fewer digits is recorded with zeros in front.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecipientNumber value)
    {
        value = default;
        if (text.Length != 7 || !Digits.Are(text))
        {
            return false;
        }

        value = new RecipientNumber(text.ToString());
        return true;
    }

    /// <summary>Masked, so that it can end up in a log by mistake without harm.</summary>
    public override string ToString() => _value is null ? "" : "*******";
}
