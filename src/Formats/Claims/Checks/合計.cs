using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Totals of the payers against the lines of 摘要.</summary>
internal static class 合計
{
    /// <summary>
    /// Σ点数×回数 per payer. Not said while the lines cannot be summed, nor when 回数 alone is to blame (the days give the total);
    /// payers off by the same amount are off by the same line, which is said at the first of them.
    /// </summary>
    public static void 点数が違う(ClaimView claim, Places at)
    {
        if (算定単位.合計できない(claim))
        {
            return;
        }

        var before = 0L;
        for (var payer = 0; payer < Bearers.Payers; payer++)
        {
            var row = claim.Facts.PayerRow(payer);
            if (row < 0 || !Number.TryRead(claim[row, 点数の項番(payer)], out var recorded))
            {
                continue;
            }

            var sum = claim.Services.Points[payer];
            var off = recorded - sum;
            var daysFit = (claim.Services.Marks & ServiceMarks.DaysOff) != 0 && recorded == claim.Services.PointsByDays[payer];
            if (off != 0 && off != before && !daysFit)
            {
                before = off;
                at.Add(row, 点数の項番(payer), $"記録 {recorded}、摘要の合計 {sum}");
            }
        }
    }

    /// <summary>診療識別97 holds 食事 and 標準負担額 alike; together they cannot be less than what is charged for 食事.</summary>
    public static void 食事の金額が摘要を超える(ClaimView claim, Places at)
    {
        if (算定単位.合計できない(claim))
        {
            return;
        }

        for (var payer = 0; payer < Bearers.Payers; payer++)
        {
            var row = claim.Facts.PayerRow(payer);
            if (row >= 0 && Number.TryRead(claim[row, 食事金額の項番(payer)], out var recorded) && recorded > claim.Services.Meals[payer])
            {
                at.Add(row, 食事金額の項番(payer), $"記録 {recorded}、摘要の合計 {claim.Services.Meals[payer]}");
                return;
            }
        }
    }

    public static void 食事の金額がない(ClaimView claim, Places at)
    {
        var row = claim.Facts.PayerRow(0);
        if (claim.Facts.Inpatient && row >= 0 && claim.Services.Meals[0] > 0 && claim[row, HO.食事金額].IsEmpty && claim[row, HO.食事回数].IsEmpty)
        {
            at.Add(row, HO.食事金額);
        }
    }

    public static void 食事の回数と金額がそろわない(ClaimView claim, Places at)
    {
        for (var payer = 0; payer < Bearers.Payers; payer++)
        {
            var row = claim.Facts.PayerRow(payer);
            if (row >= 0)
            {
                一方だけ(claim, at, row, payer == 0 ? HO.食事回数 : KO.食事回数, 食事金額の項番(payer));
            }
        }

        foreach (var row in claim.Of(RecordKey.TS))
        {
            一方だけ(claim, at, row, TS.食事回数, TS.食事金額);
        }
    }

    /// <summary>A donor's own total; whom a line charges does not matter there. A donor without lines is said elsewhere.</summary>
    public static void 臓器提供者の点数が違う(ClaimView claim, Places at)
    {
        var rows = claim.Of(RecordKey.TS);
        if (rows.IsEmpty || rows.Length != claim.Of(RecordKey.TR).Length
            || (claim.Services.Marks & (ServiceMarks.Unreadable | ServiceMarks.Unpriced | ServiceMarks.OtherTimes)) != 0)
        {
            return;
        }

        var services = claim.Services.All;
        var next = 0;
        for (var receipt = 1; receipt <= rows.Length; receipt++)
        {
            var (sum, byDays, lines) = (0L, 0L, 0);
            for (; next < services.Length && services[next].Receipt <= receipt; next++)
            {
                ref readonly var service = ref services[next];
                lines += service.Receipt == receipt && !service.Is(ServiceMarks.Comment) ? 1 : 0;
                var counts = service.Receipt == receipt && service.Kind != Services.Meal;
                sum += counts ? (long)service.Points * service.Times : 0;
                byDays += counts ? (long)service.Points * service.DaySum : 0;
            }

            var row = rows[receipt - 1];
            if (lines > 0 && Number.TryRead(claim[row, TS.合計点数], out var recorded) && recorded != sum && recorded != byDays)
            {
                at.Add(row, TS.合計点数, $"記録 {recorded}、摘要の合計 {sum}");
            }
        }
    }

    private static void 一方だけ(ClaimView claim, Places at, int row, int times, int amount)
    {
        if (claim[row, times].IsEmpty != claim[row, amount].IsEmpty)
        {
            at.Add(row, claim[row, times].IsEmpty ? times : amount);
        }
    }

    private static int 点数の項番(int payer) => payer == 0 ? HO.合計点数 : KO.合計点数;

    private static int 食事金額の項番(int payer) => payer == 0 ? HO.食事金額 : KO.食事金額;
}
