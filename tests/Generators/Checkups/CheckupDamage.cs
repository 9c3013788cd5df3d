using System.Text;

namespace Sekisho.Generators.Checkups;

/// <summary>Wrong bytes and wrong words, for reading that must never throw.</summary>
internal static class CheckupDamage
{
    private static readonly string[] Words =
    [
        "<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;", "<![CDATA[", "]]>", "<a>", "</a>", "nullFlavor=\"NI\"", "negationInd=\"true\"", "xsi:type=\"XX\"", "xsi:type=\"PQ\"",
        "999999999999999999999999999999", "-1", "1e999", "", " ", "\"", "\u0000", "\uFFFF", "Ａ", "20249999", "00000000", "xmlns=\"urn:x\"", "encoding=\"Shift_JIS\"",
    ];

    /// <summary>Damages some bytes in place or moves them.</summary>
    public static byte[] Of(byte[] bytes, Seed seed)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var damaged = bytes.ToList();
        for (var times = seed.From(1, 4); times > 0 && damaged.Count > 0; times--)
        {
            var at = seed.Below(damaged.Count);
            var length = Math.Min(damaged.Count - at, seed.From(1, seed.In100(20) ? 400 : 12));
            switch (seed.Below(6))
            {
                case 0:
                    damaged[at] = seed.Byte();
                    break;
                case 1:
                    damaged.RemoveRange(at, length);
                    break;
                case 2:
                    damaged.InsertRange(at, damaged.GetRange(at, length));
                    break;
                case 3:
                    damaged.InsertRange(at, Encoding.UTF8.GetBytes(seed.Of(Words)));
                    break;
                case 4:
                    Value(damaged, at, seed);
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
        }

        return [.. damaged];
    }

    // What stands between the next two quotation marks becomes something else.
    private static void Value(List<byte> bytes, int at, Seed seed)
    {
        var open = bytes.IndexOf((byte)'"', at);
        var close = open < 0 ? -1 : bytes.IndexOf((byte)'"', open + 1);
        if (close > 0)
        {
            bytes.RemoveRange(open + 1, close - open - 1);
            bytes.InsertRange(open + 1, Encoding.UTF8.GetBytes(seed.Of(Words)));
        }
    }
}
