using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>受付・事務点検の結果 of one reception, as JSON and as CSV.</summary>
internal sealed class ReadResult(DbSession session, Receptions receptions, ClaimRows rows, IExports exports)
{
    private static readonly string[] _columns = ["番号", "区分", "行", "レセプト", "レコード", "項番", "項目名", "値", "メッセージ", "対処"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/claims/receptions/{number}", async (string number, IClaims claims, ICurrentActor current, CancellationToken ct) =>
                (await claims.Result(current.Actor, number, ct)).ToResult(result => Results.Json(ResultDocument.View(result), SiteJson.Options)))
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead);
        endpoints.MapGet("/claims/receptions/{number}/findings.csv", async (string number, IClaims claims, ICurrentActor current, CancellationToken ct) =>
                (await claims.ExportFindings(current.Actor, number, null, ct)).ToResult(file => Results.Bytes(file.Content, "text/csv; charset=utf-8", file.Name)))
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead)
            .WithMetadata(new ExportsAttribute());
    }

    public ValueTask<Outcome<ReceptionResult>> Run(Actor by, string number, CancellationToken ct) => session.InReading<Outcome<ReceptionResult>>(
        async () => await receptions.Find(by, Sides.Reading(by), number, ct) is { } reception
            ? new ReceptionResult(
                reception.View(), await rows.Claims(number, ct), await rows.Findings(number, null, ct), ClaimRows.NotRun(reception))
            : Refusals.NoReception,
        ct);

    public async ValueTask<Outcome<ExportedFile>> Export(Actor by, string number, string? reason, CancellationToken ct)
    {
        if ((await Run(by, number, ct)).Refused(out var refusal, out var result) || (await exports.State(number, "findings", reason, ct)).Refused(out refusal, out _))
        {
            return refusal;
        }

        return new ExportedFile($"【厳秘】指摘_{result.Reception.Number}.csv", Csv(result.Findings));
    }

    /// <summary>UTF-8 with BOM, so that a spreadsheet opens it as it is.</summary>
    internal static byte[] Csv(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', _columns).Append("\r\n");
        foreach (var finding in findings)
        {
            var place = finding.Place;
            string[] cells =
            [
                finding.Rule.Number, finding.Rule.Severity.ToString(), Number(place.Line), Number(place.Claim), place.Record, Number(place.Item), place.Name,
                finding.Value, finding.Message, finding.Rule.Remedy,
            ];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(int value) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A value that a spreadsheet would take for a formula is made text: it comes from a submitted file.</summary>
    internal static string Cell(string value)
    {
        var safe = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
