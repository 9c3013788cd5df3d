using System.Globalization;
using System.Text;

namespace Sekisho.Formats.Claims.Reading;

/// <summary>What a value is made of.</summary>
[Flags]
internal enum Text
{
    /// <summary>Nothing.</summary>
    Empty = 0,

    /// <summary>Half-width ASCII.</summary>
    Half = 1,

    /// <summary>Half-width katakana (JIS X 0201 右半面).</summary>
    HalfKana = 2,

    /// <summary>Full-width characters.</summary>
    Full = 4,

    /// <summary>Two well-formed bytes that JIS X 0208-1983 附属書1 does not assign (機種依存文字・外字).</summary>
    Foreign = 8,

    /// <summary>Bytes that are no character, control characters, or the quotation mark.</summary>
    Broken = 16,
}

/// <summary>Shift_JIS as the specification means it: JIS X 0201 and JIS X 0208-1983 附属書1. Code page 932 assigns more, so it only serves to name what it finds.</summary>
internal static class SjisText
{
    private static readonly Encoding Strict = CodePagesEncodingProvider.Instance.GetEncoding(ShiftJisText.Tolerant.CodePage, EncoderFallback.ExceptionFallback, DecoderFallback.ReplacementFallback)!;
    private static readonly ulong[] Assigned = BuildAssigned();

    /// <summary>Text for people; bytes that are no character become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> value) => Ascii.IsValid(value) ? Encoding.ASCII.GetString(value) : ShiftJisText.Tolerant.GetString(value);

    /// <summary>Shift_JIS bytes, or null when some character is not in the repertoire.</summary>
    public static byte[]? TryEncode(string text)
    {
        try
        {
            // 〜 − ‖ — have two Unicode readings; code page 932 knows only the other one.
            var bytes = Strict.GetBytes(text.Replace('〜', '～').Replace('−', '－').Replace('‖', '∥').Replace('—', '―'));
            return (Scan(bytes) & (Text.Foreign | Text.Broken)) == 0 ? bytes : null;
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Bytes for an item of 漢字 mode: half-width becomes full-width, what the repertoire lacks becomes ？ (0x8148) as the specification replaces it,
    /// and nothing is longer than <paramref name="most"/> bytes.
    /// </summary>
    public static byte[] EncodeFullWidth(string text, int most)
    {
        var bytes = new List<byte>(most);
        foreach (var rune in text.EnumerateRunes())
        {
            var wide = rune.Value is > ' ' and < 0x7F ? new Rune(rune.Value + 0xFEE0) : rune.Value == ' ' ? new Rune('　') : rune;
            var encoded = TryEncode(wide.ToString());
            if (bytes.Count + 2 > most)
            {
                break;
            }

            bytes.AddRange(encoded is { Length: 2 } ? encoded : [0x81, 0x48]);
        }

        return [.. bytes];
    }

    /// <summary>Classifies every character of a value.</summary>
    public static Text Scan(ReadOnlySpan<byte> value)
    {
        var text = Text.Empty;
        for (var at = 0; at < value.Length; at++)
        {
            // Nearly all text is full width; what is no assigned pair of bytes is looked at in detail.
            if (at + 1 < value.Length && IsAssigned((value[at] << 8) | value[at + 1]))
            {
                text |= Text.Full;
                at++;
                continue;
            }

            text |= Classify(value, ref at);
        }

        return text;
    }

    /// <summary>Names the characters of the given kind, at most five, each once.</summary>
    public static string Name(ReadOnlySpan<byte> value, Text kind)
    {
        var names = new List<string>();
        for (var at = 0; at < value.Length && names.Count < 5; at++)
        {
            var start = at;
            if (Classify(value, ref at) == kind)
            {
                var name = Name(value[start..(at + 1)]);
                if (!names.Contains(name))
                {
                    names.Add(name);
                }
            }
        }

        return string.Join('、', names);
    }

    /// <summary>True when the value holds only half-width and full-width spaces.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> value)
    {
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == 0x81 && at + 1 < value.Length && value[at + 1] == 0x40)
            {
                at++;
            }
            else if (value[at] != ' ')
            {
                return false;
            }
        }

        return true;
    }

    private static Text Classify(ReadOnlySpan<byte> value, ref int at)
    {
        var lead = value[at];
        if (lead < 0x80)
        {
            return lead is < 0x20 or 0x22 or 0x7F ? Text.Broken : Text.Half;
        }

        if (lead is >= 0xA1 and <= 0xDF)
        {
            return Text.HalfKana;
        }

        if (lead is 0x80 or 0xA0 or > 0xFC || at + 1 >= value.Length || value[at + 1] is < 0x40 or 0x7F or > 0xFC)
        {
            return Text.Broken;
        }

        at++;
        var code = (lead << 8) | value[at];
        return IsAssigned(code) ? Text.Full : Text.Foreign;
    }

    private static bool IsAssigned(int code) => (Assigned[code >> 6] >> (code & 63) & 1) != 0;

    private static string Name(ReadOnlySpan<byte> character)
    {
        var code = Convert.ToHexString(character);
        var text = Decode(character);
        if (text.Length == 0 || text[0] == '\uFFFD' || char.IsControl(text[0]))
        {
            return $"シフトJIS {code}";
        }

        var rune = Rune.GetRuneAt(text, 0);
        return string.Create(CultureInfo.InvariantCulture, $"「{rune}」（U+{rune.Value:X4}、シフトJIS {code}）");
    }

    private static ulong[] BuildAssigned()
    {
        var map = new ulong[1024];
        (int Row, int From, int To)[] ranges =
        [
            (1, 1, 94),
            (2, 1, 14), (2, 26, 33), (2, 42, 48), (2, 60, 74), (2, 82, 89), (2, 94, 94),
            (3, 16, 25), (3, 33, 58), (3, 65, 90),
            (4, 1, 83), (5, 1, 86), (6, 1, 24), (6, 33, 56), (7, 1, 33), (7, 49, 81), (8, 1, 32),
            (47, 1, 51), (84, 1, 4),
        ];
        foreach (var (row, from, to) in ranges)
        {
            Assign(map, row, from, to);
        }

        for (var row = 16; row <= 83; row++)
        {
            if (row != 47)
            {
                Assign(map, row, 1, 94);
            }
        }

        return map;
    }

    private static void Assign(ulong[] map, int row, int from, int to)
    {
        for (var cell = from; cell <= to; cell++)
        {
            var lead = ((row - 1) / 2) + (row <= 62 ? 0x81 : 0xC1);
            var trail = row % 2 == 0 ? cell + 0x9E : cell + 0x3F + (cell >= 64 ? 1 : 0);
            var code = (lead << 8) | trail;
            map[code >> 6] |= 1UL << (code & 63);
        }
    }
}
