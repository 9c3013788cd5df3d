using Sekisho.Contracts.Claims;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Judging;

/// <summary>
/// Keeps, per reception and check, how the check fared: one row each, so that nobody waits for anybody. Counts are set from what is stored, never added up,
/// and always in the transaction of what changed them. Scoped.
/// </summary>
internal sealed class Tally(DbSession session)
{
    private static readonly string[] _columns =
        ["reception", "rule", "severity", "recipient", "month", "editions", "rule_list", "fired", "claims"];

    private string Prefix => session.Prefix("claims");

    /// <summary>The month a reception is counted in: of its receiving, which no file can write.</summary>
    public static YearMonth MonthOf(ReceptionRow reception) => YearMonth.Of(DateOnly.FromDateTime(reception.BusinessAt.DateTime));

    /// <summary>The check has spoken; what the claims correct has been sent again.</summary>
    public async Task Begin(ReceptionRow reception, CheckedFile file, IReadOnlyList<Finding> findings, CancellationToken ct)
    {
        var times = file.Times();
        object recipient = session.Provider == DatabaseProvider.PostgreSql ? reception.Recipient.Value : reception.Recipient.ToString();
        var rows = findings.GroupBy(f => f.Rule.Number).Select(g => new object?[]
        {
            reception.Number, g.Key, g.First().Rule.Severity.ToString(), recipient, MonthOf(reception).ToString(), string.Join(' ', file.Report.Editions),
            file.Report.RuleListHash, times.GetValueOrDefault(g.Key), g.DistinctBy(f => f.Place.Claim).Count(),
        });
        await Bulk.Insert(session, "tally", _columns, [.. rows], ct);
        await Resent(reception.Number, ct);
    }

    /// <summary>取消: none of its claims is claimed, and what they corrected is open again.</summary>
    public async Task Cancelled(string reception, CancellationToken ct)
    {
        await session.Execute($"UPDATE {Prefix}tally SET cancelled = claims WHERE reception = @reception", ct, ("reception", reception));
        await Resent(reception, ct);
    }

    /// <summary>請求確定: what is claimed now is claimed with its findings standing.</summary>
    public async Task Confirmed(string reception, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Prefix}tally SET stood = (
            SELECT COUNT(DISTINCT f.claim) FROM {Prefix}finding f LEFT JOIN {Prefix}claim c ON c.reception = f.reception AND c.ordinal = f.claim
            WHERE f.reception = @reception AND f.rule = {Prefix}tally.rule AND (f.claim = 0 OR c.state = '{nameof(ClaimState.Accepted)}'))
        WHERE reception = @reception
        """,
        ct,
        ("reception", reception));

    /// <summary>Somebody has judged.</summary>
    public async Task Judged(string reception, string rule, CancellationToken ct)
    {
        var count = (JudgingSide side, Verdict verdict) =>
            $"(SELECT COUNT(*) FROM {Prefix}judgement j WHERE j.reception = @reception AND j.rule = @rule AND j.side = '{side}' AND j.verdict = '{verdict}')";
        await session.Execute(
            $"""
            UPDATE {Prefix}tally SET
                payer_right = {count(JudgingSide.Payer, Verdict.Right)}, payer_wrong = {count(JudgingSide.Payer, Verdict.Wrong)},
                institution_right = {count(JudgingSide.Institution, Verdict.Right)}, institution_wrong = {count(JudgingSide.Institution, Verdict.Wrong)}
            WHERE reception = @reception AND rule = @rule
            """,
            ct,
            ("reception", reception),
            ("rule", rule));
    }

    // Of the receptions that this one's claims correct.
    private async Task Resent(string by, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {Prefix}tally SET resent = (
            SELECT COUNT(DISTINCT f.claim) FROM {Prefix}finding f JOIN {Prefix}claim n ON n.corrects = f.reception AND n.corrects_ordinal = f.claim
            WHERE f.reception = {Prefix}tally.reception AND f.rule = {Prefix}tally.rule AND n.state NOT IN ('Rejected', 'Dropped'))
        WHERE reception IN (SELECT corrects FROM {Prefix}claim WHERE reception = @by AND corrects IS NOT NULL)
        """,
        ct,
        ("by", by));
}
