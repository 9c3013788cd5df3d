using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>レセプト種別: 点数表・保険・公費の数・本家入外. An unknown one is reported by its 別表, not here.</summary>
internal static class 種別
{
    public static void 保険と公費の組合せが違う(ClaimView claim, Places at)
    {
        if (claim[0, RE.レセプト種別] is not { Length: 4 } kind || !AsciiDigits.Are(kind) || kind[2] is < (byte)'1' or > (byte)'5')
        {
            return;
        }

        var third = kind[2] - '0';
        var (insurer, publics) = kind[1] == '2' ? (false, third) : (true, third - 1);
        if (claim.Insurers > 0 != insurer || claim.Publics != publics)
        {
            at.Add(0, RE.レセプト種別);
        }
    }

    public static void 未就学者の年齢を過ぎている(ClaimView claim, Places at)
    {
        if (claim[0, RE.レセプト種別] is [(byte)'1', (byte)'1' or (byte)'4', _, (byte)'3' or (byte)'4']
            && claim.TryTreatmentMonth(out var treatment)
            && Dates.TryDay(claim[0, RE.生年月日], out var birth, out _)
            && 年齢.未就学の最後の月(birth) is { } last
            && treatment > last)
        {
            at.Add(0, RE.生年月日);
        }
    }
}
