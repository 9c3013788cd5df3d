using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>A result as a screen shows it: the counts of everything, and one page of findings and claims. The database does the counting and the cutting.</summary>
internal sealed class ReadResultPage(DbSession session, Receptions receptions, ClaimRows rows)
{
    private const int GroupsPerPage = 50;
    private const int FindingsPerGroup = 50;
    private const int FindingsOfOne = 1000;
    private const int ClaimsPerPage = 200;
    private const string ByGravity = "CASE u.severity WHEN 'L1' THEN 1 WHEN 'L2' THEN 2 WHEN 'L3' THEN 3 WHEN 'L4' THEN 4 WHEN 'L7' THEN 5 ELSE 6 END";

    private string Prefix => session.Prefix("claims");

    public ValueTask<Outcome<ResultPage>> Run(Actor by, string number, ResultQuery query, CancellationToken ct) => session.InReading<Outcome<ResultPage>>(
        async () => await receptions.Find(by, Sides.Reading(by), number, ct) is { } reception ? await Page(reception, query, ct) : Refusals.NoReception, ct);

    public ValueTask<Outcome<ReceptionClaims>> Claims(Actor by, string number, CancellationToken ct) => session.InReading<Outcome<ReceptionClaims>>(
        async () => await receptions.Find(by, Sides.Reading(by), number, ct) is { } reception
            ? new ReceptionClaims(reception.View(), await rows.Claims(number, ct))
            : Refusals.NoReception,
        ct);

    private async Task<ResultPage> Page(ReceptionRow reception, ResultQuery query, CancellationToken ct)
    {
        var rules = await rows.Rules(reception.Number, ct);
        var filter = Filter.Of(query, rules);
        var (found, groups) = await Count(reception.Number, filter, ct);
        var pages = Math.Max(1, (groups + GroupsPerPage - 1) / GroupsPerPage);
        var page = Math.Clamp(query.Page, 1, pages);
        var lists = Math.Max(1, (reception.Claims + ClaimsPerPage - 1) / ClaimsPerPage);
        var list = Math.Clamp(query.List, 1, lists);
        return new ResultPage(
            reception.View(),
            rules,
            await States(reception.Number, ct),
            await Groups(reception.Number, filter, page, query.Claim is null ? FindingsPerGroup : FindingsOfOne, rules, ct),
            found,
            page,
            pages,
            await rows.Claims(reception.Number, (list - 1) * ClaimsPerPage, ClaimsPerPage, ct),
            list,
            lists,
            ClaimRows.NotRun(reception));
    }

    private async Task<(int Found, int Groups)> Count(string number, Filter filter, CancellationToken ct) => (await session.Query(
        $"SELECT COUNT(*), COUNT(DISTINCT f.claim) FROM {Prefix}finding f WHERE f.reception = @reception {filter.Sql}",
        r => (r.GetInt32(0), r.GetInt32(1)),
        ct,
        [("reception", number), .. filter.Values]))[0];

    private async Task<Dictionary<ClaimState, int>> States(string number, CancellationToken ct) => (await session.Query(
        $"SELECT state, COUNT(*) FROM {Prefix}claim WHERE reception = @reception GROUP BY state",
        r => (State: Enum.Parse<ClaimState>(r.GetString(0)), Count: r.GetInt32(1)),
        ct,
        ("reception", number))).ToDictionary(s => s.State, s => s.Count);

    private async Task<List<ClaimFindings>> Groups(string number, Filter filter, int page, int most, IReadOnlyList<FiredRule> rules, CancellationToken ct)
    {
        var groups = await session.Query(
            $"SELECT f.claim, COUNT(*) FROM {Prefix}finding f WHERE f.reception = @reception {filter.Sql} GROUP BY f.claim ORDER BY f.claim LIMIT {GroupsPerPage} OFFSET @skip",
            r => (Claim: r.GetInt32(0), Count: r.GetInt32(1)),
            ct,
            [("reception", number), ("skip", (page - 1) * GroupsPerPage), .. filter.Values]);
        if (groups.Count == 0)
        {
            return [];
        }

        var (first, last) = (groups[0].Claim, groups[^1].Claim);
        var known = rules.ToDictionary(r => r.Rule.Number, r => r.Rule);
        var findings = (await session.Query(
            $"""
            SELECT {ClaimRows.FindingColumns} FROM (
                SELECT f.*, {ByGravity} AS gravity, ROW_NUMBER() OVER (PARTITION BY f.claim ORDER BY {ByGravity}, f.sequence) AS place
                FROM {Prefix}finding f JOIN {Prefix}rule u ON u.reception = f.reception AND u.number = f.rule
                WHERE f.reception = @reception AND f.claim BETWEEN @first AND @last {filter.Sql}) x
            WHERE x.place <= {most.ToString(CultureInfo.InvariantCulture)} ORDER BY x.claim, x.gravity, x.sequence
            """,
            r => ClaimRows.Finding(r, known),
            ct,
            [("reception", number), ("first", first), ("last", last), .. filter.Values])).ToLookup(f => f.Place.Claim);
        var claims = (await rows.Between(number, first, last, ct)).ToDictionary(c => c.Entry.Ordinal);
        return [.. groups.Select(g => new ClaimFindings(claims.GetValueOrDefault(g.Claim), [.. findings[g.Claim]], g.Count))];
    }

    /// <summary>The filter as a condition on findings: a severity or the beginning of a number is a set of the rules that fired.</summary>
    private sealed record Filter(string Sql, (string, object?)[] Values)
    {
        public static Filter Of(ResultQuery query, IReadOnlyList<FiredRule> rules)
        {
            var (sql, values) = ("", new List<(string, object?)>());
            if (query.Claim is { } claim)
            {
                sql = " AND f.claim = @claim";
                values.Add(("claim", claim));
            }

            if (query.Severity is null && query.Rule.Length == 0)
            {
                return new Filter(sql, [.. values]);
            }

            var chosen = rules.Select(r => r.Rule)
                .Where(r => (query.Severity is null || r.Severity == query.Severity) && r.Number.StartsWith(query.Rule, StringComparison.Ordinal))
                .Select(r => r.Number).ToList();
            values.AddRange(chosen.Select((n, i) => ($"rule{i}", (object?)n)));
            return new Filter($"{sql} AND f.rule IN ({(chosen.Count == 0 ? "''" : string.Join(", ", chosen.Select((_, i) => $"@rule{i}")))})", [.. values]);
        }
    }
}
