using System.Text;
using Sekisho.Formats.Identifiers;

namespace Sekisho.Cli.Story;

/// <summary>The demo clinic's claim file and a copy with one mistake. Bytes are handled one to one: nothing but the changed field differs.</summary>
internal static class SampleFiles
{
    private const int BillingMonthItem = 7;
    private const int TreatmentMonthItem = 3;

    /// <summary>請求年月 of the header record.</summary>
    public static YearMonth BillingMonth(string file)
    {
        var header = Encoding.Latin1.GetString(File.ReadAllBytes(file)).Split("\r\n")[0].Split(',');
        return header.Length > BillingMonthItem && YearMonth.TryParse(header[BillingMonthItem], out var month)
            ? month
            : throw new StepFailedException($"{file}: 請求年月が読めません。");
    }

    /// <summary>A copy whose first claim was treated in a thirteenth month (L2951).</summary>
    public static void WriteMistaken(string from, string to)
    {
        var lines = Encoding.Latin1.GetString(File.ReadAllBytes(from)).Split("\r\n");
        var claim = Array.FindIndex(lines, l => l.StartsWith("RE,", StringComparison.Ordinal));
        var fields = lines[claim].Split(',');
        fields[TreatmentMonthItem] = fields[TreatmentMonthItem][..4] + "13";
        lines[claim] = string.Join(',', fields);
        File.WriteAllBytes(to, Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
    }
}
