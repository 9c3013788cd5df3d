using System.Globalization;

namespace Sekisho.Formats.Identifiers;

/// <summary>医療機関コード: 7 digits within a 都道府県 and 点数表, or 10 with both in front. Not personal.</summary>
public readonly record struct InstitutionCode
{
    private readonly string? _value;

    private InstitutionCode(string value) => _value = value;

    /// <summary>7 or 10 digits, as made.</summary>
    public string Value => Digits.Made(_value, "医療機関コード");

    /// <summary>The 7 digits recorded in the claim file.</summary>
    public string Local => Value[^7..];

    /// <summary>True when 都道府県 and 点数表 are known.</summary>
    public bool IsFull => Value.Length == 10;

    /// <summary>10 digits: 都道府県 2, 点数表 1, code 7; empty when only the local code is known.</summary>
    public string Full => IsFull ? Value : "";

    /// <summary>都道府県番号; empty when only the local code is known.</summary>
    public string Prefecture => IsFull ? Value[..2] : "";

    /// <summary>点数表 (1 医科, 3 歯科, 4 調剤, 6 訪問看護 …); empty when only the local code is known.</summary>
    public string Table => IsFull ? Value[2..3] : "";

    /// <summary>The last digit is right over all 10 digits; null when only the local code is known. A reason to warn, never to reject.</summary>
    public bool? HasValidCheckDigit => IsFull ? CheckDigit.IsValid(Value) : null;

    /// <summary>Reads 7 digits, or 10 that begin with a 都道府県番号 (01–47) and a 点数表 (1–8).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out InstitutionCode value)
    {
        value = default;
        if (text.Length is not (7 or 10) || !Digits.Are(text))
        {
            return false;
        }

        if (text.Length == 10 && (!IsPrefecture(text[..2]) || text[2] is < '1' or > '8'))
        {
            return false;
        }

        value = new InstitutionCode(text.ToString());
        return true;
    }

    /// <summary>The full code from the three items of a header record.</summary>
    public static bool TryCreate(ReadOnlySpan<char> prefecture, ReadOnlySpan<char> table, ReadOnlySpan<char> local, out InstitutionCode value)
    {
        value = default;
        return prefecture.Length == 2 && table.Length == 1 && local.Length == 7 && TryParse($"{prefecture}{table}{local}", out value);
    }

    /// <summary>The digits; empty for a value that was never made.</summary>
    public override string ToString() => _value ?? "";

    private static bool IsPrefecture(ReadOnlySpan<char> text) =>
        int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 47;
}
