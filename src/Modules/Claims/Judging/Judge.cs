using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Judging;

/// <summary>A person says of a check's findings: 指摘どおり, or 正当 (the check needs another look). The latest word of each side holds, every word is kept.</summary>
internal sealed class Judge(DbSession session, Receptions receptions, Tally tally, Audit audit, TimeProvider time)
{
    private const int MostAtOnce = 500;

    private string Prefix => session.Prefix("claims");

    /// <summary>Body of the request.</summary>
    internal sealed record Request(Verdict Verdict, string? Reason, IReadOnlyList<FindingOn>? Findings);

    private sealed record Word(Actor By, string Rule, Verdict Verdict, string Reason);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/claims/checks/{rule}/judgements", async (string rule, HttpRequest http, IClaimChecks checks, ICurrentActor current, CancellationToken ct) =>
        {
            var request = await http.ReadFromJsonAsync<Request>(SiteJson.Options, ct) ?? throw new BadHttpRequestException("JSON expected");
            return (await checks.Judge(current.Actor, rule, request.Verdict, request.Reason ?? "", request.Findings ?? [], ct))
                .ToResult(changed => Results.Json(new { changed }, SiteJson.Options));
        })
        .OpenToMembers("審査支払機関の審査と医療機関の請求確定の権限がある者が、見える受付の指摘だけを判断する")
        .Audits(AuditKind.FindingJudged);

    public async ValueTask<Outcome<int>> Run(Actor by, string rule, Verdict verdict, string reason, IReadOnlyList<FindingOn> findings, CancellationToken ct)
    {
        var word = new Word(by, rule, verdict, Reasons.Clean(reason));
        if (Against(word, findings) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        var changed = 0;
        foreach (var reception in findings.Distinct().GroupBy(f => f.Reception).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if ((await Of(word, reception.Key, [.. reception.Select(f => f.Ordinal).Order()], ct)).Refused(out var no, out var count))
            {
                await session.Rollback();
                return no;
            }

            changed += count;
        }

        await session.Commit(ct);
        return changed;
    }

    private static Refusal? Against(Word word, IReadOnlyList<FindingOn> findings) =>
        !word.By.May(Permission.ConfirmClaims) && !word.By.May(Permission.ReviewClaims) ? Refusals.NotPermitted
        : findings.Count == 0 ? Refusals.NothingToJudge
        : findings.Count > MostAtOnce ? Refusals.TooManyToJudge
        : word.Reason.Length > Reasons.Longest ? Refusals.ReasonTooLong
        : null;

    private async Task<Outcome<int>> Of(Word word, string number, List<int> ordinals, CancellationToken ct)
    {
        if (await receptions.Find(word.By, Sides.Judging(word.By), number, ct) is not { } reception)
        {
            return Refusals.NoReception;
        }

        // Two people may judge the same list: the second waits here until the first is done.
        await session.Execute($"UPDATE {Prefix}tally SET fired = fired WHERE reception = @reception AND rule = @rule", ct, ("reception", number), ("rule", word.Rule));
        var fired = (await session.Query(
            $"SELECT DISTINCT claim FROM {Prefix}finding WHERE reception = @reception AND rule = @rule",
            r => r.GetInt32(0),
            ct,
            ("reception", number),
            ("rule", word.Rule))).ToHashSet();
        if (!ordinals.TrueForAll(fired.Contains))
        {
            return Refusals.NoSuchFinding;
        }

        var side = reception.Recipient == word.By.Organisation && word.By.May(Permission.ReviewClaims) ? JudgingSide.Payer : JudgingSide.Institution;
        var changed = await Write(word, side, number, ordinals, ct);
        if (changed.Count > 0)
        {
            await tally.Judged(number, word.Rule, ct);
            await audit.Record(
                word.By, AuditKind.FindingJudged, number, string.Create(CultureInfo.InvariantCulture, $"{word.Rule} {side} {word.Verdict} {string.Join(',', changed)}"), ct);
        }

        return changed.Count;
    }

    private async Task<List<int>> Write(Word word, JudgingSide side, string number, List<int> ordinals, CancellationToken ct)
    {
        var said = (await session.Query(
            $"SELECT claim, verdict, reason FROM {Prefix}judgement WHERE reception = @reception AND rule = @rule AND side = @side",
            r => (Claim: r.GetInt32(0), Word: (r.GetString(1), r.GetString(2))),
            ct,
            ("reception", number),
            ("rule", word.Rule),
            ("side", side))).ToDictionary(w => w.Claim, w => w.Word);
        var changed = new List<int>();
        foreach (var ordinal in ordinals)
        {
            var before = said.TryGetValue(ordinal, out var known) ? known : ((string, string)?)null;
            if (word.Verdict == Verdict.Withdrawn ? before is null : before == (word.Verdict.ToString(), word.Reason))
            {
                continue;
            }

            await Say(word, side, number, ordinal, ct);
            changed.Add(ordinal);
        }

        return changed;
    }

    private async Task Say(Word word, JudgingSide side, string number, int ordinal, CancellationToken ct)
    {
        (string, object?)[] values =
        [
            ("reception", number), ("rule", word.Rule), ("claim", ordinal), ("side", side), ("verdict", word.Verdict), ("reason", word.Reason),
            ("organisation", word.By.Organisation.Value), ("person", word.By.Person?.Value), ("at", time.Now()),
        ];
        var history = Prefix + "judgement_history";
        await session.Execute(
            $"""
            INSERT INTO {history} (reception, rule, claim, side, sequence, verdict, reason, organisation, person, at) VALUES (@reception, @rule, @claim, @side,
                (SELECT COUNT(*) + 1 FROM {history} WHERE reception = @reception AND rule = @rule AND claim = @claim AND side = @side),
                @verdict, @reason, @organisation, @person, @at)
            """,
            ct,
            values);
        await session.Execute(
            word.Verdict == Verdict.Withdrawn
                ? $"DELETE FROM {Prefix}judgement WHERE reception = @reception AND rule = @rule AND claim = @claim AND side = @side"
                : $"""
                INSERT INTO {Prefix}judgement (reception, rule, claim, side, verdict, reason, organisation, person, at)
                VALUES (@reception, @rule, @claim, @side, @verdict, @reason, @organisation, @person, @at)
                ON CONFLICT (reception, rule, claim, side) DO UPDATE SET
                    verdict = excluded.verdict, reason = excluded.reason, organisation = excluded.organisation, person = excluded.person, at = excluded.at
                """,
            ct,
            word.Verdict == Verdict.Withdrawn ? values[..4] : values);
    }
}
