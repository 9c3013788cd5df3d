using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Consents;
using Sekisho.Wire;
using Cancelled = Sekisho.Formats.Eligibility.ConsentKind;
using ConsentKind = Sekisho.Contracts.Eligibility.ConsentKind;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>OQSsihvd01: 閲覧同意取消 by the facility, recorded where every withdrawal is.</summary>
internal sealed class CancelConsents(WithdrawConsents withdraw, TimeProvider time) : IMessageAnswer
{
    public async ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct)
    {
        var asked = request.Message.ReadBody<ConsentCancellation>();
        var search = asked.QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();
        var withdrawal = new Withdrawal
        {
            Card = QualificationMapping.Card(search),
            Kinds = [.. (asked.ConsentCancelInfo?.MedicalInfoType ?? []).Select(Kind)],
            Cares = [search.MedicalTreatmentFlag is { } flag ? (CareForm)int.Parse(OqsCodes.Code(flag), System.Globalization.CultureInfo.InvariantCulture) : CareForm.HomeVisit],
            Reason = ConsentEnd.Facility,
        };
        if ((await withdraw.Run(request.By, withdrawal, ct)).Refused(out var refusal, out _))
        {
            return refusal;
        }

        var result = request.Write(
            request.Header(time.GetUtcNow()),
            new ConsentCancellationResult { QualificationConfirmSearchInfo = search with { MedicalTreatmentFlag = null }, ProcessingResultStatus = ProcessingResultStatus.正常 });
        _ = request.Prove(result);
        return new MessageResult(result);
    }

    private static ConsentKind Kind(Cancelled kind) => OqsCodes.Code(kind) switch
    {
        "TSR" => ConsentKind.Diseases,
        "TKK" => ConsentKind.Checkups,
        "YZK" => ConsentKind.Medicines,
        "SRJ" => ConsentKind.Diagnoses,
        _ => ConsentKind.Operations,
    };
}
