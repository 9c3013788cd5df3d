using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>点数・回数算定単位: what its records must have in common, and that its last one has 点数.</summary>
internal static class 算定単位
{
    public static void 最初に診療識別がない(ClaimView claim, Places at) => Report(claim, at, ServiceMarks.NoKind, 摘要.診療識別);

    public static void 点数がない(ClaimView claim, Places at) => Report(claim, at, ServiceMarks.Unpriced, 摘要.点数);

    public static void 回数が違う(ClaimView claim, Places at) => Report(claim, at, ServiceMarks.OtherTimes, 摘要.回数, ServiceMarks.Unreadable);

    public static void 負担区分が違う(ClaimView claim, Places at) => Report(claim, at, ServiceMarks.OtherPayers, 摘要.負担区分, ServiceMarks.Unreadable);

    public static void 回数が0(ClaimView claim, Places at) => Report(claim, at, ServiceMarks.ZeroTimes, 摘要.回数);

    /// <summary>A payer the claim does not have. When レセプト種別 and the payers do not fit, that is said instead; each set of payers once.</summary>
    public static void 負担者がいない(ClaimView claim, Places at)
    {
        var absent = Bearers.All & ~claim.Facts.Payers;
        if ((claim.Services.Payers & absent) == 0 || !claim.Facts.FitsKind)
        {
            return;
        }

        var said = 0u;
        foreach (ref readonly var service in claim.Services.All)
        {
            if ((service.Payers & absent) != 0 && (said & (1u << service.Payers)) == 0)
            {
                said |= 1u << service.Payers;
                at.Add(service.Row, 摘要.負担区分);
            }
        }
    }

    /// <summary>The lines do not tell whom or how much they charge: nothing can be summed.</summary>
    public static bool 合計できない(ClaimView claim) =>
        claim.Services.Units == 0
        || (claim.Services.Marks & (ServiceMarks.Unreadable | ServiceMarks.Unpriced | ServiceMarks.OtherTimes | ServiceMarks.OtherPayers)) != 0
        || (claim.Services.Payers & ~claim.Facts.Payers) != 0
        || !claim.Facts.FitsKind;

    private static void Report(ClaimView claim, Places at, ServiceMarks mark, int item, ServiceMarks unless = ServiceMarks.None)
    {
        if ((claim.Services.Marks & mark) == 0)
        {
            return;
        }

        foreach (ref readonly var service in claim.Services.All)
        {
            if (service.Is(mark) && !service.Is(unless))
            {
                at.Add(service.Row, item);
            }
        }
    }
}
