using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>Makes the index row of a claim. The values stand as recorded; a total that is no number counts 0.</summary>
internal sealed class ClaimEntries
{
    private const int Longest = 20;

    // 種別, 診療年月 and payers of one institution are few: most claims take the texts of those before.
    private readonly ShortTexts _texts = new();

    public ClaimEntry Of(ClaimView claim, int line, int lines, long offset, int length, Severity? worst) => new(
        claim.Ordinal,
        Value(claim[0, RE.レセプト番号]),
        line,
        lines,
        offset,
        length,
        _texts.Of(Start(claim[0, RE.レセプト種別])),
        _texts.Of(Start(claim[0, RE.診療年月])),
        claim.Insurer < 0 ? "" : _texts.Of(Start(WithoutPadding(claim[claim.Insurer, HO.保険者番号]))),
        PublicPayers(claim),
        claim.Insurers + claim.Publics,
        Points(claim),
        worst);

    // There is no 法別番号 00: two zeros in front of six digits are padding, as spaces are.
    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> insurer) =>
        insurer.Length == 8 && insurer.StartsWith("00"u8) ? insurer[2..] : insurer.Trim((byte)' ');

    private string[] PublicPayers(ClaimView claim)
    {
        if (claim.Publics == 0)
        {
            return [];
        }

        var payers = new string[claim.Publics];
        var at = 0;
        foreach (var row in claim.Of(RecordKey.KO))
        {
            payers[at++] = _texts.Of(Start(claim[row, KO.負担者番号]));
        }

        return payers;
    }

    private static long Points(ClaimView claim)
    {
        var value = claim.Insurer >= 0 ? claim[claim.Insurer, HO.合計点数]
            : claim.FirstPublic >= 0 ? claim[claim.FirstPublic, KO.合計点数]
            : default;
        return value.Length <= 10 && Number.TryReadLong(value, out var points) ? points : 0;
    }

    private static string Value(ReadOnlySpan<byte> value) => SjisText.Decode(Start(value));

    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> value) => value[..Math.Min(value.Length, Longest)];
}
