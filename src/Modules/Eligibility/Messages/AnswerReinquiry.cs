using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsihvq01, OQSsionq01: 再照会 as a file.</summary>
internal sealed class AnswerReinquiry(AskAgain again, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var search = request.Message.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();
        var asked = new AgainAsked
        {
            Card = QualificationMapping.Card(search),
            Care = Reinquiry.Care(request.Name.Kind)!.Value,
            On = request.Message.ReadHeader<OqsHeader>().QualificationConfirmationDate,
        };
        byte[] result = [];
        return (await again.Run(request.By, asked, answer => request.Prove(result = Write(request, search, answer)), ct)).Refused(out var refusal, out _)
            ? refusal
            : new MessageResult(result);
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
