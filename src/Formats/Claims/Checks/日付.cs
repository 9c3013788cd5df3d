using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Months and days that contradict each other. What is no month or day has its own finding.</summary>
internal static class 日付
{
    public static void 診療年月が請求より後(ClaimView claim, Places at)
    {
        if (claim.Facts.HasMonth && claim.Facts.Month > (claim.Billing ?? claim.Reception))
        {
            at.Add(0, RE.診療年月);
        }
    }

    /// <summary>A donor's diseases belong to the donor's own month.</summary>
    public static void 診療開始日が月末より後(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (row < claim.Donors && claim.Facts.HasMonth && Dates.TryDay(claim[row, SY.診療開始日], out var day, out _) && day > claim.Facts.Month.LastDay)
            {
                at.Add(row, SY.診療開始日);
            }
        }
    }

    /// <summary>A birth after the month of treatment is said instead.</summary>
    public static void 診療開始日が生年月日より前(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (!facts.HasBirth || (facts.HasMonth && facts.Birth > facts.Month.LastDay))
        {
            return;
        }

        foreach (var row in claim.Of(RecordKey.SY))
        {
            if (row < claim.Donors && Dates.TryDay(claim[row, SY.診療開始日], out var day, out _) && day < facts.Birth)
            {
                at.Add(row, SY.診療開始日);
                return;
            }
        }
    }
}
