using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>負担者番号 of 公費レコード and 負担者種別 of the records that point to a payer.</summary>
internal static class 負担者番号
{
    /// <summary>法別番号 of 医療保険.</summary>
    public static bool 医療保険の法別(ReadOnlySpan<byte> number) => Number.Law(number) is 1 or 2 or 3 or 4 or 6 or 7 or 31 or 32 or 33 or 34 or 39 or 63 or 67 or 72 or 73 or 74 or 75;

    public static void 第一公費に請求先がない(ClaimView claim, Places at)
    {
        if (claim.FirstPublic >= 0 && 請求先がない(claim[claim.FirstPublic, KO.負担者番号]))
        {
            at.Add(claim.FirstPublic, KO.負担者番号);
        }
    }

    public static void 第二公費以降に請求先がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.KO))
        {
            if (row != claim.FirstPublic && 請求先がない(claim[row, KO.負担者番号]))
            {
                at.Add(row, KO.負担者番号);
            }
        }
    }

    /// <summary>1 is the insurer, 2 to 5 the first to fourth 公費: a payer the claim must have. Absence is 記録必須項目の省略.</summary>
    public static void 負担者種別が合わない(ClaimView claim, Places at)
    {
        種別を見る(claim, claim.Of(RecordKey.SN), SN.負担者種別, at);
        種別を見る(claim, claim.Of(RecordKey.JD), JD.負担者種別, at);
    }

    private static void 種別を見る(ClaimView claim, ReadOnlySpan<int> rows, int item, Places at)
    {
        foreach (var row in rows)
        {
            var value = claim[row, item];
            var fits = value is [var one]
                && claim.Plan(row).Items[item - 1].Codes!.Contains(value, claim.Month)
                && (one == '1' ? claim.Insurers > 0 : claim.Publics >= one - '1');
            if (!fits && !ItemCheck.IsAbsent(value))
            {
                at.Add(row, item);
            }
        }
    }

    // 地方単独 are numbered by each prefecture, so most 法別番号 may be in use somewhere; those of the large insurances are not.
    private static bool 請求先がない(ReadOnlySpan<byte> number) =>
        number.Length == 8
        && AsciiDigits.Are(number)
        && (Number.Law(number) is 0 or 1 or 2 or 3 or 4 or 6 or 7 or 31 or 32 or 33 or 34 or 39 || !保険者.実在する都道府県(number[2..4]));
}
