using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Formats;
using Sekisho.Formats.Eligibility;
using Sekisho.Formats.Eligibility.Views;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Messages;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Bulk;

/// <summary>同意済資格情報の一括取得 (OQSmuhvq, OQSmuonq): everybody who consented at this facility in some days and whose consent holds.</summary>
internal sealed class BulkConsented(Consents.Consents consents, Reinquiry reinquiry, Audit audit, TimeProvider time, [ServiceKey] string kind) : BulkKind<Guid, ConsentedAnswer>(audit)
{
    private const int MostDays = 31;

    private CareForm Care => Reinquiry.Care(kind)!.Value;

    protected override async ValueTask<Outcome<BulkRows<Guid>>> Rows(Actor by, OqsMessage upload, CancellationToken ct)
    {
        var (row, fault) = MessageFaults.Rows(upload, "QualificationConfirmSearchInfo").First();
        if (fault is not null)
        {
            return fault;
        }

        var asked = row.ReadBody<QualificationRequest>().QualificationConfirmSearchInfo ?? new QualificationConfirmSearchInfo();
        // A visit and its consent are one day here: the site learns of visits only by what is asked on them.
        var (from, to) = asked.ConsentDateFrom is null && Care == CareForm.Online ? (asked.ExaminationDateFrom, asked.ExaminationDateTo) : (asked.ConsentDateFrom, asked.ConsentDateTo);
        return asked.MedicalTreatmentFlag is { } flag && OqsCodes.Code(flag) == ((int)Care).ToString(CultureInfo.InvariantCulture)
            ? await Within(by.Organisation, from, to, ct)
            : Refusals.NoSpan;
    }

    /// <summary>Who consented in these days and whose consent holds; EL-0314.</summary>
    public async ValueTask<Outcome<BulkRows<Guid>>> Within(OrganisationId facility, DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        if (from is not { } first || to is not { } last || last < first || last.DayNumber - first.DayNumber >= MostDays)
        {
            return Refusals.NoSpan;
        }

        var now = time.GetUtcNow();
        var given = await consents.Between(facility, Care, Start(first), Start(last.AddDays(1)), ct);
        return new BulkRows<Guid>([.. given.Where(c => c.Holds(now)).Select(c => c.Person.Value).Distinct()]);
    }

    /// <summary>Whoever took the consent back since is not in the result any more.</summary>
    public override async ValueTask<FoundBulk> Current(FoundBulk found, CancellationToken ct)
    {
        var (parts, failed) = (new List<BulkPart>(), 0);
        foreach (var part in found.Parts)
        {
            var answers = new List<ConsentedAnswer>();
            foreach (var (person, answer) in Answered(part))
            {
                answers.Add(answer.Answer is null || await reinquiry.Held(found.Job.Facility, new PersonKey(person), Care, ct) is not null ? answer : Without(Refusals.NoConsentInForce));
            }

            failed += answers.Count(IsError);
            parts.Add(part with { Answered = JsonSerializer.SerializeToUtf8Bytes(answers, Json.Options) });
        }

        return found with { Job = found.Job with { Failed = failed }, Parts = parts };
    }

    protected override async ValueTask<(ConsentedAnswer Answer, AuditEvent? Looked)> Answer(BulkTurn turn, int number, Guid row, CancellationToken ct)
    {
        var found = await reinquiry.Of(turn.By.Organisation, new PersonKey(row), Care, turn.Head.On, ct);
        if (found.Refused(out var refusal, out var judged))
        {
            return (Without(refusal), null);
        }

        return (new ConsentedAnswer(judged.Answer, "", ""), Looked(turn, number, judged.Answer.Id, judged.Answer.Code, judged.Whose));
    }

    protected override bool IsError(ConsentedAnswer answer) => answer.Code.Length > 0;

    protected override object Body(IEnumerable<(Guid Row, ConsentedAnswer Answer)> answered) => new BulkResult { BulkConfirmUnit = [.. answered.Select(a => Unit(a.Answer))] };

    private static ConsentedAnswer Without(Refusal refusal) => new(null, refusal.Code, refusal.Text + refusal.Remedy);

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
