using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Makes the index row of a claim. The values stand as recorded; a total that is no number counts 0.</summary>
internal static class ClaimEntries
{
    private const int Longest = 20;

    public static ClaimEntry Of(ClaimView claim, int line, int lines, long offset, int length, Severity? worst) => new(
        claim.Ordinal,
        Value(claim[0, RE.レセプト番号]),
        line,
        lines,
        offset,
        length,
        Value(claim[0, RE.レセプト種別]),
        Value(claim[0, RE.診療年月]),
        claim.Insurer < 0 ? "" : Value(WithoutPadding(claim[claim.Insurer, HO.保険者番号])),
        PublicPayers(claim),
        claim.Insurers + claim.Publics,
        Points(claim),
        worst);

    // There is no 法別番号 00: two zeros in front of six digits are padding, as spaces are.
    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> insurer) =>
        insurer.Length == 8 && insurer.StartsWith("00"u8) ? insurer[2..] : insurer.Trim((byte)' ');

    private static string[] PublicPayers(ClaimView claim)
    {
        if (claim.Publics == 0)
        {
            return [];
        }

        var payers = new string[claim.Publics];
        for (int row = claim.FirstPublic, at = 0; row < claim.Count; row++)
        {
            if (claim.Key(row) == RecordKey.KO)
            {
                payers[at++] = Value(claim[row, KO.負担者番号]);
            }
        }

        return payers;
    }

    private static long Points(ClaimView claim)
    {
        var value = claim.Insurer >= 0 ? claim[claim.Insurer, HO.合計点数]
            : claim.FirstPublic >= 0 ? claim[claim.FirstPublic, KO.合計点数]
            : default;
        return value.Length <= 10 && FileCheck.TryNumber(value, out var points) ? points : 0;
    }

    private static string Value(ReadOnlySpan<byte> value) => SjisText.Decode(value[..Math.Min(value.Length, Longest)]);
}
