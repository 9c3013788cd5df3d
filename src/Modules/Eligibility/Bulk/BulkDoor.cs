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

/// <summary>The same 資格確認一括照会 for programs that speak JSON: one job, one worker, one retention. Scoped.</summary>
internal sealed class BulkDoor(BulkIntake intake, BulkJobs jobs, Audit audit) : IBulkInquiries
{
    /// <summary>The kind of the interface whose jobs these are.</summary>
    public const string Kind = "OQSmuquc";

    public ValueTask<Outcome<BulkState>> Submit(Actor by, BulkInquiry inquiry, CancellationToken ct) => Submit(by, inquiry, _ => "", ct);

    public ValueTask<Outcome<BulkInquiryResult>> Result(Actor by, string number, CancellationToken ct) => Result(by, number, _ => "", ct);

    /// <summary><paramref name="prove"/> makes the answer and gives the digest of what proves it.</summary>
    public async ValueTask<Outcome<BulkState>> Submit(Actor by, BulkInquiry inquiry, Func<BulkState, string> prove, CancellationToken ct)
    {
        if (Fault(by, inquiry.Rows.Count) is { } fault)
        {
            return fault;
        }

        var head = new BulkHead(BulkBy.Of(by), intake.On(inquiry.On));
        var upload = BulkInquiries.Upload(new BulkRows<InquiryRow>([.. inquiry.Rows.Select(Row)]));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(inquiry with { On = head.On }, SiteJson.Options);
        return (await intake.Take(by, Kind, head, upload, bytes, job => prove(job.State), ct)).Refused(out var refusal, out var job) ? refusal : job.State;
    }

    /// <summary>The same; nothing is recorded while there are no answers.</summary>
    public async ValueTask<Outcome<BulkInquiryResult>> Result(Actor by, string number, Func<BulkInquiryResult, string> prove, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        if ((await jobs.Fetch(by.Organisation, Kind, number.Trim(), ct)).Refused(out var refusal, out var found))
        {
            return refusal;
        }

        var (job, head, parts) = found;
        var result = new BulkInquiryResult(job.State, head.On, [.. parts.SelectMany(BulkInquiries.Answered).Select(a => a.Answer)]);
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

    private static Refusal? Fault(Actor by, int rows) =>
        !by.May(Permission.InquireEligibility) ? Refusals.NotAllowed : rows == 0 ? Refusals.NoRows : rows > MessageLimits.Rows ? Refusals.TooManyRows : null;

    private static InquiryRow Row(BulkInquiryRow row) => Coverages.IsComplete(row.Card)
        ? new InquiryRow(row)
        : new InquiryRow(row, Refusals.KeysIncomplete.Code, Refusals.KeysIncomplete.Text + Refusals.KeysIncomplete.Remedy);
}
