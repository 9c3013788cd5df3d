using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>A row as it is kept: what was asked, or what is wrong with it.</summary>
internal sealed record InquiryRow(BulkInquiryRow Asked, string Code = "", string Text = "", bool? Consent = null);

/// <summary>資格確認一括照会 (OQSmuquc): every row judged where every inquiry is. Neither 限度額 nor anything anybody consented to is in its result.</summary>
internal sealed class BulkInquiries(Ask ask, Audit audit) : BulkKind<InquiryRow, BulkAnswer>(audit)
{
    protected override ValueTask<Outcome<BulkRows<InquiryRow>>> Rows(Actor by, OqsMessage upload, CancellationToken ct) => ValueTask.FromResult<Outcome<BulkRows<InquiryRow>>>(
        new BulkRows<InquiryRow>(
            [.. MessageFaults.Rows(upload, "QualificationConfirmSearchInfo").Select(r => Row(r.Row.ReadBody<BulkQualificationRequest>().QualificationConfirmSearchInfo[0], r.Fault))],
            upload.ReadHeader<OqsHeader>().QualificationConfirmationDate));

    protected override async ValueTask<(BulkAnswer Answer, AuditEvent? Looked)> Answer(BulkTurn turn, int number, InquiryRow row, CancellationToken ct)
    {
        if (row.Code.Length > 0)
        {
            return (new BulkAnswer(number, row.Asked.Identifier, null, null, row.Code, row.Text), null);
        }

        var judged = await ask.Judge(turn.By, new Contracts.Eligibility.Inquiry { Card = row.Asked.Card, Institution = turn.Head.Institution }, turn.Head.On, ct);
        return (new BulkAnswer(number, row.Asked.Identifier, judged.Answer, HasChanged(row.Asked.Limit, judged), "", ""), Looked(turn, number, judged.Answer.Id, judged.Answer.Code, judged.Whose));
    }

    protected override bool IsError(BulkAnswer answer) => answer.Code.Length > 0;

    protected override object Body(IEnumerable<(InquiryRow Row, BulkAnswer Answer)> answered) => new BulkResult { BulkConfirmUnit = [.. answered.Select(a => Unit(a.Row, a.Answer))] };

    private static InquiryRow Row(QualificationConfirmSearchInfo asked, Refusal? fault)
    {
        var held = asked.LimitApplicationCertificateRelatedInfo;
        var row = new BulkInquiryRow
        {
            Card = QualificationMapping.Card(asked),
            Limit = held is null ? null : new LimitHeld(Code(held.LimitApplicationCertificateClassification), Code(held.LimitApplicationCertificateClassificationFlag)),
            Identifier = asked.ArbitraryIdentifier,
        };
        bool? consent = asked.LimitApplicationCertificateRelatedConsFlg is { } flag ? flag == LimitConsent.同意 : null;
        return fault is null ? new InquiryRow(row, Consent: consent) : new InquiryRow(row, fault.Code, fault.Text + fault.Remedy, consent);
    }

    // Without a certificate in force, or without one on file to compare, nothing can be told: that counts as changed.
    private static bool? HasChanged(LimitHeld? held, Judged judged) =>
        held is null || judged.Answer.Validity != Validity.Valid ? null : !judged.Limits.Any(l => l.Kind == held.Kind && l.Category == held.Category);

    private static BulkConfirmUnit Unit(InquiryRow row, BulkAnswer answer) => new()
    {
        QualificationConfirmSearchInfo = Echo(row),
        ProcessingResultStatus = answer.Answer is null ? ProcessingResultStatus.エラー : ProcessingResultStatus.正常,
        ProcessingResultCode = answer.Code.Length > 0 ? OqsFailure.Mark + answer.Code : "",
        ProcessingResultMessage = answer.Answer is { } found ? QualificationMapping.Say(found) : answer.Text,
        QualificationValidity = (QualificationValidity?)answer.Answer?.Code,
        ResultOfQualificationConfirmation = answer.Answer is { Coverage: { } coverage, Tickets: var tickets }
            ? [QualificationMapping.Result(coverage, tickets) with { LimitApplicationCertificateChanged = Changed(answer.LimitChanged) }]
            : [],
        ReferenceNumber = answer.Answer is { Reference.Length: > 0 } known ? [known.Reference] : [],
    };

    private static string Changed(bool? changed) => changed is not { } known ? "" : known ? "1" : "0";

    private static QualificationConfirmSearchInfo Echo(InquiryRow row) => new()
    {
        InsurerNumber = row.Asked.Card.Insurer,
        InsuredCardSymbol = row.Asked.Card.Symbol,
        InsuredIdentificationNumber = row.Asked.Card.Number,
        InsuredBranchNumber = row.Asked.Card.Branch,
        Birthdate = row.Asked.Card.Birth == default ? null : row.Asked.Card.Birth,
        LimitApplicationCertificateRelatedInfo = row.Asked.Limit is { } held
            ? new LimitApplicationCertificateRelatedInfo
            {
                LimitApplicationCertificateClassification = OqsCodes.Find<LimitCertificateKind>(held.Kind),
                LimitApplicationCertificateClassificationFlag = OqsCodes.Find<LimitClassification>(held.Category),
            }
            : null,
        LimitApplicationCertificateRelatedConsFlg = row.Consent is not { } given ? null : given ? LimitConsent.同意 : LimitConsent.未同意,
        ArbitraryIdentifier = row.Asked.Identifier,
    };

    private static string Code<T>(T? code)
        where T : struct, Enum => code is { } known ? OqsCodes.Code(known) : "";
}
