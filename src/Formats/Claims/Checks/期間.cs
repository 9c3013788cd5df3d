using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Months and days.</summary>
internal static class 期間
{
    public static void 診療年月が暦年月でない(ClaimView claim, Places at)
    {
        if (!claim.TryTreatmentMonth(out _))
        {
            at.Add(0, RE.診療年月);
        }
    }

    public static void 生年月日が暦年月日でない(ClaimView claim, Places at)
    {
        if (!Dates.TryDay(claim[0, RE.生年月日], out _, out _))
        {
            at.Add(0, RE.生年月日);
        }
    }

    /// <summary>Only items the edition wants in the western calendar.</summary>
    public static void 和暦で記録(ClaimView claim, Places at)
    {
        foreach (var record in claim.Edition.Dated)
        {
            foreach (var row in claim.Of(record.Key))
            {
                foreach (var item in record.Dates)
                {
                    if (和暦(claim[row, item.Shape.Item], item))
                    {
                        at.Add(row, item.Shape.Item);
                    }
                }
            }
        }
    }

    /// <summary>True when a western item holds a valid 和暦 value.</summary>
    public static bool 和暦(ReadOnlySpan<byte> value, ItemPlan item) =>
        value.Length == item.Shape.MaxBytes - 1
        && ((Dates.TryMonth(value, out _, out var month) && month) || (Dates.TryDay(value, out _, out var day) && day));
}
