using System.Text;

namespace Sekisho.Formats.Eligibility.Matching;

/// <summary>A character that a claim cannot carry.</summary>
/// <param name="Position">1-based, counted in characters.</param>
/// <param name="Character">As it stands there.</param>
public readonly record struct OutsideCharacter(int Position, Rune Character);

/// <summary>
/// JIS X 0208 (with JIS X 0201 beside it), which is all that a claim file may hold: 第3水準 and 第4水準, NEC and IBM extensions (髙, 﨑) and everything else is outside.
/// </summary>
public static class JisX0208
{
    /// <summary>Every character outside, in order.</summary>
    public static IReadOnlyList<OutsideCharacter> Outside(string text)
    {
        var outside = new List<OutsideCharacter>();
        var position = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            position++;
            if (!Contains(letter))
            {
                outside.Add(new OutsideCharacter(position, letter));
            }
        }

        return outside;
    }

    /// <summary>The text with ● for every character outside.</summary>
    public static string Masked(string text)
    {
        var masked = new StringBuilder(text.Length);
        foreach (var letter in text.EnumerateRunes())
        {
            masked.Append(Contains(letter) ? letter.ToString() : NameMatch.Unknown.ToString());
        }

        return masked.ToString();
    }

    /// <summary>True for a character of JIS X 0201 (half-width) or JIS X 0208.</summary>
    public static bool Contains(Rune letter)
    {
        if (!letter.IsBmp)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        try
        {
            var length = OqsText.ShiftJis.GetBytes([(char)letter.Value], bytes);
            return length == 1 ? bytes[0] is >= 0x20 and < 0x7F or >= 0xA1 and <= 0xDF : IsPublished(bytes[0]);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    // Lead bytes of rows 1–8 and 16–84. Row 13 (87, NEC) and rows 89–92 and 115–119 (ED, EE, FA–FC) are the makers' own.
    private static bool IsPublished(byte lead) => lead is (>= 0x81 and <= 0x84) or (>= 0x88 and <= 0x9F) or (>= 0xE0 and <= 0xEA);
}
