using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Modules.Eligibility.References;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>A 照会番号 to register, or what is wrong with the row.</summary>
internal sealed record ReferenceRow(ReferenceNumberRegistrationInfo Asked, string Code = "", string Text = "");

/// <summary>What became of it: nothing to say, or why it was not registered.</summary>
internal sealed record ReferenceAnswer(string Code, string Text);

/// <summary>照会番号一括登録 (OQSmuimm).</summary>
internal sealed class BulkReferences(MemberOf members, RegisterReference references, Audit audit) : BulkKind<ReferenceRow, ReferenceAnswer>(audit)
{
    protected override ValueTask<Outcome<BulkRows<ReferenceRow>>> Rows(Actor by, OqsMessage upload, CancellationToken ct) => ValueTask.FromResult<Outcome<BulkRows<ReferenceRow>>>(
        new BulkRows<ReferenceRow>(
            [.. MessageFaults.Rows(upload, "ReferenceNumberRegistrationInfo").Select(r => Row(r.Row.ReadBody<ReferenceRegistration>().ReferenceNumberRegistrationInfo[0], r.Fault))]));

    protected override async ValueTask<(ReferenceAnswer Answer, AuditEvent? Looked)> Answer(BulkTurn turn, int number, ReferenceRow row, CancellationToken ct)
    {
        if (row.Code.Length > 0)
        {
            return (new ReferenceAnswer(row.Code, row.Text), null);
        }

        var card = AnswerReference.Card(row.Asked);
        var proof = string.Create(CultureInfo.InvariantCulture, $"{turn.Job.Number}:{number}");
        var kept = await references.Keep(turn.By, await AnswerReference.Find(members, card, ct), row.Asked.ReferenceNumber, Disclosure.Subject(card), proof, ct);
        return (kept.Refused(out var refusal, out _) ? new ReferenceAnswer(refusal.Code, refusal.Text + refusal.Remedy) : new ReferenceAnswer("", ""), null);
    }

    protected override bool IsError(ReferenceAnswer answer) => answer.Code.Length > 0;

    protected override object Body(IEnumerable<(ReferenceRow Row, ReferenceAnswer Answer)> answered) => new BulkReferenceResult
    {
        BulkRegistrationUnit = [.. answered.Select(a => new BulkRegistrationUnit
        {
            ReferenceNumberRegistrationInfo = a.Row.Asked,
            ProcessingResultStatus = IsError(a.Answer) ? ProcessingResultStatus.エラー : ProcessingResultStatus.正常,
            ProcessingResultCode = IsError(a.Answer) ? OqsFailure.Mark + a.Answer.Code : "",
            ProcessingResultMessage = a.Answer.Text,
        })],
    };

    private static ReferenceRow Row(ReferenceNumberRegistrationInfo asked, Refusal? fault) =>
        fault is null ? new ReferenceRow(asked) : new ReferenceRow(asked, fault.Code, fault.Text + fault.Remedy);
}
