using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>保険者レコード.</summary>
internal static class 保険者
{
    public static void 番号がない(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.HO))
        {
            if (ItemCheck.IsAbsent(claim[row, HO.番号]))
            {
                at.Add(row, HO.番号);
            }
        }
    }

    /// <summary>Eight digits, or six behind two spaces. A missing number is 記録必須項目の省略.</summary>
    public static void 保険者番号の形が違う(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.HO))
        {
            var value = claim[row, HO.保険者番号];
            if (!ItemCheck.IsAbsent(value) && !正しい形(value))
            {
                at.Add(row, HO.保険者番号);
            }
        }
    }

    /// <summary>法別番号01 belongs to 全国健康保険協会 since October 2008, and all its numbers have 保険者別番号 001: others are of 政府管掌健康保険.</summary>
    public static void 政府管掌の番号(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.HO))
        {
            if (番号(claim[row, HO.保険者番号]) is [(byte)'0', (byte)'1', _, _, _, _, _, _] number && 実在する都道府県(number[2..4]) && !number[4..7].SequenceEqual("001"u8))
            {
                at.Add(row, HO.保険者番号);
            }
        }
    }

    /// <summary>No payer can have such a number: a 法別番号 that is none of 医療保険, or no 都道府県.</summary>
    public static void 請求先のない番号(ClaimView claim, Places at)
    {
        foreach (var row in claim.Of(RecordKey.HO))
        {
            var number = 番号(claim[row, HO.保険者番号]);
            if (number.Length == 8 && !(負担者番号.医療保険の法別(number) && 実在する都道府県(number[2..4])))
            {
                at.Add(row, HO.保険者番号);
            }
            else if (number.Length == 6 && !実在する都道府県(number[..2]))
            {
                at.Add(row, HO.保険者番号);
            }
        }
    }

    /// <summary>社保 and 後期高齢者 have no 給付割合; 国保 (6 digits) and 退職者 (67) may.</summary>
    public static void 不要な給付割合(ClaimView claim, Places at)
    {
        if (!claim[0, RE.給付割合].IsEmpty && claim.Insurer >= 0 && 社保又は後期(claim))
        {
            at.Add(0, RE.給付割合);
        }
    }

    /// <summary>本人 of 社保 is at least 15; 世帯主 of 国保 need not be.</summary>
    public static void 本人が15歳未満(ClaimView claim, Places at)
    {
        if (claim[0, RE.レセプト種別] is [(byte)'1', (byte)'1', _, (byte)'1' or (byte)'2']
            && claim.Insurer >= 0
            && 社保又は後期(claim)
            && claim.TryTreatmentMonth(out var month)
            && Dates.TryDay(claim[0, RE.生年月日], out var birth, out _)
            && birth.Year < 9900
            && birth.AddYears(15).AddDays(-1) > month.LastDay)
        {
            at.Add(0, RE.生年月日);
        }
    }

    private static bool 社保又は後期(ClaimView claim) =>
        番号(claim[claim.Insurer, HO.保険者番号]) is { Length: 8 } number && !number.StartsWith("67"u8) && 負担者番号.医療保険の法別(number);

    // Without padding: spaces, or the zeros some systems put there (there is no 法別番号 00). Nothing when it is no number.
    private static ReadOnlySpan<byte> 番号(ReadOnlySpan<byte> value)
    {
        var digits = value.TrimStart((byte)' ');
        digits = digits.Length == 8 && digits.StartsWith("00"u8) ? digits[2..] : digits;
        return AsciiDigits.Are(digits) && digits.Length is 6 or 8 ? digits : default;
    }

    internal static bool 実在する都道府県(ReadOnlySpan<byte> two) => ((two[0] - '0') * 10) + two[1] - '0' is >= 1 and <= 47;

    private static bool 正しい形(ReadOnlySpan<byte> value)
    {
        var digits = value.TrimStart((byte)' ');
        return value.Length == 8 && digits.Length is 8 or 6 && AsciiDigits.Are(digits);
    }
}
