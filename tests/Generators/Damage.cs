using System.IO.Compression;
using System.Text;

namespace Sekisho.Generators;

/// <summary>What happens to files on their way: each kind takes a file and gives back one that is not.</summary>
internal static class Damage
{
    private const int MostBytes = 200_000;
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    private static readonly string[] Values =
    [
        "", "0", "-0", "-1", "-", "00", "999", "-999", "9999999", "-9999999", "99999999", "-99999999", "9999999999", "999999999999999999", "-999999999999999999",
        "9223372036854775807", "-9223372036854775808", "99999999999999999999999", "1.", ".1", "1.1.1", "１２", "　", " ", "\"", "\u0001", "\0", "RE", "30", "31", "32", "20240230",
        "00010101", "99991231", "5310431", "4010107", "0000000", "0000999", "1112", "1358", "9", "Z", "髙", "\uE000", "ｶﾅ", "97", "202401", "186801", "999912", "000000",
    ];

    /// <summary>Every kind by its name.</summary>
    public static readonly (string Name, Func<byte[], Seed, byte[]> Apply)[] Kinds =
    [
        ("bytes", Bytes),
        ("bits", Bits),
        ("insert", (file, seed) => Splice(file, seed.Below(file.Length + 1), 0, Noise(seed, seed.From(1, 200)))),
        ("delete", (file, seed) => Splice(file, seed.Below(file.Length), seed.From(1, 200), [])),
        ("truncate", (file, seed) => file[..seed.Below(file.Length)]),
        ("utf-8", (file, _) => Encoding.UTF8.GetBytes(ShiftJis.GetString(file))),
        ("utf-16", (file, _) => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ShiftJis.GetString(file))]),
        ("lf", (file, _) => [.. file.Where(b => b != '\r')]),
        ("cr", (file, _) => [.. file.Where(b => b != '\n')]),
        ("some ends", (file, seed) => [.. file.Where(b => b is not ((byte)'\r' or (byte)'\n') || !seed.In100(10))]),
        ("nul", (file, seed) => Splice(file, seed.Below(file.Length + 1), 0, new byte[seed.From(1, 100)])),
        ("bom", (file, _) => [0xEF, 0xBB, 0xBF, .. file]),
        ("eof in the middle", (file, seed) => Splice(file, seed.Below(file.Length), seed.Below(2), [0x1A])),
        ("block twice", Twice),
        ("lines moved", (file, seed) => Lines(file, seed, (lines, from, to) => { var line = lines[from]; lines.RemoveAt(from); lines.Insert(Math.Min(to, lines.Count), line); })),
        ("line gone", (file, seed) => Lines(file, seed, (lines, from, _) => lines.RemoveAt(from))),
        ("line twice", (file, seed) => Lines(file, seed, (lines, from, to) => lines.Insert(to, lines[from]))),
        ("lines joined", (file, seed) => Lines(file, seed, (lines, from, _) => lines[from] = [.. lines[from].AsSpan().TrimEnd("\r\n"u8)])),
        ("shuffled", Shuffled),
        ("commas", (file, seed) => Lines(file, seed, (lines, from, _) => lines[from] = [.. lines[from][..Math.Min(2, lines[from].Length)], .. Enumerable.Repeat((byte)',', seed.Of(0, 5, 200, 5000)), 13, 10])),
        ("empty lines", (file, seed) => Splice(file, seed.Below(file.Length + 1), 0, [.. Enumerable.Repeat("\r\n"u8.ToArray(), seed.From(1, 300)).SelectMany(b => b)])),
        ("value", Value),
        ("values", (file, seed) => Several(file, seed, Value, 40)),
        ("column more or less", Column),
        ("other record", (file, seed) => Lines(file, seed, (lines, from, to) => { if (lines[from].Length > 1 && lines[Math.Min(to, lines.Count - 1)].Length > 1) { lines[Math.Min(to, lines.Count - 1)].AsSpan(0, 2).CopyTo(lines[from]); } })),
        ("claim without end", (file, seed) => [.. file.AsSpan().TrimEnd("\u001A"u8), .. file, .. file[..seed.Below(file.Length)]]),
        ("zip", (file, _) => Zip(file)),
        ("gzip", (file, _) => Gzip(file)),
        ("pdf", (file, _) => [.. "%PDF-1.7\n"u8, .. file]),
        ("noise", (_, seed) => Noise(seed, seed.Below(4096))),
        ("noise behind a header", (file, seed) => [.. file[..Math.Min(file.Length, seed.From(40, 400))], .. Noise(seed, seed.Below(4096))]),
        ("records of noise", (_, seed) => Records(seed)),
    ];

    /// <summary>One to three kinds, one after the other. Gives back the first one's number.</summary>
    public static int Of(ref byte[] file, Seed seed)
    {
        var first = seed.Below(Kinds.Length);
        file = Kinds[first].Apply(file, seed);
        for (var more = seed.Of(0, 0, 1, 2); more > 0 && file.Length is > 0 and < MostBytes; more--)
        {
            file = Kinds[seed.Below(Kinds.Length)].Apply(file, seed);
        }

        return first;
    }

    public static byte[] Noise(Seed seed, int length) => [.. Enumerable.Range(0, length).Select(_ => seed.Byte())];

    private static byte[] Bytes(byte[] file, Seed seed)
    {
        var changed = (byte[])file.Clone();
        for (var hits = seed.From(1, 12); hits > 0; hits--)
        {
            changed[seed.Below(changed.Length)] = seed.In100(50) ? seed.Byte() : seed.Of(",\r\n\u001A\"\0-0 "u8.ToArray());
        }

        return changed;
    }

    private static byte[] Bits(byte[] file, Seed seed)
    {
        var changed = (byte[])file.Clone();
        for (var hits = seed.From(1, 30); hits > 0; hits--)
        {
            changed[seed.Below(changed.Length)] ^= (byte)(1 << seed.Below(8));
        }

        return changed;
    }

    private static byte[] Splice(byte[] file, int at, int without, byte[] with) => [.. file[..at], .. with, .. file[Math.Min(file.Length, at + without)..]];

    private static byte[] Twice(byte[] file, Seed seed)
    {
        var from = seed.Below(file.Length);
        var block = file[from..Math.Min(file.Length, from + seed.From(1, 3000))];
        return Splice(file, seed.Below(file.Length + 1), 0, block);
    }

    private static byte[] Lines(byte[] file, Seed seed, Action<List<byte[]>, int, int> change)
    {
        var lines = Lines(file);
        if (lines.Count > 1)
        {
            change(lines, seed.Below(lines.Count), seed.Below(lines.Count));
        }

        return [.. lines.SelectMany(l => l)];
    }

    private static List<byte[]> Lines(byte[] file)
    {
        var lines = new List<byte[]>();
        for (var at = 0; at < file.Length;)
        {
            var end = Array.IndexOf(file, (byte)'\n', at);
            var next = end < 0 ? file.Length : end + 1;
            lines.Add(file[at..next]);
            at = next;
        }

        return lines;
    }

    private static byte[] Shuffled(byte[] file, Seed seed)
    {
        var lines = Lines(file).ToArray();
        for (var i = lines.Length - 1; i > 0; i--)
        {
            var other = seed.Below(i + 1);
            (lines[i], lines[other]) = (lines[other], lines[i]);
        }

        return [.. lines.SelectMany(l => l)];
    }

    private static byte[] Value(byte[] file, Seed seed) => Columns(file, seed, (columns, at) => columns[at] = ShiftJis.GetBytes(seed.In100(2) ? new string('9', seed.From(50, 20_000)) : seed.Of<string>(Values)));

    private static byte[] Column(byte[] file, Seed seed) => Columns(file, seed, (columns, at) =>
    {
        if (seed.In100(50))
        {
            columns.Insert(at, []);
        }
        else
        {
            columns.RemoveAt(at);
        }
    });

    private static byte[] Columns(byte[] file, Seed seed, Action<List<byte[]>, int> change) => Lines(file, seed, (lines, from, _) =>
    {
        var text = lines[from].AsSpan().TrimEnd("\r\n"u8);
        var columns = new List<byte[]>();
        foreach (var part in text.Split((byte)','))
        {
            columns.Add(text[part].ToArray());
        }

        change(columns, seed.Below(columns.Count));
        lines[from] = [.. columns.SelectMany((c, i) => i == 0 ? c : [(byte)',', .. c]), 13, 10];
    });

    private static byte[] Several(byte[] file, Seed seed, Func<byte[], Seed, byte[]> change, int most)
    {
        for (var times = seed.From(1, most); times > 0; times--)
        {
            file = change(file, seed);
        }

        return file;
    }

    // The ids are right and nothing else is.
    private static byte[] Records(Seed seed)
    {
        var file = new List<byte>();
        for (var line = seed.From(1, 60); line > 0; line--)
        {
            file.AddRange(Encoding.ASCII.GetBytes(seed.Of("IR", "RE", "RE", "HO", "KO", "SN", "JD", "MF", "GR", "SY", "SI", "IY", "TO", "CO", "SJ", "TI", "TR", "TS", "GO", "NI", "KH", "BU")));
            for (var column = seed.From(1, 50); column > 0; column--)
            {
                file.Add((byte)',');
                file.AddRange(seed.In100(60) ? [] : ShiftJis.GetBytes(seed.Of<string>(Values)));
            }

            file.AddRange("\r\n"u8);
        }

        return [.. "IR,1,13,1,9900013,,,202606,00,\r\n"u8, .. file];
    }

    private static byte[] Zip(byte[] file)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("RECEIPTC.UKE").Open())
        {
            entry.Write(file);
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] file)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(file);
        }

        return bytes.ToArray();
    }
}
