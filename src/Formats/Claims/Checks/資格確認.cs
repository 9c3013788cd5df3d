using System.Numerics;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>資格確認・受診日等・窓口負担額 (SN, JD, MF). All are optional, but what is recorded must fit. Whom they name has a published number.</summary>
internal static class 資格確認
{
    public static void 同じ負担者が2件(ClaimView claim, Places at)
    {
        Twice(claim, at, claim.Of(RecordKey.SN));
        Twice(claim, at, claim.Of(RecordKey.JD));
        Twice(claim, at, claim.Of(RecordKey.MF));
    }

    /// <summary>Once one payer has its 受診日等, every payer has.</summary>
    public static void 受診日等が足りない(ClaimView claim, Places at)
    {
        var rows = claim.Of(RecordKey.JD);
        if (rows.IsEmpty || !claim.Facts.FitsKind)
        {
            return;
        }

        var named = 0;
        foreach (var row in rows)
        {
            named |= Payer(claim, row) is >= 0 and var payer ? 1 << payer : 0;
        }

        if (named != 0 && (claim.Facts.Payers & ~named) != 0 && (named & ~claim.Facts.Payers) == 0)
        {
            at.Add(rows[0], JD.負担者種別);
        }
    }

    public static void 順序が違う(ClaimView claim, Places at)
    {
        Order(claim, at, claim.Of(RecordKey.SN));
        Order(claim, at, claim.Of(RecordKey.JD));
    }

    /// <summary>1 = a day that counts as 診療実日数.</summary>
    public static void 受診日の数が実日数と違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.JD))
        {
            var payer = Payer(claim, row);
            if (payer >= 0 && Read(claim, row, out _, out var counted) && 算定日.実日数(claim, payer, out _, out var days) && BitOperations.PopCount(counted) != days)
            {
                at.Add(row, JD.負担者種別, $"診療実日数 {days}、受診日 {BitOperations.PopCount(counted)}");
            }
        }
    }

    /// <summary>Days with a service of that payer, and no others. When the number of days is wrong, that is said instead.</summary>
    public static void 受診日が算定日と違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.JD))
        {
            var payer = Payer(claim, row);
            if (payer < 0 || claim.Facts.PayerRow(payer) < 0 || claim.Services.Units == 0 || (claim.Services.Marks & (ServiceMarks.BadDay | ServiceMarks.Unreadable | ServiceMarks.DaysOff)) != 0
                || !Read(claim, row, out var recorded, out var counted))
            {
                continue;
            }

            var off = recorded ^ claim.Services.DaysOf[payer];
            var fits = 算定日.実日数(claim, payer, out _, out var days) && BitOperations.PopCount(counted) == days;
            if (off != 0 && fits)
            {
                at.Add(row, JD.日 + Math.Min(BitOperations.TrailingZeroCount(off), 摘要.日数 - 1));
            }
        }
    }

    /// <summary>確認区分 02 and above, 受診等区分 9: the payer's. 窓口負担額区分 03・04: nobody's yet.</summary>
    public static void 使わないコード(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SN))
        {
            var code = claim[row, SN.確認区分];
            if (!claim.Facts.Resubmitted && code is [(byte)'0', >= (byte)'2' and <= (byte)'9'] or [(byte)'1', >= (byte)'1' and <= (byte)'4'])
            {
                at.Add(row, SN.確認区分);
            }
        }

        foreach (var row in claim.Of(RecordKey.JD))
        {
            foreach (var day in claim.Facts.Resubmitted ? default : claim.Filled(row, JD.日, 摘要.日数))
            {
                if (claim[row, day] is [(byte)'9'])
                {
                    at.Add(row, day);
                    break;
                }
            }
        }

        foreach (var row in claim.Of(RecordKey.MF))
        {
            if (claim[row, MF.窓口負担額区分] is [(byte)'0', (byte)'3' or (byte)'4'])
            {
                at.Add(row, MF.窓口負担額区分);
            }
        }
    }

    public static void 公費単独に資格確認(ClaimView claim, Places at)
    {
        if (claim.Facts is { Insurance: 2, FitsKind: true, Resubmitted: false } && claim.Of(RecordKey.SN) is [var row, ..])
        {
            at.Add(row, SN.負担者種別);
        }
    }

    /// <summary>Two digits; none for 後期高齢者.</summary>
    public static void 枝番が違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SN))
        {
            var branch = claim[row, SN.枝番];
            if (!branch.IsEmpty && (branch.Length == 1 || (claim.Facts.Insurance == 3 && !claim.Facts.Resubmitted)))
            {
                at.Add(row, SN.枝番);
            }
        }
    }

    private static void Twice(ClaimView claim, Places at, ReadOnlySpan<int> rows)
    {
        var seen = 0u;
        foreach (var row in rows)
        {
            // 窓口負担額 has its 区分 where the others have the 負担者種別.
            if (!Number.TryRead(claim[row, JD.負担者種別], out var code) || code is < 0 or > 31)
            {
                continue;
            }

            if ((seen & (1u << code)) != 0)
            {
                at.Add(row, JD.負担者種別);
            }

            seen |= 1u << code;
        }
    }

    private static void Order(ClaimView claim, Places at, ReadOnlySpan<int> rows)
    {
        var before = -1;
        foreach (var row in rows)
        {
            var payer = Payer(claim, row);
            if (payer >= 0 && payer < before)
            {
                at.Add(row, JD.負担者種別);
                return;
            }

            before = Math.Max(before, payer);
        }
    }

    private static int Payer(ClaimView claim, int row) =>
        claim[row, JD.負担者種別] is [>= (byte)'1' and <= (byte)'5' and var code] ? code - '1' : -1;

    // False when a day holds something else: the shape says so, or it is the payer's 9.
    private static bool Read(ClaimView claim, int row, out uint recorded, out uint counted)
    {
        (recorded, counted) = (0, 0);
        foreach (var item in claim.Filled(row, JD.日, 摘要.日数))
        {
            if (claim[row, item] is not [var code and ((byte)'1' or (byte)'2')])
            {
                return false;
            }

            recorded |= 1u << (item - JD.日);
            counted |= code == '1' ? 1u << (item - JD.日) : 0;
        }

        return true;
    }
}
