namespace Sekisho.Formats.Eligibility.Matching;

/// <summary>
/// Keys by which a coverage is found, the same for every way its numbers are written on cards, in claims and by hand. Beside them the value as registered is kept:
/// a claim must use that.
/// </summary>
public static class SearchKey
{
    /// <summary>保険者番号 (公費負担者番号): 8 digits with zeros in front, so that it compares as the number it is; empty when it is none.</summary>
    public static string Insurer(string value)
    {
        var digits = TextFold.Code(value).TrimStart('0');
        return digits.Length is > 0 and <= 8 && digits.All(char.IsAsciiDigit) ? digits.PadLeft(8, '0') : "";
    }

    /// <summary>後期高齢者医療 (法別番号 39) and 医療扶助 have no 記号: what is written there does not count.</summary>
    public static bool HasSymbol(string insurer) => !Insurer(insurer).StartsWith("39", StringComparison.Ordinal) && !IsAid(insurer);

    /// <summary>医療扶助: a 公費負担者番号 of 生活保護法 (法別番号 12) in the place of the 保険者番号.</summary>
    public static bool IsAid(string insurer) => Insurer(insurer).StartsWith("12", StringComparison.Ordinal);

    /// <summary>記号: folded, its zeros kept.</summary>
    public static string Symbol(string value) => TextFold.Code(value);

    /// <summary>番号 (受給者番号): folded, zeros in front cut off; "0" for nothing but zeros, empty for nothing.</summary>
    public static string Number(string value)
    {
        var folded = TextFold.Code(value);
        var number = folded.TrimStart('0');
        return number.Length > 0 || folded.Length == 0 ? number : "0";
    }

    /// <summary>枝番: 2 digits; empty when there is none.</summary>
    public static string Branch(string value)
    {
        var folded = TextFold.Code(value);
        return folded.Length == 1 && char.IsAsciiDigit(folded[0]) ? "0" + folded : folded;
    }
}
