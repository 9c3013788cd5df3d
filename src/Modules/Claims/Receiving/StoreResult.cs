using System.Text.Json;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Claims.Judging;
using Sekisho.Modules.Claims.Registry;
using Sekisho.Modules.Claims.Viewing;
using Sekisho.Platform;
using Sekisho.Platform.Data;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Claims.Receiving;

/// <summary>Makes the result of a check true: reception, claims, findings, history and the transmission to the institution, in one transaction.</summary>
internal sealed class StoreResult(DbSession session, Receptions receptions, Transitions transitions, Examine examine, Tally tally, IExchange exchange)
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
        while (true)
        {
            var same = await session.InReading(async () => await examine.SameBytes(reception.Number, reception.Sender, reception.Sha256, ct), ct);
            file.HasSameBytesAs(same);
            var judged = Judged(reception, file);

            // Without a transaction the exchange stores and signs the result first and begins the writing transaction afterwards: it stays short.
            await Post(judged, file, ct);
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

            if (await examine.SameBytes(current.Number, current.Sender, current.Sha256, ct) != same)
            {
                await session.Rollback();
                continue;
            }

            if ((await transitions.Take(current, file.IsRejected ? Act.Reject : Act.Check, null, "", ct)).Refused(out _, out _))
            {
                await session.Rollback();
                return false;
            }

            await Write(judged, file, ct);
            FaultPoints.Pass("claims.check.written");
            await session.Commit(ct);
            FaultPoints.Pass("claims.check.committed");
            return true;
        }
    }

    private async Task Write(ReceptionRow judged, CheckedFile file, CancellationToken ct)
    {
        var findings = file.Findings();
        await WriteReception(judged, file, ct);
        await Bulk.Insert(session, "claim", _claimColumns, [.. file.Claims().Select(c => Row(judged.Number, c))], ct);
        await Bulk.Insert(session, "rule", _ruleColumns, Rules(judged.Number, findings, file.Times()), ct);
        await Bulk.Insert(session, "finding", _findingColumns, [.. findings.Select((f, i) => Row(judged.Number, i + 1, f))], ct);
        await tally.Begin(judged, file, findings, ct);
    }

    /// <summary>The reception as it will stand.</summary>
    private static ReceptionRow Judged(ReceptionRow reception, CheckedFile file)
    {
        var header = file.FileHeader;
        var claims = file.Claims();
        return reception with
        {
            Institution = header is null ? "" : Claimant.CodeOf(header),
            InstitutionName = file.Institution?.Name ?? header?.InstitutionName ?? "",
            Payer = header is { Payer.Length: > 0 } && !file.IsRejected ? Claimant.PayerOf(header) : reception.Payer,
            Month = YearMonth.TryParse(header?.BillingMonth, out var month) ? month : null,
            State = file.IsRejected ? ReceptionState.Rejected : ReceptionState.Checked,
            Claims = claims.Count,
            Rejected = claims.Count(c => c.State == ClaimState.Rejected),
            Points = file.Report.Points,
            Findings = file.Times().Values.Sum(),
            Worst = file.Worst(),
            NotRun = JsonSerializer.Serialize(file.Report.NotRun, SiteJson.Options),
        };
    }

    private async Task WriteReception(ReceptionRow judged, CheckedFile file, CancellationToken ct) => await session.Execute(
        $"""
        UPDATE {session.Prefix("claims")}reception SET owner = {Owner}, institution = @institution, institution_name = @name, payer = @payer, month = @month,
            volume = @volume, claims = @claims, rejected = @rejected, points = @points, findings = @findings, worst = {Text("worst")},
            editions = @editions, rule_list = @rules, not_run = @notrun
        WHERE number = @number
        """,
        ct,
        ("number", judged.Number),
        ("owner", file.Institution?.Organisation.Value),
        ("institution", judged.Institution),
        ("name", judged.InstitutionName),
        ("payer", judged.Payer),
        ("month", file.FileHeader?.BillingMonth ?? ""),
        ("volume", file.FileHeader?.Volume ?? ""),
        ("claims", judged.Claims),
        ("rejected", judged.Rejected),
        ("points", judged.Points),
        ("findings", judged.Findings),
        ("worst", judged.Worst?.ToString()),
        ("editions", string.Join(' ', file.Report.Editions)),
        ("rules", file.Report.RuleListHash),
        ("notrun", judged.NotRun));

    private string Owner => session.Provider == DatabaseProvider.PostgreSql ? "CAST(@owner AS UUID)" : "@owner";

    private static string Text(string name) => $"CAST(@{name} AS TEXT)";

    private async Task Post(ReceptionRow judged, CheckedFile file, CancellationToken ct)
    {
        var noted = file.Claims().Where(c => c.Findings > 0 || c.State != ClaimState.Accepted).Select(c => new ClaimRow(c.Entry, c.State, c.Findings)).ToList();
        var result = new ReceptionResult(judged.View(), noted, file.Findings(), file.Report.NotRun);
        using var document = new MemoryStream(ResultDocument.Of(result));
        var posting = new Posting(
            StableId.Of("reception-result:" + judged.Transmission),
            judged.Recipient,
            judged.Sender,
            TransmissionKinds.ReceptionResult,
            $"reception-{judged.Number}.json",
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
