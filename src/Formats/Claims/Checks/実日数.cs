using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>診療実日数 as the payers' records say.</summary>
internal static class 実日数
{
    /// <summary>診療実日数 of each payer; -1 where there is none or it cannot be read.</summary>
    public static void Of(ClaimView claim, Span<int> days)
    {
        days.Fill(-1);
        if (claim.Insurer >= 0)
        {
            days[0] = Number.CountOf(claim[claim.Insurer, HO.診療実日数]);
        }

        var publics = claim.Of(RecordKey.KO);
        for (var i = 0; i < publics.Length && i + 1 < Bearers.Payers; i++)
        {
            days[i + 1] = Number.CountOf(claim[publics[i], KO.診療実日数]);
        }
    }
}
