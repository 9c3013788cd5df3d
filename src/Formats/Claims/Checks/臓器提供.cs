using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>臓器提供者レセプト: TI, and within it TR, TS and the donor's own records.</summary>
internal static class 臓器提供
{
    private static readonly int[] Required = [TI.都道府県, TI.点数表, TI.医療機関コード, TI.医療機関名称, TI.医療機関所在地];

    private static readonly int[] Institution = [.. Required, TI.電話番号];

    /// <summary>臓器提供者レセプト種別: 1991・1997 入院, 1992・1998 入院外; null when it is none of them.</summary>
    public static bool? 入院(ClaimView claim, int row) => claim[row, TR.種別] switch
    {
        [(byte)'1', (byte)'9', (byte)'9', (byte)'1' or (byte)'7'] => true,
        [(byte)'1', (byte)'9', (byte)'9', (byte)'2' or (byte)'8'] => false,
        _ => null,
    };

    /// <summary>Where all of it is missing it is the 区分 that is in question.</summary>
    public static void 他の医療機関の情報がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.TI))
        {
            if (claim[row, TI.臓器提供医療機関区分] is not [(byte)'2'])
            {
                continue;
            }

            if (Array.TrueForAll(Required, i => claim[row, i].IsEmpty))
            {
                at.Add(row, TI.臓器提供医療機関区分);
                continue;
            }

            foreach (var item in Required)
            {
                if (claim[row, item].IsEmpty)
                {
                    at.Add(row, item);
                }
            }
        }
    }

    public static void 同じ医療機関の情報がある(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.TI))
        {
            var item = claim[row, TI.臓器提供医療機関区分] is [(byte)'1'] ? Array.Find(Institution, i => !claim[row, i].IsEmpty) : 0;
            if (item > 0)
            {
                at.Add(row, item);
            }
        }
    }

    /// <summary>From 1 on within each TI; after a slip the counting goes on from there.</summary>
    public static void レセプト番号が続いていない(ClaimView claim, Places at)
    {
        var last = 0;
        for (var row = claim.Donors; row < claim.Count; row++)
        {
            switch (claim.Key(row))
            {
                case RecordKey.TI:
                    last = 0;
                    break;
                case RecordKey.TR when Number.TryRead(claim[row, TR.レセプト番号], out var number):
                    if (number != last + 1)
                    {
                        at.Add(row, TR.レセプト番号, $"前のレセプト番号 {last}");
                    }

                    last = number;
                    break;
            }
        }
    }

    /// <summary>Every TI has a TR; every TR has its TS, a 傷病名 and a line of 摘要. Said at the record that lacks it.</summary>
    public static void 必要なレコードがない(ClaimView claim, Places at)
    {
        var (head, seen) = (-1, 0);
        for (var row = claim.Donors; row <= claim.Count; row++)
        {
            var key = row < claim.Count ? claim.Key(row) : RecordKey.TI;
            if (key is RecordKey.TI or RecordKey.TR)
            {
                Report(claim, at, head, seen, key);
                (head, seen) = (row, 0);
            }

            seen |= key switch
            {
                RecordKey.TS => 1,
                RecordKey.SY => 2,
                RecordKey.SI or RecordKey.IY or RecordKey.TO => 4,
                _ => 0,
            };
        }
    }

    public static void 診療年月が受容者より後(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.TR))
        {
            if (claim.Facts.HasMonth && Dates.TryMonth(claim[row, TR.診療年月], out var month, out _) && month > claim.Facts.Month)
            {
                at.Add(row, TR.診療年月);
            }
        }
    }

    private static void Report(ClaimView claim, Places at, int head, int seen, ushort next)
    {
        if (head < 0)
        {
            return;
        }

        if (claim.Key(head) == RecordKey.TI)
        {
            if (next == RecordKey.TI)
            {
                at.Add(head, 1, "TRがない");
            }
        }
        else if (seen != 7)
        {
            at.Add(head, 1, (seen & 1) == 0 ? "TSがない" : (seen & 2) == 0 ? "SYがない" : "SI・IY・TOがない");
        }
    }
}
