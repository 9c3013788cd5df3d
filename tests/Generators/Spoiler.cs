using System.Text;

namespace Sekisho.Generators;

/// <summary>Spoils messages by their structure, where random bytes hardly ever get past the first comma.</summary>
internal static class Spoiler
{
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "0", "-1", "1e400", "1E-400", "99999999999999999999", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\uDC00x\"", "\"\u0001\"", "\"𠮷\"", "\"..\"",
        "\"2026-13-40T25:61:61Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"00000000-0000-0000-0000-000000000000\"", "[[[[[[[[[[]]]]]]]]]]", "NaN", "// x", "\"====\"", "\"AAAA\"",
    ];

    /// <summary>Spoils a JSON object: a member's value, name, order or number, nesting, encoding.</summary>
    public static byte[] Json(byte[] json, Seed seed)
    {
        var text = Encoding.UTF8.GetString(json);
        return seed.Below(9) switch
        {
            0 or 1 or 2 => Value(text, seed),
            3 => Encoding.UTF8.GetBytes(text.Insert(1, Member(text, seed) + ",")),
            4 => Encoding.UTF8.GetBytes(text.Insert(seed.Below(text.Length), seed.Of(" ", "\n", "\t", ",", "\"", "{", "}", "\\", "\uFEFF"))),
            5 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(seed.Of("[", "{\"a\":"), seed.Of(10, 70, 20_000))) + text),
            6 => [.. json, .. Damage.Noise(seed, seed.From(1, 20))],
            7 => Damage.Kinds[seed.Below(2)].Apply(json, seed),
            _ => Encoding.Unicode.GetBytes(text),
        };
    }

    /// <summary>Spoils DER: a tag, a length (too short, too long, huge, indefinite, not minimal), or a whole element twice or not at all.</summary>
    public static byte[] Der(byte[] der, Seed seed)
    {
        var elements = new List<(int At, int Content, int End)>();
        Walk(der, 0, der.Length, elements);
        var (at, content, end) = seed.Of<(int At, int Content, int End)>(elements);
        return seed.Below(8) switch
        {
            0 => [.. der[..at], seed.Byte(), .. der[(at + 1)..]],
            1 => [.. der[..(at + 1)], .. seed.Of<byte[]>([0x80], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x81, 0x01], [0x00], [0xFF]), .. der[content..]],
            2 => [.. der[..end], .. der[at..end], .. der[end..]],
            3 => [.. der[..at], .. der[end..]],
            4 => [.. der[..content], .. Damage.Noise(seed, end - content), .. der[end..]],
            5 => der[..seed.Below(der.Length)],
            6 => [.. Enumerable.Repeat<byte[]>([0x30, 0x84, 0x00, 0xFF, 0xFF, 0xFF], seed.Of(5, 300, 20_000)).SelectMany(b => b), .. der],
            _ => Damage.Kinds[1].Apply(der, seed),
        };
    }

    private static byte[] Value(string text, Seed seed)
    {
        var colons = Enumerable.Range(0, text.Length - 1).Where(i => text[i] == ':' && text[i - 1] == '"').ToArray();
        var from = seed.Of<int>(colons) + 1;
        var to = text.IndexOfAny([',', '}'], from);
        return Encoding.UTF8.GetBytes(text[..from] + seed.Of<string>(Values) + text[to..]);
    }

    private static string Member(string text, Seed seed)
    {
        var members = text.Trim('{', '}').Split(',');
        return seed.In100(50) ? seed.Of<string>(members) : "\"x\":" + seed.Of<string>(Values);
    }

    private static void Walk(byte[] der, int at, int end, List<(int At, int Content, int End)> elements)
    {
        while (at + 1 < end)
        {
            var length = (int)der[at + 1];
            var content = at + 2;
            if (length > 0x80)
            {
                var octets = length & 0x7F;
                length = 0;
                for (; octets > 0 && content < end; octets--)
                {
                    length = (length << 8) | der[content++];
                }
            }

            if (content + length > end)
            {
                return;
            }

            elements.Add((at, content, content + length));
            if ((der[at] & 0x20) != 0)
            {
                Walk(der, content, content + length, elements);
            }

            at = content + length;
        }
    }
}
