using System.Text.Json;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Web;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>受付結果 as JSON: the API's answer and the transmission to the institution. Findings read like those of <c>sekisho check --json</c>.</summary>
internal static class ResultDocument
{
    public static byte[] Of(ReceptionResult result) => JsonSerializer.SerializeToUtf8Bytes(View(result), SiteJson.Options);

    public static object View(ReceptionResult result) => new
    {
        result.Reception,
        Claims = result.Claims.Select(View),
        Findings = result.Findings.Select(View),
        result.NotRun,
    };

    public static object View(ClaimRow row) => new
    {
        row.Entry.Ordinal,
        row.Entry.Number,
        row.Entry.Line,
        row.Entry.Lines,
        row.Entry.Kind,
        row.Entry.TreatmentMonth,
        row.Entry.Insurer,
        row.Entry.PublicPayers,
        row.Entry.Points,
        row.Entry.Worst,
        row.State,
        row.Findings,
    };

    public static object View(Finding finding) => new
    {
        finding.Rule.Number,
        finding.Rule.Severity,
        finding.Place.Line,
        finding.Place.Claim,
        finding.Place.Record,
        finding.Place.Item,
        finding.Place.Name,
        finding.Value,
        finding.Rule.Title,
        finding.Message,
        finding.Rule.Remedy,
    };
}
