using System.Text;
using Sekisho.Formats.Claims.Shape;

namespace Sekisho.Libraries.Tests.Formats.Checks;

/// <summary>A claim file in the making: starts without a fault, and every method changes one thing. All people and places are invented.</summary>
internal sealed class Draft
{
    private static readonly string[] Publics = ["54136015", "51136018", "62136015", "12136016"];
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
    private Func<byte[], byte[]> _raw = bytes => bytes;

    public Draft(string kind = "1112")
    {
        Lines.Add(Record("IR", (2, "1"), (3, "13"), (4, "1"), (5, "9900013"), (7, "関所診療所"), (8, "202407"), (9, "00"), (10, "03-0000-0000")));
        Lines.AddRange(Claim(1, kind));
        Lines.Add(Record("GO", (2, "1"), (3, "291"), (4, "99")));
        Total();
    }

    /// <summary>Lines without their ends.</summary>
    public List<string> Lines { get; } = [];

    public string LineEnd { get; set; } = "\r\n";

    public string Tail { get; set; } = "\u001A";

    /// <summary>A record with all its columns.</summary>
    public static string Record(string id, params (int Item, string Value)[] fields)
    {
        var columns = new string[Editions.All[^1].Record(id)!.Items.Length];
        Array.Fill(columns, "");
        columns[0] = id;
        foreach (var (item, value) in fields)
        {
            columns[item - 1] = value;
        }

        return string.Join(',', columns);
    }

    /// <summary>A whole claim; 公費 as many as the kind says.</summary>
    public static IEnumerable<string> Claim(int number, string kind = "1112")
    {
        yield return Record("RE", (2, $"{number}"), (3, kind), (4, "202406"), (5, "関所　太郎"), (6, "1"), (7, "19800501"), (37, "セキショタロウ"));
        if (kind[1] != '2')
        {
            yield return Record("HO", (2, "06132013"), (3, "１２３"), (4, "４５６"), (5, "1"), (6, "291"));
        }

        for (var i = 0; i < kind[2] - (kind[1] == '2' ? '0' : '1'); i++)
        {
            yield return Record("KO", (2, Publics[i]), (3, "1234566"), (5, "1"), (6, "291"));
        }

        yield return Record("SY", (2, "0000999"), (3, "20240603"), (4, "1"), (6, "架空病"), (7, "01"));
        yield return Record("SI", (2, "11"), (3, Bearer(kind)), (4, "111000110"), (6, "291"), (7, "1"), (16, "1"));
    }

    /// <summary>負担区分 of a line that every payer of the claim bears.</summary>
    public static string Bearer(string kind) => (kind[1] == '2' ? ["", "5", "7", "R", "Z"] : (string[])["", "1", "2", "4", "V", "9"])[kind[2] - '0'];

    /// <summary>Another 診療年月; the disease begins in it.</summary>
    public Draft Month(string month) => Set("RE", 4, month).Set("SY", 3, month + "03");

    /// <summary>Sets an item of the nth record of that id.</summary>
    public Draft Set(string id, int item, string value, int nth = 1)
    {
        var at = At(id, nth);
        var columns = Lines[at].Split(',').ToList();
        while (columns.Count < item)
        {
            columns.Add("");
        }

        columns[item - 1] = value;
        Lines[at] = string.Join(',', columns);
        return this;
    }

    /// <summary>Of 国民健康保険, to the 国保連.</summary>
    public Draft National(string insurer = "  138057", string rate = "70") => Set("IR", 2, "2").Set("HO", 2, insurer).Set("RE", 8, rate);

    /// <summary>Of 後期高齢者医療, to the 国保連.</summary>
    public Draft Elderly(string birth = "19400501") => Set("IR", 2, "2").Set("HO", 2, "39131156").Set("RE", 7, birth);

    /// <summary>Puts lines before the first record of that id.</summary>
    public Draft Before(string id, params string[] lines)
    {
        Lines.InsertRange(At(id, 1), lines);
        return this;
    }

    /// <summary>Puts lines behind the last record of that id.</summary>
    public Draft After(string id, params string[] lines)
    {
        Lines.InsertRange(Lines.FindLastIndex(l => Is(l, id)) + 1, lines);
        return this;
    }

    /// <summary>Takes away all records of that id.</summary>
    public Draft Without(string id)
    {
        Lines.RemoveAll(l => Is(l, id));
        return this;
    }

    /// <summary>Cuts the first record of that id after a column.</summary>
    public Draft Cut(string id, int columns)
    {
        var at = At(id, 1);
        Lines[at] = string.Join(',', Lines[at].Split(',').Take(columns));
        return this;
    }

    /// <summary>Appends another claim.</summary>
    public Draft Another(int number, string kind = "1112") => Before("GO", [.. Claim(number, kind)]).Total();

    /// <summary>Makes GO say what the claims add up to.</summary>
    public Draft Total()
    {
        Set("GO", 2, $"{Lines.Count(l => Is(l, "HO") || Is(l, "KO"))}");
        return Set("GO", 3, $"{Lines.Count(l => Is(l, "RE")) * 291}");
    }

    /// <summary>Changes the bytes at the very end.</summary>
    public Draft Bytes(Func<byte[], byte[]> change)
    {
        _raw = change;
        return this;
    }

    /// <summary>Puts raw bytes in the place of an ASCII marker.</summary>
    public Draft Raw(string marker, params byte[] bytes) => Bytes(file =>
    {
        var at = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(marker));
        return [.. file[..at], .. bytes, .. file[(at + marker.Length)..]];
    });

    public byte[] ToBytes() => _raw(ShiftJis.GetBytes(string.Concat(Lines.Select(l => l + LineEnd)) + Tail));

    private int At(string id, int nth)
    {
        var at = -1;
        for (var i = 0; i < nth; i++)
        {
            at = Lines.FindIndex(at + 1, l => Is(l, id));
        }

        return at;
    }

    private static bool Is(string line, string id) => line == id || line.StartsWith(id + ",", StringComparison.Ordinal);
}
