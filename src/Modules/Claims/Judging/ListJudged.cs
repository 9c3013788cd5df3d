using System.Data.Common;
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

/// <summary>Everything a check said in a month, a part at a time, with what has been said of it. Parts continue behind the last line, so the last part is as quick as the first.</summary>
internal sealed class ListJudged(DbSession session, Receptions receptions, ReadStatistics statistics)
{
    private const int PartSize = 100;

    private string Prefix => session.Prefix("claims");

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/claims/checks/{rule}", async (
                string rule, string? month, bool? open, string? after, int? claim, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
                month is not null && !YearMonth.TryParse(month, out _)
                    ? Refusals.BadMonth.ToResult()
                    : (await checks.Findings(current.Actor, Query(rule, month, open, after, claim), ct)).ToResult(page => Results.Json(View(page), SiteJson.Options)))
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead);
        endpoints.MapGet("/claims/receptions/{number}/claims/{ordinal:int}/judgements", async (
                string number, int ordinal, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
                (await checks.Judgements(current.Actor, number, ordinal, ct)).ToResult(words => Results.Json(words, SiteJson.Options)))
            .OpenToMembers("施設側と審査支払機関側が使い、所属組織と権限で見える範囲だけを返す")
            .Audits(AuditKind.ReceptionRead);
    }

    public ValueTask<Outcome<JudgedPage>> Run(Actor by, JudgedQuery query, CancellationToken ct) => session.InReading<Outcome<JudgedPage>>(
        async () =>
        {
            if (Sides.Reading(by) is { Institution: false, Payer: false })
            {
                return Refusals.NotPermitted;
            }

            var month = query.Month ?? await statistics.Latest(by, ct) ?? default;
            var (claims, judged) = await Count(by, query.Rule, month, ct);
            var lines = await Lines(by, query, month, ct);
            var more = lines.Count > PartSize;
            var part = lines.Take(PartSize).ToList();
            return new JudgedPage(month, ReceptionChecks.Find(query.Rule), part, more ? part[^1].On : null, claims, judged);
        },
        ct);

    /// <summary>Every word on a claim. The institution is not told what the payer's reviewers say among themselves.</summary>
    public ValueTask<Outcome<IReadOnlyList<Judgement>>> History(Actor by, string number, int ordinal, CancellationToken ct) =>
        session.InReading<Outcome<IReadOnlyList<Judgement>>>(
            async () =>
            {
                if (await receptions.Find(by, Sides.Reading(by), number, ct) is not { } reception)
                {
                    return Refusals.NoReception;
                }

                var payer = reception.Recipient == by.Organisation && by.May(Permission.ReadSubmissions);
                return await session.Query(
                    $"""
                    SELECT rule, side, verdict, reason, at, organisation, person FROM {Prefix}judgement_history
                    WHERE reception = @reception AND claim = @claim {(payer ? "" : "AND side = 'Institution'")} ORDER BY at DESC, rule, side, sequence DESC
                    """,
                    r => Word(r, 0)!,
                    ct,
                    ("reception", number),
                    ("claim", ordinal));
            },
            ct);

    private static JudgedQuery Query(string rule, string? month, bool? open, string? after, int? claim) => new(
        rule, YearMonth.TryParse(month, out var one) ? one : null, open == true, after is null ? null : new FindingOn(after, claim ?? 0));

    /// <summary>The tally leads: it knows which receptions have the finding, in the order of the index.</summary>
    private string From(string visible) => $"{Prefix}tally t JOIN {Prefix}reception r ON r.number = t.reception WHERE t.rule = @rule AND t.month = @month AND {visible}";

    private static string Column(JudgingSide side, string verdict) => (side == JudgingSide.Payer ? "payer_" : "institution_") + verdict;

    private static JudgingSide Side(Actor by) => by.May(Permission.ReadSubmissions) ? JudgingSide.Payer : JudgingSide.Institution;

    private async Task<(long Claims, long Judged)> Count(Actor by, string rule, YearMonth month, CancellationToken ct)
    {
        var side = Side(by);
        return (await session.Query(
            $"SELECT COALESCE(SUM(t.claims), 0), COALESCE(SUM(t.{Column(side, "right")} + t.{Column(side, "wrong")}), 0) FROM {From(receptions.VisibleTo(by))}",
            r => (r.GetInt64(0), r.GetInt64(1)),
            ct,
            [("rule", rule), ("month", month.ToString()), .. Receptions.Asker(by, Sides.Reading(by))]))[0];
    }

    private ValueTask<List<JudgedFinding>> Lines(Actor by, JudgedQuery query, YearMonth month, CancellationToken ct)
    {
        var payer = Side(by) == JudgingSide.Payer;
        const string word = "rule, {0}.side, {0}.verdict, {0}.reason, {0}.at, {0}.organisation, {0}.person";
        var sql = $"""
            SELECT x.reception, x.claim, x.times, r.institution_name, r.state,
                u.severity, u.title, u.clause, u.remedy, f.line, f.record, f.item, f.name, f.value, f.message,
                o.{word.Replace("{0}", "o", StringComparison.Ordinal)}, i.{word.Replace("{0}", "i", StringComparison.Ordinal)}, {ClaimRows.Columns}
            FROM (SELECT t.reception, f.claim, MIN(f.sequence) AS first, COUNT(*) AS times
                  FROM {Prefix}tally t JOIN {Prefix}reception r ON r.number = t.reception JOIN {Prefix}finding f ON f.reception = t.reception AND f.rule = t.rule
                  WHERE t.rule = @rule AND t.month = @month AND {receptions.VisibleTo(by)} {Behind(query)} {(query.OpenOnly ? Open : "")}
                  GROUP BY t.reception, f.claim ORDER BY t.reception, f.claim LIMIT {PartSize + 1}) x
            JOIN {Prefix}reception r ON r.number = x.reception
            JOIN {Prefix}rule u ON u.reception = x.reception AND u.number = @rule
            JOIN {Prefix}finding f ON f.reception = x.reception AND f.sequence = x.first
            LEFT JOIN {Prefix}claim c ON c.reception = x.reception AND c.ordinal = x.claim
            LEFT JOIN {Prefix}judgement o ON o.reception = x.reception AND o.rule = @rule AND o.claim = x.claim AND o.side = @side
            LEFT JOIN {Prefix}judgement i ON i.reception = x.reception AND i.rule = @rule AND i.claim = x.claim AND i.side = 'Institution' AND @payer = 1
            ORDER BY x.reception, x.claim
            """;
        return session.Query(
            sql,
            r => Line(r, query.Rule, payer),
            ct,
            [
                ("rule", query.Rule), ("month", month.ToString()), ("side", Side(by)), ("after", query.After?.Reception ?? ""), ("claim", query.After?.Ordinal ?? 0),
                .. Receptions.Asker(by, Sides.Reading(by)),
            ]);
    }

    private string Open => $"""
        AND NOT EXISTS (SELECT 1 FROM {Prefix}judgement j WHERE j.reception = t.reception AND j.rule = t.rule AND j.claim = f.claim AND j.side = @side)
        """;

    private static string Behind(JudgedQuery query) =>
        query.After is null ? "" : "AND t.reception >= @after AND (t.reception > @after OR f.claim > @claim)";

    private static JudgedFinding Line(DbDataReader r, string rule, bool payer)
    {
        var fired = new Rule(rule, Enum.Parse<Severity>(r.GetString(5)), r.GetString(6), r.GetString(7), r.GetString(8));
        var (reception, claim) = (r.GetString(0), r.GetInt32(1));
        return new JudgedFinding(
            new FindingOn(reception, claim),
            r.GetString(3),
            Enum.Parse<ReceptionState>(r.GetString(4)),
            r.IsDBNull(29) ? null : ClaimRows.Claim(r, 29),
            new Finding(fired, new Place(r.GetInt32(9), claim, r.GetString(10), r.GetInt32(11), r.GetString(12)), r.GetString(13), r.GetString(14)),
            r.GetInt32(2),
            Word(r, 15),
            payer ? Word(r, 22) : null);
    }

    private static Judgement? Word(DbDataReader r, int at) => r.IsDBNull(at) ? null : new Judgement(
        r.GetString(at),
        Enum.Parse<JudgingSide>(r.GetString(at + 1)),
        Enum.Parse<Verdict>(r.GetString(at + 2)),
        r.GetString(at + 3),
        Instants.FromMicroseconds(r.GetInt64(at + 4)),
        new OrganisationId(r.GetGuid(at + 5)),
        r.IsDBNull(at + 6) ? null : new PersonId(r.GetGuid(at + 6)));

    private static object View(JudgedPage page) => new
    {
        page.Month,
        page.Entry,
        page.Claims,
        page.Judged,
        page.Next,
        Findings = page.Findings.Select(f => new
        {
            f.On,
            f.InstitutionName,
            f.State,
            Claim = f.Claim is { } claim ? ResultDocument.View(claim) : null,
            First = ResultDocument.View(f.First),
            f.Times,
            f.Own,
            f.Institutions,
        }),
    };
}
