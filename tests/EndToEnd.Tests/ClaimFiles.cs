using System.Globalization;
using System.Text;

namespace Sekisho.EndToEnd.Tests;

/// <summary>Makes claim files out of claim files. Bytes stand one to one for characters; a comma is never part of a Shift_JIS character.</summary>
internal static class ClaimFiles
{
    /// <summary>請求年月 in the header.</summary>
    public static string BillingMonth(string file) => Lines(file)[0].Split(',')[7];

    /// <summary>A moment on a day of the billing month, JST.</summary>
    public static DateTimeOffset Moment(string file, int day)
    {
        var month = int.Parse(BillingMonth(file), CultureInfo.InvariantCulture);
        return new DateTimeOffset(month / 100, month % 100, day, 10, 0, 0, TimeSpan.FromHours(9));
    }

    /// <summary>The same claims so many times over, numbered through, with totals that agree.</summary>
    public static void Multiply(string from, string to, int times)
    {
        var lines = Lines(from);
        var first = Array.FindIndex(lines, l => l.StartsWith("RE,", StringComparison.Ordinal));
        var last = Array.FindIndex(lines, l => l.StartsWith("GO,", StringComparison.Ordinal));
        var text = new StringBuilder();
        foreach (var line in lines[..first])
        {
            text.Append(line).Append("\r\n");
        }

        var number = 0;
        for (var i = 0; i < times; i++)
        {
            foreach (var line in lines[first..last])
            {
                var fields = line.Split(',');
                fields[1] = fields[0] == "RE" ? (++number).ToString(CultureInfo.InvariantCulture) : fields[1];
                text.AppendJoin(',', fields).Append("\r\n");
            }
        }

        var totals = lines[last].Split(',');
        totals[1] = (long.Parse(totals[1], CultureInfo.InvariantCulture) * times).ToString(CultureInfo.InvariantCulture);
        totals[2] = (long.Parse(totals[2], CultureInfo.InvariantCulture) * times).ToString(CultureInfo.InvariantCulture);
        File.WriteAllBytes(to, Encoding.Latin1.GetBytes(text.AppendJoin(',', totals).Append("\r\n\u001a").ToString()));
    }

    /// <summary>Sets a field of the first record of a kind.</summary>
    public static void Set(string file, string record, int item, string value)
    {
        var lines = Lines(file);
        var line = Array.FindIndex(lines, l => l.StartsWith(record + ",", StringComparison.Ordinal));
        var fields = lines[line].Split(',');
        fields[item - 1] = value;
        lines[line] = string.Join(',', fields);
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
    }

    private static string[] Lines(string file) => Encoding.Latin1.GetString(File.ReadAllBytes(file)).Split("\r\n");
}
