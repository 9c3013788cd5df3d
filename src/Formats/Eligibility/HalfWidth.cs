using System.Collections.Frozen;
using System.Text;
using Sekisho.Formats.Eligibility.Matching;

namespace Sekisho.Formats.Eligibility;

/// <summary>半角カナ as the interface writes 氏名カナ.</summary>
public static class HalfWidth
{
    private const string Voiced = "ﾞ";
    private const string HalfVoiced = "ﾟ";

    // The other way round than it is read, so that both agree by construction.
    private static readonly FrozenDictionary<string, string> _forms = Enumerable.Range('｡', 'ﾟ' - '｡' + 1)
        .Select(c => ((char)c).ToString())
        .SelectMany(half => new[] { half, half + Voiced, half + HalfVoiced })
        .Select(half => (Full: TextFold.Width(half), Half: half))
        .Where(form => form.Full.Length == 1)
        .DistinctBy(form => form.Full)
        .ToFrozenDictionary(form => form.Full, form => form.Half);

    /// <summary>Katakana, letters, digits, signs and blanks half-width; what has no such form (kanji, hiragana, ヵ) as it is.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var half = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var full = TextFold.Width(letter.ToString());
            half.Append(_forms.GetValueOrDefault(full, full));
        }

        return half.ToString();
    }
}
