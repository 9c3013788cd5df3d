using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Formats.Identifiers;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Welfare;

/// <summary>A recipient whose ticket of the month names the code that asks.</summary>
internal sealed record AidRow(CardKeys Recipient, YearMonth Month);

/// <summary>医療扶助 委託先資格情報 一括取得 (OQSmutic): everybody a 福祉事務所 commissioned this 医療機関コード with in a month, each judged where every inquiry is.</summary>
internal sealed class AidBulk(Tickets tickets, Ask ask, Audit audit) : BulkKind<AidRow, InquiryAnswer>(audit)
{
    protected override async ValueTask<Outcome<BulkRows<AidRow>>> Rows(Actor by, OqsMessage upload, CancellationToken ct)
    {
        if (MessageFaults.Rows(upload, "QualificationConfirmSearchInfo").FirstOrDefault().Fault is { } fault)
        {
            return fault;
        }

        return upload.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo?.MedicalTreatmentMonth is { } month
            ? await Commissioned(upload.Header["MedicalInstitutionCode"], month, ct)
            : Refusals.NoMonth;
    }

    /// <summary>Everybody whose ticket of the month names the institution.</summary>
    public async ValueTask<BulkRows<AidRow>> Commissioned(string institution, YearMonth month, CancellationToken ct)
    {
        var found = await tickets.OfInstitution(institution, month, ct);
        return new BulkRows<AidRow>([.. found.Select(t => new AidRow(tickets.Open(t).Recipient, month)).Distinct()]);
    }

    protected override async ValueTask<(InquiryAnswer Answer, AuditEvent? Looked)> Answer(BulkTurn turn, int number, AidRow row, CancellationToken ct)
    {
        var inquiry = new Contracts.Eligibility.Inquiry { Card = row.Recipient, Institution = turn.Head.Institution };
        var judged = await ask.Judge(turn.By, inquiry, Day(turn.Head.On, row.Month), ct);
        return (judged.Answer, Looked(turn, number, judged.Answer.Id, judged.Answer.Code, judged.Whose));
    }

    protected override bool IsError(InquiryAnswer answer) => false;

    protected override object Body(IEnumerable<(AidRow Row, InquiryAnswer Answer)> answered) =>
        new Formats.Eligibility.Views.BulkResult { BulkConfirmUnit = [.. answered.Select(a => Unit(a.Row, a.Answer))] };

    /// <summary>The day asked from, or the nearest of the month.</summary>
    private static DateOnly Day(DateOnly on, YearMonth month) => on < month.FirstDay ? month.FirstDay : on > month.LastDay ? month.LastDay : on;

    private static BulkConfirmUnit Unit(AidRow row, InquiryAnswer answer) => new()
    {
        QualificationConfirmSearchInfo = new QualificationConfirmSearchInfo
        {
            InsurerNumber = row.Recipient.Insurer,
            InsuredIdentificationNumber = row.Recipient.Number,
            Birthdate = row.Recipient.Birth,
        },
        ProcessingResultStatus = ProcessingResultStatus.正常,
        ProcessingResultMessage = QualificationMapping.Say(answer),
        QualificationValidity = (QualificationValidity)answer.Code,
        ResultList = answer.Coverage is { } aid ? [QualificationMapping.Result(aid, answer.Tickets)] : [],
        ReferenceNumber = answer.Reference.Length > 0 ? [answer.Reference] : [],
    };
}
