using Sekisho.Formats.Claims.Reading;

namespace Sekisho.Formats.Claims.Checks;

/// <summary>氏名 of レセプト共通レコード.</summary>
internal static class 氏名
{
    /// <summary>Nothing, or only half-width and full-width spaces.</summary>
    public static void 空白(ClaimView claim, Places at)
    {
        if (SjisText.IsBlank(claim[0, RE.氏名]))
        {
            at.Add(0, RE.氏名);
        }
    }
}
