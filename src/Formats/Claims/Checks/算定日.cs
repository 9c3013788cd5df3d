using System.Numerics;
using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>算定日情報, 受診日 and 診療実日数.</summary>
internal static class 算定日
{
    private const int ShortestMonth = 28;

    /// <summary>Another institution's donor may leave the days out. A 回数 that differs within its unit is said there.</summary>
    public static void 合計が回数と違う(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.DaysOff) == 0)
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            var leftOut = service.Is(ServiceMarks.Elsewhere) && service.Days == 0;
            if (service.Is(ServiceMarks.DaysOff) && !leftOut && !service.Is(ServiceMarks.Unreadable | ServiceMarks.BadDay | ServiceMarks.Split))
            {
                at.Add(service.Row, 摘要.回数, $"回数 {service.Times}、算定日の合計 {service.DaySum}");
            }
        }
    }

    /// <summary>Days that do not add up are said first.</summary>
    public static void 単位の中で違う(ClaimView claim, Places at)
    {
        if ((claim.Services.Marks & ServiceMarks.OtherDays) == 0)
        {
            return;
        }

        var unit = 0;
        var faulty = false;
        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Is(ServiceMarks.Comment))
            {
                continue;
            }

            faulty = (service.Unit == unit && faulty) || service.Is(ServiceMarks.DaysOff | ServiceMarks.BadDay | ServiceMarks.Unreadable | ServiceMarks.Split);
            unit = service.Unit;
            if (service.Is(ServiceMarks.OtherDays) && !faulty)
            {
                at.Add(service.Row, service.日の項番(claim, BitOperations.TrailingZeroCount(service.Days)));
            }
        }
    }

    /// <summary>E.g. June 31. A donor's days are those of the donor's own 診療年月.</summary>
    public static void 月末を過ぎている(ClaimView claim, Places at)
    {
        if (!claim.Facts.HasMonth || claim.Services.Days >> ShortestMonth == 0)
        {
            return;
        }

        var donors = claim.Of(RecordKey.TR);
        foreach (ref readonly var service in claim.Services.All)
        {
            var month = claim.Facts.Month;
            if (service.Receipt > 0 && !Dates.TryMonth(claim[donors[service.Receipt - 1], TR.診療年月], out month, out _))
            {
                continue;
            }

            if (service.Days >> month.Days is var late and not 0)
            {
                at.Add(service.Row, service.日の項番(claim, month.Days + BitOperations.TrailingZeroCount(late)));
            }
        }
    }

    public static void 実日数が月の日数を超える(ClaimView claim, Places at)
    {
        for (var payer = 0; payer < Bearers.Payers && claim.Facts.HasMonth; payer++)
        {
            if (実日数(claim, payer, out var row, out var days) && days > claim.Facts.Month.Days)
            {
                at.Add(row, HO.診療実日数);
            }
        }
    }

    /// <summary>初診・再診・入院料 are charged for a day of treatment.</summary>
    public static void 実日数が0(ClaimView claim, Places at)
    {
        for (var payer = 0; payer < Bearers.Payers; payer++)
        {
            if (実日数(claim, payer, out var row, out var days) && days == 0 && 受診がある(claim, payer))
            {
                at.Add(row, HO.診療実日数);
            }
        }
    }

    /// <summary>Only where every line also charges the 医療保険.</summary>
    public static void 公費の実日数が医保より多い(ClaimView claim, Places at)
    {
        if (claim.Publics == 0 || !実日数(claim, 0, out _, out var insured) || !すべて医保にかかる(claim))
        {
            return;
        }

        for (var payer = 1; payer < Bearers.Payers; payer++)
        {
            if (実日数(claim, payer, out var row, out var days) && days > insured)
            {
                at.Add(row, KO.診療実日数, $"医療保険 {insured}日、公費 {days}日");
            }
        }
    }

    /// <summary>診療実日数 of a payer; HO and KO have it at the same 項番.</summary>
    public static bool 実日数(ClaimView claim, int payer, out int row, out int days)
    {
        days = 0;
        row = claim.Facts.PayerRow(payer);
        return row >= 0 && Number.TryRead(claim[row, HO.診療実日数], out days);
    }

    /// <summary>項番 of a day (0 = the first of the month) in this record.</summary>
    public static int 日の項番(this in Service service, ClaimView claim, int day) =>
        Math.Min(day, 30) + (claim.Key(service.Row) == RecordKey.TO ? TO.日 : SI.日);

    private static bool 受診がある(ClaimView claim, int payer)
    {
        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Receipt == 0 && service.Kind is 11 or 12 or 90 or 92 && (service.Payers & (1 << payer)) != 0 && service.Days != 0 && service.Points > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool すべて医保にかかる(ClaimView claim)
    {
        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Receipt == 0 && (service.Payers & Bearers.Insurance) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
