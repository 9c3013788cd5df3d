using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Formats;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Registration;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Cards;

/// <summary>A row that was not taken.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Code">Which rule.</param>
/// <param name="Text">What is wrong with it.</param>
internal sealed record CarryOverProblem(int Line, string Code, string Text);

/// <summary>What came of a file of renewals.</summary>
/// <param name="Carried">Bindings that go on under the new number.</param>
/// <param name="Unknown">Old numbers that nobody registered, or that were carried over before.</param>
/// <param name="Problems">Rows that were not taken; nothing of them was done.</param>
internal sealed record CarryOverReport(int Carried, int Unknown, IReadOnlyList<CarryOverProblem> Problems);

/// <summary>
/// 新旧シリアル番号の引継ぎ: who renewed their certificate does not register again. The pairs come from the authorities' side; how they really come is not
/// published, so this door and its CSV are the seam. Taking a file twice does nothing twice.
/// </summary>
internal sealed class CarryOver(DbSession session, Cards cards, CardAnswers answers, Coverages coverages, Audit audit)
{
    private const string Header = "旧発行者,旧シリアル番号,新発行者,新シリアル番号";
    private const int BatchRows = 500;
    private const int IssuerLength = 64;
    private const int LongestSerial = 40;
    private const int MostProblems = 1000;

    private sealed record Renewal(int Line, string OldIssuer, string OldSerial, string NewIssuer, string NewSerial);

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints
        .MapPost("/eligibility/cards/renewals", async (HttpRequest request, CarryOver carry, ICurrentActor current, CancellationToken ct) =>
            (await carry.Run(current.Actor, request.Body, ct)).ToResult(report => Results.Json(report, SiteJson.Options)))
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(1L << 30))
        .Takes<Stream>("text/csv")
        .Produces<CarryOverReport>()
        .WithSummary("更新された証明書の新旧シリアル番号（CSV）による引継ぎ")
        .Requires(Permission.ManageCards)
        .Audits(AuditKind.CardRegistered);

    /// <summary>Takes a file, some hundred rows to a transaction.</summary>
    public async ValueTask<Outcome<CarryOverReport>> Run(Actor by, Stream content, CancellationToken ct)
    {
        var (report, batch, line) = (new CarryOverReport(0, 0, []), new List<Renewal>(), 0);
        var problems = new List<CarryOverProblem>();
        await foreach (var bytes in FileLines.Of(content, ct))
        {
            var text = bytes is null ? "" : Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF');
            if (++line == 1)
            {
                if (text != Header)
                {
                    return Refusals.BadRenewals;
                }
            }
            else if (Row(line, text) is { } row)
            {
                batch.Add(row);
            }
            else if (text.Length > 0 && problems.Count < MostProblems)
            {
                problems.Add(new(line, Refusals.BadRenewal.Code, Refusals.BadRenewal.Text + Refusals.BadRenewal.Remedy));
            }

            if (batch.Count == BatchRows)
            {
                report = await Take(by, batch, report, problems, ct);
                batch.Clear();
            }
        }

        return line == 0 ? Refusals.BadRenewals : await Take(by, batch, report, problems, ct) with { Problems = problems };
    }

    private async ValueTask<CarryOverReport> Take(Actor by, List<Renewal> batch, CarryOverReport so, List<CarryOverProblem> problems, CancellationToken ct)
    {
        if (batch.Count == 0)
        {
            return so;
        }

        var (carried, unknown) = (so.Carried, so.Unknown);
        await session.Write(ct);
        foreach (var row in batch)
        {
            if (await cards.Find(row.OldIssuer, row.OldSerial, ct) is not { } old)
            {
                unknown++;
                continue;
            }

            var taken = await cards.Find(row.NewIssuer, row.NewSerial, ct);
            if (taken is not null && !(await coverages.OfPerson(taken.Person, null, ct)).Exists(r => r.Person == old.Person))
            {
                problems.Add(new(row.Line, Refusals.BadRenewal.Code, "新しいシリアル番号は、別の人に登録されています。認証局側に確認してください。"));
                continue;
            }

            await cards.End(old, CardEnd.Renewed, ct);
            var card = taken ?? await cards.Bind(old.Person, row.NewIssuer, row.NewSerial, ct);
            carried++;
            var whose = await answers.Latest(old.Person, ct) is { } coverage ? Inquiry.Disclosure.Subject(coverage) : null;
            await audit.Record(new AuditEvent(AuditKind.CardRegistered, card.Id.ToString("D"), $"carried over from {old.Id:D}") { By = by, Whose = whose }, ct);
        }

        await session.Commit(ct);
        return so with { Carried = carried, Unknown = unknown };
    }

    private static Renewal? Row(int line, string text)
    {
        var cells = new CsvLine();
        return cells.Read(text) && cells.Texts().Select(c => c.Trim().ToLowerInvariant()).ToList() is [var oldIssuer, var oldSerial, var newIssuer, var newSerial]
            && IsHex(oldIssuer, IssuerLength) && IsHex(newIssuer, IssuerLength) && Serial(oldSerial) is { } from && Serial(newSerial) is { } to && (oldIssuer, from) != (newIssuer, to)
            ? new Renewal(line, oldIssuer, from, newIssuer, to)
            : null;
    }

    private static string? Serial(string text) => text.Length is > 0 and <= LongestSerial && IsHex(text, text.Length) && text.TrimStart('0') is { Length: > 0 } serial ? serial : null;

    private static bool IsHex(string text, int length) => text.Length == length && text.All(char.IsAsciiHexDigit);
}
