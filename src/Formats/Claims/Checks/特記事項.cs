using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>レセプト特記事項: up to five codes of two digits. What is no code has its own finding.</summary>
internal static class 特記事項
{
    private const int Length = 2;
    private const int Most = 5;

    public static void 重複している(ClaimView claim, Places at)
    {
        var codes = Codes(claim);
        var seen = UInt128.Zero;
        for (var i = 0; i < codes.Length; i += Length)
        {
            var bit = UInt128.One << Code(codes, i);
            if ((seen & bit) != UInt128.Zero)
            {
                at.Add(0, RE.特記事項);
                return;
            }

            seen |= bit;
        }
    }

    /// <summary>Two of 上位・一般・低所・多上・区ア～区キ・多ア～多キ, or 長 and 長２.</summary>
    public static void 所得区分が2つ(ClaimView claim, Places at)
    {
        var codes = Codes(claim);
        var (income, longTerm) = (-1, -1);
        for (var i = 0; i < codes.Length; i += Length)
        {
            var code = Code(codes, i);
            if ((IsIncome(code) && !Once(ref income, code)) || (code is 2 or 16 && !Once(ref longTerm, code)))
            {
                at.Add(0, RE.特記事項);
                return;
            }
        }
    }

    /// <summary>Before 令和4年10月 these codes do not exist at all, which 別表9 says.</summary>
    public static void 後期高齢者だけの区分(ClaimView claim, Places at)
    {
        var codes = claim.Facts.HasKind && claim.Facts.Insurance != 3 ? Codes(claim) : default;
        for (var i = 0; i < codes.Length; i += Length)
        {
            if (Code(codes, i) is >= 41 and <= 44 && claim.Plan(0).Items[RE.特記事項 - 1].Codes!.Contains(codes.Slice(i, Length), claim.Month))
            {
                at.Add(0, RE.特記事項);
                return;
            }
        }
    }

    private static bool IsIncome(int code) => code is 17 or 18 or 19 or 22 or (>= 26 and <= 35) or (>= 41 and <= 44);

    // The same code twice is not two 所得区分.
    private static bool Once(ref int before, int code)
    {
        var once = before < 0 || before == code;
        before = code;
        return once;
    }

    private static ReadOnlySpan<byte> Codes(ClaimView claim) =>
        claim[0, RE.特記事項] is { Length: > 0 and <= Length * Most } codes && codes.Length % Length == 0 && AsciiDigits.Are(codes) ? codes : default;

    private static int Code(ReadOnlySpan<byte> codes, int at) => ((codes[at] - '0') * 10) + codes[at + 1] - '0';
}
