using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>傷病名レコード.</summary>
internal static class 傷病名
{
    public static void コードが数字7桁でない(ClaimView claim, Places at)
    {
        for (var row = 0; row < claim.Count; row++)
        {
            if (claim.Key(row) == RecordKey.SY && !(claim[row, SY.傷病名コード] is { Length: 7 } code && AsciiDigits.Are(code)))
            {
                at.Add(row, SY.傷病名コード);
            }
        }
    }

    public static void 主傷病コードが違う(ClaimView claim, Places at)
    {
        for (var row = 0; row < claim.Count; row++)
        {
            if (claim.Key(row) == RecordKey.SY && claim[row, SY.主傷病] is { IsEmpty: false } code && !code.SequenceEqual("01"u8))
            {
                at.Add(row, SY.主傷病);
            }
        }
    }
}
