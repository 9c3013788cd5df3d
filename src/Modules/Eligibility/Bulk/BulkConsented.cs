using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>A person who consented; the answer, or that the consent ended meanwhile.</summary>
internal sealed record ConsentedAnswer(CardAnswer? Answer, string Code, string Text);

/// <summary>同意済資格情報の一括取得 (OQSmuhvq, OQSmuonq): everybody who consented at this facility in some days and whose consent holds.</summary>
internal sealed class BulkConsented(Consents.Consents consents, Reinquiry reinquiry, Audit audit, TimeProvider time, [ServiceKey] string kind) : BulkKind<Guid, ConsentedAnswer>
{
    private const int MostDays = 31;

    protected override async ValueTask<Outcome<BulkRows<Guid>>> Rows(Actor by, OqsMessage upload, CancellationToken ct)
    {
        var (row, fault) = MessageFaults.Rows(upload, "QualificationConfirmSearchInfo").First();
        if (fault is not null)
        {
            return fault;
        }

        var asked = row.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();
        var care = Reinquiry.Care(kind)!.Value;
        // A visit and its consent are one day here: the site learns of visits only by what is asked on them.
        var (from, to) = asked.ConsentDateFrom is null && care == CareForm.Online ? (asked.ExaminationDateFrom, asked.ExaminationDateTo) : (asked.ConsentDateFrom, asked.ConsentDateTo);
        if (from is not { } first || to is not { } last || last < first || last.DayNumber - first.DayNumber >= MostDays
            || asked.MedicalTreatmentFlag is not { } flag || OqsCodes.Code(flag) != ((int)care).ToString(CultureInfo.InvariantCulture))
        {
            return Refusals.NoSpan;
        }

        var now = time.GetUtcNow();
        var given = await consents.Between(by.Organisation, care, Start(first), Start(last.AddDays(1)), ct);
        return new BulkRows<Guid>([.. given.Where(c => c.Holds(now)).Select(c => c.Person.Value).Distinct()]);
    }

    protected override async ValueTask<ConsentedAnswer> Answer(BulkTurn turn, int number, Guid row, CancellationToken ct)
    {
        var found = await reinquiry.Of(turn.By.Organisation, new PersonKey(row), Reinquiry.Care(kind)!.Value, turn.Head.On, ct);
        if (found.Refused(out var refusal, out var judged))
        {
            return new ConsentedAnswer(null, refusal.Code, refusal.Text + refusal.Remedy);
        }

        var result = string.Create(CultureInfo.InvariantCulture, $"{judged.Answer.Code} {turn.Job.Number}:{number}");
        await audit.Record(new AuditEvent(AuditKind.EligibilityInquired, judged.Answer.Id.ToString("D"), result) { By = turn.By, Whose = judged.Whose }, ct);
        return new ConsentedAnswer(judged.Answer, "", "");
    }

    protected override bool IsError(ConsentedAnswer answer) => answer.Code.Length > 0;

    protected override object Body(IEnumerable<(Guid Row, ConsentedAnswer Answer)> answered) => new BulkResult { BulkConfirmUnit = [.. answered.Select(a => Unit(a.Answer))] };

    private static BulkConfirmUnit Unit(ConsentedAnswer answer) => answer.Answer is not { } found
        ? new BulkConfirmUnit { ProcessingResultStatus = ProcessingResultStatus.エラー, ProcessingResultCode = OqsFailure.Mark + answer.Code, ProcessingResultMessage = answer.Text }
        : new BulkConfirmUnit
        {
            ProcessingResultStatus = ProcessingResultStatus.正常,
            ProcessingResultMessage = found.Validity == Validity.Valid ? "" : found.Text + "。" + found.Advice,
            QualificationValidity = (QualificationValidity?)found.Code,
            ResultList = [.. found.Coverages.Select(c => FaceFile.Result(found, c))],
        };

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, JapanTime.Offset);
}
