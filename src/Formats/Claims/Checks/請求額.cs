using System.Globalization;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Points, amounts and meals.</summary>
internal static class 請求額
{
    private const int 円 = 10;
    private const int 一日の食事 = 3;

    /// <summary>Recorded totals below zero, or points of one 負担区分 that add up to less than nothing.</summary>
    public static void 点数がマイナス(ClaimView claim, Places at)
    {
        合計がマイナス(claim, RecordKey.HO, HO.合計点数, at);
        合計がマイナス(claim, RecordKey.KO, KO.合計点数, at);
        if ((claim.Services.Marks & ServiceMarks.Negative) != 0)
        {
            負担区分別(claim, claim.Donors, at);
        }
    }

    public static void 食事が多すぎる(ClaimView claim, Places at)
    {
        食事を見る(claim, RecordKey.HO, HO.食事回数, at);
        食事を見る(claim, RecordKey.KO, KO.食事回数, at);
    }

    public static void 第一公費の負担額が大きすぎる(ClaimView claim, Places at)
    {
        if (claim.FirstPublic >= 0 && 大きすぎる(claim[claim.FirstPublic, KO.合計点数], claim[claim.FirstPublic, KO.負担金額], out var opposite))
        {
            at.Add(claim.FirstPublic, KO.負担金額, opposite ? "合計点数と符号が逆" : "");
        }
    }

    public static void 一部負担金が大きすぎる(ClaimView claim, Places at)
    {
        if (claim.Insurer >= 0 && 大きすぎる(claim[claim.Insurer, HO.合計点数], claim[claim.Insurer, HO.負担金額], out var opposite) && !opposite)
        {
            at.Add(claim.Insurer, HO.負担金額);
        }
    }

    private static void 合計がマイナス(ClaimView claim, ushort key, int item, Places at)
    {
        foreach (var row in claim.Of(key))
        {
            if (claim[row, item] is [(byte)'-', ..] value && Number.TryReadLong(value, out var points) && points < 0)
            {
                at.Add(row, item);
            }
        }
    }

    private static void 負担区分別(ClaimView claim, int donors, Places at)
    {
        Span<long> sums = stackalloc long[128];
        Span<int> last = stackalloc int[128];
        sums.Clear();
        for (var row = 1; row < donors; row++)
        {
            if (claim.Key(row) is RecordKey.SI or RecordKey.IY or RecordKey.TO
                && claim[row, 摘要.負担区分] is [< 128 and var bearer]
                && claim[row, 摘要.点数] is { Length: > 0 and <= 8 } value
                && Number.TryReadLong(value, out var points))
            {
                sums[bearer] += points * Math.Clamp(Number.CountOf(claim[row, 摘要.回数]), 1, Number.MostTimes);
                last[bearer] = row;
            }
        }

        for (var bearer = 0; bearer < sums.Length; bearer++)
        {
            if (sums[bearer] < 0)
            {
                at.Add(last[bearer], 摘要.点数, string.Create(CultureInfo.InvariantCulture, $"負担区分 {(char)bearer} の合計 {sums[bearer]}"));
            }
        }
    }

    private static void 食事を見る(ClaimView claim, ushort key, int item, Places at)
    {
        foreach (var row in claim.Of(key))
        {
            if (Number.CountOf(claim[row, item]) > claim.Month.Days * 一日の食事)
            {
                at.Add(row, item, string.Create(CultureInfo.InvariantCulture, $"{claim.Month.Days}日の月、{claim.Month.Days * 一日の食事}回まで"));
            }
        }
    }

    // Ten yen a point is the whole cost. Without points there is nothing to compare with (meals alone).
    private static bool 大きすぎる(ReadOnlySpan<byte> points, ReadOnlySpan<byte> amount, out bool opposite)
    {
        opposite = false;
        if (!Number.TryRead(points, out var whole) || !Number.TryRead(amount, out var part) || whole == 0 || part == 0)
        {
            return false;
        }

        opposite = whole > 0 != part > 0;
        return opposite || Math.Abs(part) >= (long)Math.Abs(whole) * 円;
    }
}
