using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Months and days that contradict each other. What is no month or day has its own finding.</summary>
internal static class 日付
{
    private const int Western = 8;

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
        if (!claim.Facts.HasMonth)
        {
            return;
        }

        // Nearly every 診療開始日 shows by its first digits that it is not later: then nothing is parsed.
        var month = claim[0, RE.診療年月];
        foreach (var row in claim.Of(RecordKey.SY))
        {
            var value = claim[row, SY.診療開始日];
            if (value.Length == Western && month.Length == Western - 2 && value[..(Western - 2)].SequenceCompareTo(month) <= 0)
            {
                continue;
            }

            if (row < claim.Donors && Dates.TryDay(value, out var day, out _) && day > claim.Facts.Month.LastDay)
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

        var birth = claim[0, RE.生年月日];
        foreach (var row in claim.Of(RecordKey.SY))
        {
            var value = claim[row, SY.診療開始日];
            if (value.Length == Western && birth.Length == Western && value.SequenceCompareTo(birth) >= 0)
            {
                continue;
            }

            if (row < claim.Donors && Dates.TryDay(value, out var day, out _) && day < facts.Birth)
            {
                at.Add(row, SY.診療開始日);
                return;
            }
        }
    }
}
