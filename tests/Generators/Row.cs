using System.Globalization;
using System.Text;

namespace Sekisho.Generators;

/// <summary>One record in the making: all columns of the published table, most of them empty.</summary>
internal sealed class Row
{
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    public Row(string id)
    {
        Columns = [.. Enumerable.Repeat("", Width(id))];
        Columns[0] = id;
    }

    /// <summary>A line as it is: for what is no record.</summary>
    public Row(string[] columns) => Columns = [.. columns];

    public List<string> Columns { get; }

    public string Id => Columns[0];

    /// <summary>Ordinal of the claim; 0 = the file.</summary>
    public int Claim { get; set; }

    /// <summary>By 項番; a column too many is added where it is needed.</summary>
    public string this[int item]
    {
        get => item <= Columns.Count ? Columns[item - 1] : "";
        set
        {
            while (Columns.Count < item)
            {
                Columns.Add("");
            }

            Columns[item - 1] = value;
        }
    }

    /// <summary>As a number; 0 where there is none.</summary>
    public long Number(int item) => long.TryParse(this[item], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public Row With(int item, string value)
    {
        this[item] = value;
        return this;
    }

    public Row With(int item, long value) => With(item, Text(value));

    public Row Copy() => new([.. Columns]) { Claim = Claim };

    public byte[] ToBytes() => ShiftJis.GetBytes(string.Join(',', Columns) + "\r\n");

    // Stated here once more, not taken from what is tested with it.
    private static int Width(string id) => id switch
    {
        "IR" => 10,
        "RE" => 38,
        "HO" => 15,
        "KO" => 12,
        "SN" => 9,
        "JD" or "MF" => 33,
        "GR" or "SJ" => 3,
        "SY" => 8,
        "SI" or "IY" => 44,
        "TO" => 48,
        "CO" or "TS" => 5,
        "TI" => 10,
        "TR" => 18,
        "GO" => 4,
        _ => throw new ArgumentException($"{id} is no record of 医科", nameof(id)),
    };
}
