using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>The same 一括 for programs that speak JSON: one job, one worker, one retention. Scoped.</summary>
internal sealed class BulkDoor(BulkIntake intake, BulkResults results, Audit audit) : IBulkInquiries
{
    /// <summary>The kind of the interface whose jobs these are.</summary>
    public const string Kind = "OQSmuquc";

    public ValueTask<Outcome<BulkState>> Submit(Actor by, BulkInquiry inquiry, CancellationToken ct) => Submit(by, inquiry, _ => "", ct);

    public ValueTask<Outcome<BulkAnswers<BulkAnswer>>> Result(Actor by, string number, CancellationToken ct) => Result(by, number, _ => "", ct);

    /// <summary><paramref name="prove"/> makes the answer and gives the digest of what proves it.</summary>
    public async ValueTask<Outcome<BulkState>> Submit(Actor by, BulkInquiry inquiry, Func<BulkState, string> prove, CancellationToken ct)
    {
        if (inquiry.Rows.Count == 0)
        {
            return by.May(Permission.InquireEligibility) ? Refusals.NoRows : Refusals.NotAllowed;
        }

        var on = intake.On(inquiry.On);
        return BulkInquiries.Upload(new BulkRows<InquiryRow>([.. inquiry.Rows.Select(Row)])).Refused(out var refusal, out var upload)
            ? refusal
            : await Take(by, Kind, new BulkHead(BulkBy.Of(by), on), upload, inquiry with { On = on }, prove, ct);
    }

    /// <summary>The same; nothing is recorded while there are no answers.</summary>
    public ValueTask<Outcome<BulkAnswers<BulkAnswer>>> Result(Actor by, string number, Func<BulkAnswers<BulkAnswer>, string> prove, CancellationToken ct) =>
        Result(by, Kind, number, part => BulkInquiries.Answered(part).Select(a => a.Answer), prove, ct);

    /// <summary>Takes a list of whatever kind. Commits; EL-0101, EL-0103, EL-0307, EL-0308.</summary>
    public async ValueTask<Outcome<BulkState>> Take<TQuestion>(
        Actor by, string kind, BulkHead head, BulkUpload upload, TQuestion question, Func<BulkState, string> prove, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(question, SiteJson.Options);
        return (await intake.Take(by, kind, head, upload, bytes, job => prove(job.State), ct)).Refused(out var refusal, out var job) ? refusal : job.State;
    }

    /// <summary>How far one of whatever kind has come. Commits its event once it is finished; EL-0101, EL-0309, EL-0310.</summary>
    public async ValueTask<Outcome<BulkAnswers<TAnswer>>> Result<TAnswer>(
        Actor by, string kind, string number, Func<BulkPart, IEnumerable<TAnswer>> answers, Func<BulkAnswers<TAnswer>, string> prove, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if ((await results.Fetch(by.Organisation, kind, number.Trim(), ct)).Refused(out var refusal, out var found))
        {
            return refusal;
        }

        var (job, head, parts) = found;
        var result = new BulkAnswers<TAnswer>(job.State, head.On, [.. parts.SelectMany(answers)]);
        var proof = prove(result);
        if (job.Finished is not null)
        {
            await audit.Alone(new AuditEvent(AuditKind.BulkRead, job.Number, $"{job.Kind} {proof}".TrimEnd()) { By = by }, ct);
        }

        return result;
    }

    /// <summary>One person a line.</summary>
    public static BulkInquiry Lines(byte[] body, DateOnly? on) => new()
    {
        On = on,
        Rows = [.. Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => Json.Read<BulkInquiryRow>(Encoding.UTF8.GetBytes(l)))],
    };

    private static InquiryRow Row(BulkInquiryRow row) => Coverages.IsComplete(row.Card)
        ? new InquiryRow(row)
        : new InquiryRow(row, Refusals.KeysIncomplete.Code, Refusals.KeysIncomplete.Text + Refusals.KeysIncomplete.Remedy);
}
