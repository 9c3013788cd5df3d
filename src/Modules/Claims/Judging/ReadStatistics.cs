using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Checks;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Judging;

/// <summary>How each check fared: how often it fired, what people said of it, and — apart from that — what happened anyway. As JSON and as CSV.</summary>
internal sealed class ReadStatistics(DbSession session, Receptions receptions)
{
    private static readonly string[] _columns =
    [
        "受付月", "番号", "区分", "題名", "指摘", "指摘のあったレセプト", "審査支払機関：指摘どおり", "審査支払機関：正当", "医療機関：指摘どおり", "医療機関：正当",
        "結果：取消", "結果：訂正再送", "結果：指摘のまま請求", "記録条件仕様の版", "点検一覧のハッシュ",
    ];

    private string Prefix => session.Prefix("claims");

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/claims/checks", async (string? from, string? until, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
                await Answer(checks, current.Actor, from, until, s => Results.Json(s, SiteJson.Options), ct))
            .OpenToMembers("審査支払機関・医療機関・センターが使い、それぞれの範囲だけを返す")
            .Audits(AuditKind.PageRead);
        endpoints.MapGet("/claims/checks.csv", async (string? from, string? until, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
                await Answer(checks, current.Actor, from, until, s => Results.Bytes(Csv(s), "text/csv; charset=utf-8", $"【秘密】点検の統計_{s.From}-{s.Until}.csv"), ct))
            .OpenToMembers("審査支払機関・医療機関・センターが使い、それぞれの範囲だけを返す")
            .Audits(AuditKind.PageRead)
            .WithMetadata(new ClassifiedAttribute(Classification.Confidential));
    }

    public async ValueTask<Outcome<CheckStatistics>> Run(Actor by, YearMonth? from, YearMonth? until, CancellationToken ct)
    {
        if (Scope(by) is not { } scope)
        {
            return Refusals.NotPermitted;
        }

        return await session.InReading(
            async () =>
            {
                var latest = await Latest(by, ct);
                var first = from ?? until ?? latest;
                var last = until ?? from ?? latest;
                return new CheckStatistics(scope, latest, first, last, first is { } f && last is { } l ? await Rows(by, scope, f, l, ct) : []);
            },
            ct);
    }

    /// <summary>The latest month in which anything fired, as far as the asker may see it.</summary>
    public async Task<YearMonth?> Latest(Actor by, CancellationToken ct)
    {
        var sql = Scope(by) switch
        {
            TallyScope.Everybody => $"SELECT MAX(month) FROM {Prefix}tally",
            TallyScope.Payer => $"SELECT MAX(month) FROM {Prefix}tally WHERE recipient = @me",
            _ => $"SELECT MAX(t.month) FROM {Prefix}reception r JOIN {Prefix}tally t ON t.reception = r.number WHERE {receptions.VisibleTo(by)}",
        };
        var latest = await session.Scalar(sql, ct, Receptions.Asker(by, Sides.Reading(by)));
        return YearMonth.TryParse(latest as string, out var month) ? month : null;
    }

    private static TallyScope? Scope(Actor by) => by.May(Permission.ManageSite) ? TallyScope.Everybody
        : by.May(Permission.ReadSubmissions) ? TallyScope.Payer
        : by.May(Permission.ReadReceptions) ? TallyScope.Institution
        : null;

    private async Task<List<CheckTally>> Rows(Actor by, TallyScope scope, YearMonth from, YearMonth until, CancellationToken ct)
    {
        var source = scope switch
        {
            TallyScope.Everybody => $"{Prefix}tally t WHERE 1 = 1",
            TallyScope.Payer => $"{Prefix}tally t WHERE t.recipient = @me",
            _ => $"{Prefix}reception r JOIN {Prefix}tally t ON t.reception = r.number WHERE {receptions.VisibleTo(by)}",
        };
        // What the payer's reviewers say among themselves is not the institution's to read.
        var payer = scope == TallyScope.Institution ? "0, 0" : "SUM(t.payer_right), SUM(t.payer_wrong)";
        return await session.Query(
            $"""
            SELECT t.rule, t.severity, t.month, t.editions, t.rule_list, SUM(t.fired), SUM(t.claims), {payer},
                SUM(t.institution_right), SUM(t.institution_wrong), SUM(t.cancelled), SUM(t.resent), SUM(t.stood)
            FROM {source} AND t.month BETWEEN @from AND @until
            GROUP BY t.rule, t.severity, t.month, t.editions, t.rule_list ORDER BY t.month DESC, t.rule, t.rule_list, t.editions
            """,
            r => new CheckTally(
                r.GetString(0), Enum.Parse<Severity>(r.GetString(1)), ReceptionChecks.Find(r.GetString(0))?.Rule.Title ?? "", Month(r.GetString(2)), r.GetString(3),
                r.GetString(4), r.GetInt64(5), r.GetInt64(6), r.GetInt64(7), r.GetInt64(8), r.GetInt64(9), r.GetInt64(10), r.GetInt64(11), r.GetInt64(12), r.GetInt64(13)),
            ct,
            [("from", from.ToString()), ("until", until.ToString()), .. Receptions.Asker(by, Sides.Reading(by))]);
    }

    private static YearMonth Month(string text) => YearMonth.TryParse(text, out var month) ? month : throw new FormatException(text);

    private static async Task<IResult> Answer(
        IClaimChecks checks, Actor by, string? from, string? until, Func<CheckStatistics, IResult> answer, CancellationToken ct)
    {
        YearMonth? first = YearMonth.TryParse(from, out var f) ? f : null;
        YearMonth? last = YearMonth.TryParse(until, out var u) ? u : null;
        return (from is { Length: > 0 } && first is null) || (until is { Length: > 0 } && last is null)
            ? Refusals.BadMonth.ToResult()
            : (await checks.Statistics(by, first, last, ct)).ToResult(answer);
    }

    private static byte[] Csv(CheckStatistics statistics)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', _columns).Append("\r\n");
        foreach (var row in statistics.Rows)
        {
            string[] cells =
            [
                row.Month.ToString(), row.Number, row.Severity.ToString(), row.Title, Number(row.Fired), Number(row.Claims), Number(row.PayerRight), Number(row.PayerWrong),
                Number(row.InstitutionRight), Number(row.InstitutionWrong), Number(row.Cancelled), Number(row.Resent), Number(row.Stood), row.Editions, row.RuleList,
            ];
            text.AppendJoin(',', cells.Select(ReadResult.Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
