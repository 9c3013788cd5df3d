using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Display;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>What came of an 一括照会, against what is on file now; as a file with a reason.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskListRead)]
[Exports]
internal sealed class NightReportModel(ICurrentActor current, INightInquiries night, IExports exports) : DeskPage(current)
{
    public NightReport Report { get; private set; } = null!;

    public NightRun Run => Report.Run;

    public IEnumerable<IGrouping<bool, NightLine>> Groups => Report.Lines.GroupBy(l => l.Marks.Count > 0);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Load(id, ct) is { } refusal ? Refused(refusal) : Page();

    public async Task<IActionResult> OnPost(Guid id, string? reason, CancellationToken ct)
    {
        if (await Load(id, ct) is { } missing)
        {
            return Refused(missing);
        }

        return (await exports.State("run:" + id, "night-report", reason ?? "", ct)).Refused(out var refusal, out _)
            ? Back(refusal, "/eligibility/night/" + id)
            : File(Csv(), "text/csv; charset=utf-8", $"【厳秘】予約の一括照会_{Run.Day:yyyyMMdd}.csv");
    }

    private async Task<Wire.Refusal?> Load(Guid id, CancellationToken ct)
    {
        if ((await night.Report(By, id, ct)).Refused(out var refusal, out var report))
        {
            return refusal;
        }

        Report = report;
        return null;
    }

    private byte[] Csv()
    {
        var text = new StringBuilder("患者番号,氏名,受診日,資格有効性,結果,指摘,項目,当院の控え,登録されている内容\r\n");
        foreach (var line in Report.Lines)
        {
            foreach (var difference in line.Visit.Differences.DefaultIfEmpty(new FieldDifference("", "", "", false, "")))
            {
                string[] cells =
                [
                    line.Visit.Patient.Chart, line.Visit.Patient.Name, line.Visit.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    line.Visit.Answer?.Answer.Code.ToString(CultureInfo.InvariantCulture) ?? "", line.Visit.Answer?.Answer.Text ?? "照会できない（" + line.Problem + "）",
                    string.Join('・', line.Marks.Select(m => m.Word())), difference.Field, difference.Ours, difference.Theirs,
                ];
                text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
            }
        }

        return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>Quoted; what a spreadsheet would take for a formula is text.</summary>
    private static string Cell(string value) =>
        "\"" + (value is ['=' or '+' or '-' or '@', ..] ? "'" : "") + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
