using System.Globalization;
using System.Text;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;

namespace Sekisho.Web.Display;

/// <summary>A preview as a page shows it: what would stop the file first, then claim by claim, gravest first; long lists are cut and counted.</summary>
internal sealed class PreviewView
{
    private const int MostGroups = 100;
    private const int MostOfGroup = 20;

    private static readonly string[] _columns = ["番号", "区分", "行", "レセプト", "レコード", "項番", "項目名", "値", "メッセージ", "根拠", "対処"];

    public PreviewView(Preview preview, string fileName, Organisation payer)
    {
        (Preview, FileName, Payer) = (preview, fileName, payer);
        var rows = preview.Claims.ToDictionary(c => c.Entry.Ordinal);
        var groups = preview.Findings.GroupBy(f => f.Place.Claim)
            .Select(g => (Gravest: g.Min(f => f.Rule.Severity.Gravity()), Claim: g.Key, Findings: g.OrderBy(f => f.Rule.Severity.Gravity()).ThenBy(f => f.Place.Line).ToList()))
            .OrderBy(g => g.Claim > 0).ThenBy(g => g.Gravest).ThenBy(g => g.Claim)
            .ToList();
        Groups = [.. groups.Take(MostGroups).Select(g => new ClaimFindings(rows.GetValueOrDefault(g.Claim), [.. g.Findings.Take(MostOfGroup)], g.Findings.Count))];
        MoreGroups = groups.Count - Groups.Count;
        Fired =
        [
            .. preview.Findings.Select(f => f.Rule).DistinctBy(r => r.Number)
                .Select(r => new FiredRule(r, preview.Times.GetValueOrDefault(r.Number)))
                .OrderBy(r => r.Rule.Severity.Gravity()).ThenByDescending(r => r.Times).ThenBy(r => r.Rule.Number, StringComparer.Ordinal),
        ];
        Counts = Fired.GroupBy(r => r.Rule.Severity).ToDictionary(g => g.Key, g => g.Sum(r => r.Times));
    }

    public Preview Preview { get; }

    public string FileName { get; }

    public Organisation Payer { get; }

    public IReadOnlyList<FiredRule> Fired { get; }

    public IReadOnlyDictionary<Severity, int> Counts { get; }

    public IReadOnlyList<ClaimFindings> Groups { get; }

    /// <summary>Claims with findings that are not shown.</summary>
    public int MoreGroups { get; }

    /// <summary>Findings that were only counted.</summary>
    public int NotListed => Counts.Values.Sum() - Preview.Findings.Count;

    /// <summary>Claims that would be returned or looked at again.</summary>
    public int Doubtful => Preview.Claims.Count(c => c.Entry.Worst is Severity.L3 or Severity.L4);

    /// <summary>UTF-8 with BOM, so that a spreadsheet opens it as it is.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', _columns).Append("\r\n");
        foreach (var finding in Preview.Findings)
        {
            var (rule, place) = (finding.Rule, finding.Place);
            string[] cells =
            [
                rule.Number, rule.Severity.ToString(), Number(place.Line), Number(place.Claim), place.Record, Number(place.Item), place.Name, finding.Value,
                finding.Message, rule.Clause, rule.Remedy,
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(int value) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value that a spreadsheet would take for a formula is made text: it comes from a file.</summary>
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
