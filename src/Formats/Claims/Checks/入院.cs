using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>What only an inpatient claim has, and what it must have.</summary>
internal static class 入院
{
    public static void 入院年月日がない(ClaimView claim, Places at)
    {
        if (claim.Facts.Inpatient && claim[0, RE.入院年月日].IsEmpty)
        {
            at.Add(0, RE.入院年月日);
        }

        foreach (var row in claim.Of(RecordKey.TR))
        {
            if (臓器提供.入院(claim, row) == true && claim[row, TR.入院年月日].IsEmpty)
            {
                at.Add(row, TR.入院年月日);
            }
        }
    }

    public static void 入院外に入院の項目(ClaimView claim, Places at)
    {
        if (claim.Facts.Outpatient)
        {
            Recorded(claim, at, 0, RE.入院年月日, RE.病棟区分);
        }

        foreach (var row in claim.Of(RecordKey.TR))
        {
            if (臓器提供.入院(claim, row) == false)
            {
                Recorded(claim, at, row, TR.入院年月日, TR.病棟区分);
            }
        }
    }

    public static void 入院外に食事(ClaimView claim, Places at)
    {
        for (var payer = 0; payer < Bearers.Payers && claim.Facts.Outpatient; payer++)
        {
            if (claim.Facts.PayerRow(payer) is >= 0 and var row)
            {
                Recorded(claim, at, row, payer == 0 ? HO.食事回数 : KO.食事回数, payer == 0 ? HO.食事金額 : KO.食事金額);
            }
        }

        var index = 0;
        var donors = claim.Of(RecordKey.TR);
        foreach (var row in claim.Of(RecordKey.TS))
        {
            if (index < donors.Length && 臓器提供.入院(claim, donors[index++]) == false)
            {
                Recorded(claim, at, row, TS.食事回数, TS.食事金額);
            }
        }
    }

    /// <summary>90 入院基本料, 92 特定入院料・その他, 97 食事療養.</summary>
    public static void 入院外に入院の診療識別(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.Admission) == 0)
        {
            return;
        }

        var donors = claim.Of(RecordKey.TR);
        foreach (ref readonly var service in claim.Services.All)
        {
            var outpatient = service.Receipt == 0 ? claim.Facts.Outpatient : 臓器提供.入院(claim, donors[service.Receipt - 1]) == false;
            if (outpatient && service.Is(ServiceMarks.Admission))
            {
                at.Add(service.Row, 摘要.診療識別);
            }
        }
    }

    public static void 入院の診療科2と3(ClaimView claim, Places at)
    {
        if (claim.Facts.Inpatient)
        {
            Recorded(claim, at, 0, RE.診療科2, RE.診療科3);
        }
    }

    /// <summary>部位・性別・処置・疾病 only combine with a 診療科名; the second and third follow the first.</summary>
    public static void 診療科名がない(ClaimView claim, Places at)
    {
        if ((claim.Present(0) >> (RE.診療科1 - 1) & ((1UL << (RE.カタカナ - RE.診療科1)) - 1)) == 0)
        {
            return;
        }

        var later = false;
        for (var name = RE.診療科3; name >= RE.診療科1; name -= RE.診療科2 - RE.診療科1)
        {
            var combined = false;
            for (var item = name + 1; item < name + RE.診療科2 - RE.診療科1; item++)
            {
                combined |= !claim[0, item].IsEmpty;
            }

            if (claim[0, name].IsEmpty && (combined || later))
            {
                at.Add(0, name);
            }

            later |= combined || !claim[0, name].IsEmpty;
        }
    }

    public static void 入院年月日が月末より後(ClaimView claim, Places at)
    {
        if (入院日(claim, out var day) && day > claim.Facts.Month.LastDay)
        {
            at.Add(0, RE.入院年月日);
        }
    }

    public static void 入院年月日が生年月日より前(ClaimView claim, Places at)
    {
        if (入院日(claim, out var day) && claim.Facts.HasBirth && day < claim.Facts.Birth && claim.Facts.Birth <= claim.Facts.Month.LastDay)
        {
            at.Add(0, RE.入院年月日);
        }
    }

    /// <summary>入院料 on a day before the admission within the month.</summary>
    public static void 入院前に入院料(ClaimView claim, Places at)
    {
        if (!月の途中で入院(claim, out var day))
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (入院前(service, day))
            {
                at.Add(service.Row, service.日の項番(claim, System.Numerics.BitOperations.TrailingZeroCount(service.Days)), $"入院年月日 {day:yyyyMMdd}");
                return;
            }
        }
    }

    /// <summary>When 入院料 stands before the admission, that is said instead.</summary>
    public static void 実日数が入院期間を超える(ClaimView claim, Places at)
    {
        if (!月の途中で入院(claim, out var day))
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (入院前(service, day))
            {
                return;
            }
        }

        var most = claim.Facts.Month.Days - day.Day + 1;
        for (var payer = 0; payer < Bearers.Payers; payer++)
        {
            if (算定日.実日数(claim, payer, out var row, out var days) && days > most && days <= claim.Facts.Month.Days)
            {
                at.Add(row, HO.診療実日数, $"入院年月日から月末まで {most}日");
                return;
            }
        }
    }

    /// <summary>Until 平成28年9月診療 the item was left out.</summary>
    public static void DPCコードがない(ClaimView claim, Places at)
    {
        if (claim.Month is { Year: < 2016 } or { Year: 2016, Month: < 10 })
        {
            return;
        }

        foreach (var row in claim.Of(RecordKey.GR))
        {
            if (claim[row, GR.医科点数表算定理由] is [(byte)'0', (byte)'8' or (byte)'9'] or [(byte)'1', (byte)'0' or (byte)'1'] && claim[row, GR.DPCコード].IsEmpty)
            {
                at.Add(row, GR.DPCコード);
            }
        }
    }

    public static void 死亡の理由に転帰がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.GR))
        {
            if (claim[row, GR.医科点数表算定理由] is [(byte)'0', (byte)'1' or (byte)'2'] && !傷病名.死亡(claim))
            {
                at.Add(row, GR.医科点数表算定理由);
            }
        }
    }

    private static bool 入院日(ClaimView claim, out DateOnly day)
    {
        day = default;
        return claim.Facts is { Inpatient: true, HasMonth: true } && Dates.TryDay(claim[0, RE.入院年月日], out day, out _);
    }

    private static bool 月の途中で入院(ClaimView claim, out DateOnly day) =>
        入院日(claim, out day) && day >= claim.Facts.Month.FirstDay && day <= claim.Facts.Month.LastDay;

    private static bool 入院前(in Service service, DateOnly day) =>
        service.Receipt == 0 && service.Kind is 90 or 92 && (service.Days & ((1u << (day.Day - 1)) - 1)) != 0;

    private static void Recorded(ClaimView claim, Places at, int row, params ReadOnlySpan<int> items)
    {
        foreach (var item in items)
        {
            if (!claim[row, item].IsEmpty)
            {
                at.Add(row, item);
                return;
            }
        }
    }
}
