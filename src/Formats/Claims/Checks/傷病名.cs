using Sekisho.Formats.Claims.Masters;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>傷病名レコード.</summary>
internal static class 傷病名
{
    private const int 修飾語のけた = 4;

    public static void コードが数字7桁でない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (!(claim[row, SY.傷病名コード] is { Length: 7 } code && AsciiDigits.Are(code)))
            {
                at.Add(row, SY.傷病名コード);
            }
        }
    }

    public static void 主傷病コードが違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (claim[row, SY.主傷病] is { IsEmpty: false } code && !code.SequenceEqual("01"u8))
            {
                at.Add(row, SY.主傷病);
            }
        }
    }

    public static void コードがマスターにない(ClaimView claim, Places at)
    {
        var master = claim.In().傷病名;
        foreach (var row in claim.Of(RecordKey.SY))
        {
            var code = claim[row, SY.傷病名コード];
            if (master.TryNumber(code, out _) && master.Find(code, out var standing) is null && standing == Standing.Unknown)
            {
                at.Add(row, SY.傷病名コード);
            }
        }
    }

    public static void コードが廃止されている(ClaimView claim, Places at)
    {
        var masters = claim.In();
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (masters.傷病名.Find(claim[row, SY.傷病名コード], out var standing) is { } disease && standing == Standing.Ended)
            {
                at.Add(row, SY.傷病名コード, マスター.終わり(disease, masters));
            }
        }
    }

    /// <summary>No SY at all, or every one is known to be outside 保険請求.</summary>
    public static void 請求できる傷病名がない(ClaimView claim, Places at)
    {
        var rows = claim.Of(RecordKey.SY);
        if (rows.IsEmpty)
        {
            at.Add(0);
            return;
        }

        var master = claim.In().傷病名;
        foreach (var row in rows)
        {
            if (master.InForce(claim[row, SY.傷病名コード]) is not { 保険請求外: true })
            {
                return;
            }
        }

        at.Add(rows[0], SY.傷病名コード);
    }

    public static void 単独では使えない(ClaimView claim, Places at)
    {
        var master = claim.In().傷病名;
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (claim[row, SY.修飾語コード].IsEmpty && master.InForce(claim[row, SY.傷病名コード]) is { 単独使用禁止: true } disease)
            {
                at.Add(row, SY.傷病名コード, disease.Name);
            }
        }
    }

    public static void 修飾語がマスターにない(ClaimView claim, Places at)
    {
        var master = claim.In().修飾語;
        foreach (var row in claim.Of(RecordKey.SY))
        {
            var codes = claim[row, SY.修飾語コード];
            for (var i = 0; i + 修飾語のけた <= codes.Length; i += 修飾語のけた)
            {
                var code = codes.Slice(i, 修飾語のけた);
                if (master.TryNumber(code, out _) && master.InForce(code) is null && (master.Find(code, out var standing) is not null || standing == Standing.Unknown))
                {
                    at.Add(row, SY.修飾語コード, $"{SjisText.Decode(code)}");
                }
            }
        }
    }

    public static void 未コード化に名称がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (マスター.未コード化傷病名(claim[row, SY.傷病名コード]) && ItemCheck.IsAbsent(claim[row, SY.傷病名称]))
            {
                at.Add(row, SY.傷病名称);
            }
        }
    }

    public static void コードがあるのに名称がある(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (!claim[row, SY.傷病名称].IsEmpty && claim[row, SY.傷病名コード] is { Length: 7 } code && !マスター.未コード化傷病名(code))
            {
                at.Add(row, SY.傷病名称);
            }
        }
    }

    public static void 未コード化に修飾語(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (マスター.未コード化傷病名(claim[row, SY.傷病名コード]) && !claim[row, SY.修飾語コード].IsEmpty)
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
}
