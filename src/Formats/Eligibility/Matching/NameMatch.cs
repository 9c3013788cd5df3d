using System.Collections.Frozen;
using System.Text;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Formats.Eligibility.Matching;

/// <summary>How far two names agree.</summary>
public enum NameAgreement
{
    /// <summary>They do not.</summary>
    不一致,

    /// <summary>They do where both are known: at least one character is ●.</summary>
    不明な文字を除き一致,

    /// <summary>They do when forms of one character (髙 and 高, ャ and ヤ) count as the same.</summary>
    異体字を含めて一致,

    /// <summary>They do; width and blanks do not count.</summary>
    一致,
}

/// <summary>Compares names as a careful clerk does. ● stands for exactly one character that the register could not hold.</summary>
public static class NameMatch
{
    /// <summary>The character of the register for what it cannot hold.</summary>
    public const char Unknown = '●';

    private static readonly FrozenDictionary<Rune, Rune> Forms = (
        from row in TableFiles.Rows("異体字.tsv", TableFiles.Embedded("Eligibility/Tables/")["異体字.tsv"], 2)
        let representative = Rune.GetRuneAt(row[0], 0)
        from form in row[1].EnumerateRunes()
        select (form, representative)).ToFrozenDictionary(p => p.form, p => p.representative);

    /// <summary>Empty names agree with nothing.</summary>
    public static NameAgreement Compare(string one, string other)
    {
        var left = Letters(one);
        var right = Letters(other);
        if (left.Count == 0 || left.Count != right.Count)
        {
            return NameAgreement.不一致;
        }

        var agreement = NameAgreement.一致;
        for (var i = 0; i < left.Count; i++)
        {
            var here = Compare(left[i], right[i]);
            agreement = here < agreement ? here : agreement;
        }

        return agreement;
    }

    /// <summary>Name as it is searched for: width, blanks and forms of characters folded; ● stays.</summary>
    public static string Key(string name) => string.Concat(Letters(name).Select(r => Form(r).ToString()));

    /// <summary>True when the register could not hold a character of it: never write such a name over a known one.</summary>
    public static bool HasUnknown(string name) => name.Contains(Unknown, StringComparison.Ordinal);

    private static NameAgreement Compare(Rune left, Rune right) =>
        left == right && left.Value != Unknown ? NameAgreement.一致
        : left.Value == Unknown || right.Value == Unknown ? NameAgreement.不明な文字を除き一致
        : Form(left) == Form(right) ? NameAgreement.異体字を含めて一致
        : NameAgreement.不一致;

    // Variation selectors choose a form of the character before them.
    private static List<Rune> Letters(string name) =>
        [.. TextFold.Width(name).EnumerateRunes().Where(r => !Rune.IsWhiteSpace(r) && r.Value is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)))];

    private static Rune Form(Rune letter)
    {
        if (Forms.TryGetValue(letter, out var representative))
        {
            return representative;
        }

        // Kana: small ones and the many long vowel marks.
        return letter.IsBmp && letter.Value != Unknown && TextFold.Kana(letter.ToString()) is [var kana] && !char.IsSurrogate(kana) ? new Rune(kana) : letter;
    }
}
