using System.Text.Json;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>Makes the result of a check true: reception, claims, findings, history and the transmission to the institution, in one transaction.</summary>
internal sealed class StoreResult(DbSession session, Receptions receptions, Transitions transitions, IExchange exchange)
{
    private const long AdvisoryLock = 0x53454B4953484F10;

    private static readonly string[] _claimColumns =
    [
        "reception", "ordinal", "number", "line", "lines", "start", "length", "kind", "treatment_month", "insurer", "public_payers", "payers", "points",
        "worst", "findings", "state", "corrects", "corrects_ordinal",
    ];

    private static readonly string[] _ruleColumns = ["reception", "number", "severity", "title", "clause", "remedy", "times"];

    private static readonly string[] _findingColumns = ["reception", "sequence", "rule", "line", "claim", "record", "item", "name", "value", "message"];

    /// <summary>False when another node was faster.</summary>
    public async Task<bool> Run(ReceptionRow reception, CheckedFile file, CancellationToken ct)
    {
        await session.Write(ct);
        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            // Two copies of the same file must not pass each other.
            await session.Execute("SELECT pg_advisory_xact_lock(@key)", ct, ("key", AdvisoryLock));
        }

        if (await receptions.Find(reception.Number, ct) is not { State: ReceptionState.Received } current)
        {
            await session.Rollback();
            return false;
        }

        await JudgeBytes(current, file, ct);
        var act = file.IsRejected ? Act.Reject : Act.Check;
        if ((await transitions.Take(current, act, null, "", ct)).Refused(out _, out _))
        {
            await session.Rollback();
            return false;
        }

        var claims = file.Claims();
        var findings = file.Findings();
        await WriteReception(current, file, claims, ct);
        await Bulk.Insert(session, "claim", _claimColumns, [.. claims.Select(c => Row(current.Number, c))], ct);
        await Bulk.Insert(session, "rule", _ruleColumns, Rules(current.Number, findings, file.Times()), ct);
        await Bulk.Insert(session, "finding", _findingColumns, [.. findings.Select((f, i) => Row(current.Number, i + 1, f))], ct);
        await Post(current, file, claims, findings, ct);
        FaultPoints.Pass("claims.check.written");
        await session.Commit(ct);
        FaultPoints.Pass("claims.check.committed");
        return true;
    }

    private async Task JudgeBytes(ReceptionRow reception, CheckedFile file, CancellationToken ct)
    {
        var same = await receptions.Where(
            "r.sha256 = @sha256 AND r.number <> @number AND r.state NOT IN ('Received', 'Rejected', 'Cancelled')",
            ct,
            ("sha256", reception.Sha256),
            ("number", reception.Number));
        if (same.Count > 0 && same[0].Sender == reception.Sender)
        {
            file.Add([new Finding(ReceptionRules.SameBytes, new Place(0, 0, "", 0, ""), "", $"受付番号 {same[0].Number} と同じ内容です。")]);
        }
    }

    private async Task WriteReception(ReceptionRow reception, CheckedFile file, IReadOnlyList<CheckedClaim> claims, CancellationToken ct)
    {
        var header = file.FileHeader;
        await session.Execute(
            $"""
            UPDATE {session.Prefix("claims")}reception SET owner = {Owner}, institution = @institution, institution_name = @name, payer = @payer, month = @month,
                volume = @volume, claims = @claims, rejected = @rejected, points = @points, findings = @findings, worst = {Text("worst")},
                editions = @editions, rule_list = @rules, not_run = @notrun
            WHERE number = @number
            """,
            ct,
            ("number", reception.Number),
            ("owner", file.Institution?.Organisation.Value),
            ("institution", header is null ? "" : Claimant.CodeOf(header)),
            ("name", file.Institution?.Name ?? header?.InstitutionName ?? ""),
            ("payer", header is { Payer.Length: > 0 } && !file.IsRejected ? Claimant.PayerOf(header) : reception.Payer),
            ("month", header?.BillingMonth ?? ""),
            ("volume", header?.Volume ?? ""),
            ("claims", claims.Count),
            ("rejected", claims.Count(c => c.State == ClaimState.Rejected)),
            ("points", file.Report.Points),
            ("findings", file.Times().Values.Sum()),
            ("worst", file.Worst()?.ToString()),
            ("editions", string.Join(' ', file.Report.Editions.Concat(file.Report.Masters.Select(m => $"{m.Kind}/{m.Date}/{m.Sha256}")))),
            ("rules", file.Report.RuleListHash),
            ("notrun", JsonSerializer.Serialize(file.Report.NotRun, SiteJson.Options)));
    }

    private string Owner => session.Provider == DatabaseProvider.PostgreSql ? "CAST(@owner AS UUID)" : "@owner";

    private static string Text(string name) => $"CAST(@{name} AS TEXT)";

    private async Task Post(ReceptionRow reception, CheckedFile file, IReadOnlyList<CheckedClaim> claims, IReadOnlyList<Finding> findings, CancellationToken ct)
    {
        var stored = await receptions.Find(reception.Number, ct) ?? throw new InvalidOperationException(reception.Number);
        var noted = claims.Where(c => c.Findings > 0 || c.State != ClaimState.Accepted).Select(c => new ClaimRow(c.Entry, c.State, c.Findings)).ToList();
        var result = new ReceptionResult(stored.View(), noted, findings, file.Report.NotRun);
        using var document = new MemoryStream(ResultDocument.Of(result));
        var posting = new Posting(
            StableId.Of("reception-result:" + reception.Transmission),
            reception.Recipient,
            reception.Sender,
            TransmissionKinds.ReceptionResult,
            $"reception-{reception.Number}.json",
            Classification.StrictlyConfidential);
        await exchange.Post(posting, document, ct);
    }

    private static object?[] Row(string number, CheckedClaim claim)
    {
        var e = claim.Entry;
        return
        [
            number, e.Ordinal, e.Number, e.Line, e.Lines, e.Offset, e.Length, e.Kind, e.TreatmentMonth, e.Insurer, string.Join(' ', e.PublicPayers), e.Payers,
            e.Points, e.Worst?.ToString(), claim.Findings, claim.State.ToString(), claim.Corrects?.Reception, claim.Corrects?.Ordinal,
        ];
    }

    private static object?[] Row(string number, int sequence, Finding finding)
    {
        var place = finding.Place;
        return [number, sequence, finding.Rule.Number, place.Line, place.Claim, place.Record, place.Item, place.Name, finding.Value, finding.Message];
    }

    private static List<object?[]> Rules(string number, IReadOnlyList<Finding> findings, IReadOnlyDictionary<string, int> times) =>
    [
        .. findings.Select(f => f.Rule).DistinctBy(r => r.Number).Select(rule => new object?[]
        {
            number, rule.Number, rule.Severity.ToString(), rule.Title, rule.Clause, rule.Remedy, times.GetValueOrDefault(rule.Number),
        }),
    ];
}
