using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>保険者レコード.</summary>
internal static class 保険者
{
    public static void 番号がない(ClaimView claim, Places at)
    {
        for (var row = 0; row < claim.Count; row++)
        {
            if (claim.Key(row) == RecordKey.HO && ItemCheck.IsAbsent(claim[row, HO.番号]))
            {
                at.Add(row, HO.番号);
            }
        }
    }

    /// <summary>Eight digits, or six behind two spaces. A missing number is 記録必須項目の省略.</summary>
    public static void 保険者番号の形が違う(ClaimView claim, Places at)
    {
        for (var row = 0; row < claim.Count; row++)
        {
            var value = claim.Key(row) == RecordKey.HO ? claim[row, HO.保険者番号] : default;
            if (!ItemCheck.IsAbsent(value) && !正しい形(value))
            {
                at.Add(row, HO.保険者番号);
            }
        }
    }

    private static bool 正しい形(ReadOnlySpan<byte> value)
    {
        var digits = value.TrimStart((byte)' ');
        return value.Length == 8 && digits.Length is 8 or 6 && AsciiDigits.Are(digits);
    }
}
