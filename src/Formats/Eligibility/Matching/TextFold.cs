using System.Text;

namespace Sekisho.Formats.Eligibility.Matching;

/// <summary>What two ways of writing the same text have in common. For comparing only: what was registered is never changed.</summary>
public static class TextFold
{
    private const string HalfKana = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
    private const string Small = "ァィゥェォッャュョヮヵヶ";
    private const string Large = "アイウエオツヤユヨワカケ";
    private const string Dashes = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\uFE63\uFF0Dー";
    private const string Dots = "・\u00B7\u2022\u2027\u2219\u22C5";

    /// <summary>
    /// 記号, 番号: half-width letters, digits and signs in upper case, full-width kana; every hyphen, minus and long vowel mark is "-", every middle dot "・"; no blanks.
    /// </summary>
    public static string Code(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Width(text))
        {
            if (!char.IsWhiteSpace(letter))
            {
                folded.Append(Dashes.Contains(letter) ? '-' : Dots.Contains(letter) ? '・' : char.ToUpperInvariant(letter));
            }
        }

        return folded.ToString();
    }

    /// <summary>カナ氏名: full-width katakana whatever it was written in, small kana as large ones, one long vowel mark, no blanks, middle dots or marks left alone.</summary>
    public static string Kana(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in Width(text))
        {
            var kana = letter is >= 'ぁ' and <= 'ゖ' ? (char)(letter + 0x60) : letter;
            var small = Small.IndexOf(kana, StringComparison.Ordinal);
            if (!char.IsWhiteSpace(kana) && !Dots.Contains(kana) && kana is not ('゛' or '゜' or '\u3099' or '\u309A'))
            {
                folded.Append(small >= 0 ? Large[small] : Dashes.Contains(kana) ? 'ー' : char.ToUpperInvariant(kana));
            }
        }

        return folded.ToString();
    }

    /// <summary>Letters, digits and signs half-width, kana full-width with their marks joined; nothing else changes.</summary>
    public static string Width(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            switch (letter)
            {
                case >= '！' and <= '～':
                    folded.Append((char)(letter - 0xFEE0));
                    break;
                case '　':
                    folded.Append(' ');
                    break;
                case 'ﾞ' or '゛' or '\u3099' when Join(folded, voiced: true):
                case 'ﾟ' or '゜' or '\u309A' when Join(folded, voiced: false):
                    break;
                case >= '｡' and <= 'ﾟ':
                    folded.Append(HalfKana[letter - '｡']);
                    break;
                default:
                    folded.Append(letter);
                    break;
            }
        }

        return folded.ToString();
    }

    // ガ follows カ in the code chart; ハ バ パ stand three in a row. Hiragana alike.
    private static bool Join(StringBuilder folded, bool voiced)
    {
        if (folded.Length == 0)
        {
            return false;
        }

        var last = folded[^1];
        var step = (last, voiced) switch
        {
            ('ハ' or 'ヒ' or 'フ' or 'ヘ' or 'ホ' or 'は' or 'ひ' or 'ふ' or 'へ' or 'ほ', _) => voiced ? 1 : 2,
            ('カ' or 'キ' or 'ク' or 'ケ' or 'コ' or 'サ' or 'シ' or 'ス' or 'セ' or 'ソ' or 'タ' or 'チ' or 'ツ' or 'テ' or 'ト', true) => 1,
            ('か' or 'き' or 'く' or 'け' or 'こ' or 'さ' or 'し' or 'す' or 'せ' or 'そ' or 'た' or 'ち' or 'つ' or 'て' or 'と', true) => 1,
            ('ウ' or 'う', true) => 'ヴ' - 'ウ',
            _ => 0,
        };
        folded[^1] = (char)(last + step);
        return step > 0;
    }
}
