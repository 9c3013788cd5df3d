using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>傷病名レコード: what its items say about each other.</summary>
internal static class 病名
{
    public static void 未コード化に名称がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (未コード化(claim, row) && ItemCheck.IsAbsent(claim[row, SY.傷病名称]))
            {
                at.Add(row, SY.傷病名称);
            }
        }
    }

    public static void コードがあるのに名称(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (!claim[row, SY.傷病名称].IsEmpty && claim[row, SY.傷病名コード] is { Length: 7 } code && AsciiDigits.Are(code) && !未コード化(claim, row))
            {
                at.Add(row, SY.傷病名称);
            }
        }
    }

    public static void 未コード化に修飾語(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (未コード化(claim, row) && !claim[row, SY.修飾語コード].IsEmpty)
            {
                at.Add(row, SY.修飾語コード);
            }
        }
    }

    /// <summary>True when some 転帰 is 死亡.</summary>
    public static bool 死亡(ClaimView claim)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (row < claim.Donors && claim[row, SY.転帰区分] is [(byte)'3'])
            {
                return true;
            }
        }

        return false;
    }

    private static bool 未コード化(ClaimView claim, int row) => claim[row, SY.傷病名コード].SequenceEqual("0000999"u8);
}
