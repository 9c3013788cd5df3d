using Sekisho.Formats.Claims.Reading;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Ages by 診療年月. An age is completed on the day before the birthday.</summary>
internal static class 年齢
{
    private const int Oldest = 125;

    public static void 診療より後に生まれている(ClaimView claim, Places at)
    {
        if (claim.Facts.HasAge && claim.Facts.Birth > claim.Facts.Month.LastDay)
        {
            at.Add(0, RE.生年月日);
        }

        foreach (var row in claim.Of(RecordKey.TR))
        {
            if (Dates.TryMonth(claim[row, TR.診療年月], out var month, out _) && Dates.TryDay(claim[row, TR.生年月日], out var birth, out _) && birth > month.LastDay)
            {
                at.Add(row, TR.生年月日);
            }
        }
    }

    public static void 高齢すぎる(ClaimView claim, Places at)
    {
        if (claim.Facts.HasAge && claim.Facts.Month.Year - claim.Facts.Birth.Year > Oldest)
        {
            at.Add(0, RE.生年月日);
        }
    }

    public static void 高齢受給者に達していない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (facts.Insurance == 1 && facts.Person >= 7 && 生まれている(facts) && facts.Month < 七十歳の適用月(facts.Birth))
        {
            at.Add(0, RE.生年月日);
        }
    }

    public static void 高齢受給者の種別でない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (facts.Insurance == 1 && facts.Person is 1 or 2 or 5 or 6 && facts.HasAge
            && facts.Month >= 七十歳の適用月(facts.Birth) && facts.Month <= 七十五歳までの最後の月(facts.Birth))
        {
            at.Add(0, RE.レセプト種別);
        }
    }

    public static void 後期高齢者の年齢を過ぎている(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        // Older than any person is a finding of its own.
        if (facts.Insurance is 1 or 4 && facts.HasAge && facts.Month > 七十五歳までの最後の月(facts.Birth) && facts.Month.Year - facts.Birth.Year <= Oldest)
        {
            at.Add(0, RE.生年月日);
        }
    }

    /// <summary>From 65 on, with a recognised disability.</summary>
    public static void 後期高齢者に達していない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (facts.Insurance == 3 && 生まれている(facts) && facts.Birth.AddYears(65) > facts.Month.LastDay.AddDays(1))
        {
            at.Add(0, RE.生年月日);
        }
    }

    /// <summary>本人 below 15 has a published number; here are 家族・その他 only.</summary>
    public static void 未就学者の種別でない(ClaimView claim, Places at)
    {
        var facts = claim.Facts;
        if (facts.Insurance is 1 or 4 && facts.Person is 5 or 6 && 生まれている(facts) && facts.Month <= 未就学の最後の月(facts.Birth))
        {
            at.Add(0, RE.レセプト種別);
        }
    }

    public static void 妊婦が男(ClaimView claim, Places at)
    {
        if (claim[0, RE.患者の状態] is { Length: >= 3 } states && claim[0, RE.男女区分] is [(byte)'1'])
        {
            for (var i = 0; i + 3 <= states.Length; i += 3)
            {
                if (states.Slice(i, 3).SequenceEqual("001"u8))
                {
                    at.Add(0, RE.患者の状態);
                    return;
                }
            }
        }
    }

    /// <summary>First month as 高齢受給者: the month after the one in which 70 is completed; who is born on the first completes it in the month before.</summary>
    public static YearMonth 七十歳の適用月(DateOnly birth) => Month(birth, 70).Add(birth.Day == 1 ? 0 : 1);

    /// <summary>Last month with an insurance other than 後期高齢者, which begins on the 75th birthday itself.</summary>
    public static YearMonth 七十五歳までの最後の月(DateOnly birth) => Month(birth, 75).Add(birth.Day == 1 ? -1 : 0);

    /// <summary>
    /// Last month as 未就学者: the March after six is completed, which is on the day before the birthday: who is born on April 1 completes six on March 31.
    /// Null beyond the calendar.
    /// </summary>
    public static YearMonth? 未就学の最後の月(DateOnly birth)
    {
        var early = birth.Month < 4 || birth is { Month: 4, Day: 1 };
        return YearMonth.TryCreate(birth.Year + (early ? 6 : 7), 3, out var last) ? last : null;
    }

    private static bool 生まれている(Facts facts) => facts.HasAge && facts.Birth <= facts.Month.LastDay;

    private static YearMonth Month(DateOnly birth, int years) => YearMonth.Of(new DateOnly(birth.Year + years, birth.Month, 1));
}
