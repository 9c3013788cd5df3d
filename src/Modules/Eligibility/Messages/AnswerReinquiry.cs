using System.Globalization;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.People;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsihvq01, OQSsionq01: 再照会 by 券面 with a consent in force. Refusals are recorded, too.</summary>
internal sealed class AnswerReinquiry(DbSession session, MemberOf members, Reinquiry reinquiry, Audit audit, IBusinessTime business, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var search = request.Message.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        var on = request.Message.ReadHeader<OqsHeader>().QualificationConfirmationDate ?? today;
        if (Ask.DayFault(on, today) is { } fault)
        {
            return fault;
        }

        var card = QualificationMapping.Card(search);
        await session.Read(ct);
        var refused = (await members.Find(card, ct)).Refused(out var refusal, out var member);
        Outcome<(CardAnswer Answer, DataSubject? Whose)> found = refused
            ? refusal!
            : await reinquiry.Of(request.By.Organisation, member!.Person, Reinquiry.Care(request.Name.Kind)!.Value, on, ct);
        await session.Rollback();
        if (found.Refused(out refusal, out var judged))
        {
            await Record(request, Guid.CreateVersion7(), refusal.Code, Disclosure.Subject(card), ct);
            return refusal;
        }

        var result = Write(request, search, judged.Answer);
        await Record(
            request, judged.Answer.Id, string.Create(CultureInfo.InvariantCulture, $"{judged.Answer.Code} {request.Prove(result)}").TrimEnd(), judged.Whose ?? Disclosure.Subject(card), ct);
        return new MessageResult(result);
    }

    private async ValueTask Record(MessageRequest request, Guid id, string result, DataSubject whose, CancellationToken ct)
    {
        await audit.Alone(new AuditEvent(AuditKind.EligibilityInquired, id.ToString("D"), result) { By = request.By, Whose = whose }, ct);
    }

    private byte[] Write(MessageRequest request, QualificationConfirmSearchInfo search, CardAnswer answer) => request.Write(
        request.Header(time.GetUtcNow()) with { QualificationConfirmationDate = answer.On },
        new QualificationResult
        {
            QualificationConfirmSearchInfo = search with { MedicalTreatmentFlag = null },
            ProcessingResultStatus = ProcessingResultStatus.正常,
            ProcessingResultMessage = answer.Validity == Validity.Valid ? "" : answer.Text + "。" + answer.Advice,
            QualificationValidity = (QualificationValidity?)answer.Code,
            ResultList = [.. answer.Coverages.Select(c => FaceFile.Result(answer, c))],
        });
}
