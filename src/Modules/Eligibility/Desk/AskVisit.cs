using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>One inquiry from the list: the answer is kept in the transaction of its audit event. Then the 患者番号 becomes the 照会番号, where there is none.</summary>
internal sealed class AskVisit(DbSession session, Ask ask, Visits visits, Answers answers, Plans plans, IReferenceNumbers references)
{
    public async ValueTask<Outcome<DeskAnswer>> Run(Actor by, Guid id, bool limitConsent, CancellationToken ct) =>
        (await Asked(by, id, null, limitConsent, ct)).Refused(out var refusal, out var asked) ? refusal : asked.Answer;

    /// <summary>With another document of the same patient: the answer is theirs, what is on file stays; whether it was another card than on file.</summary>
    public async ValueTask<Outcome<bool>> WithCard(Actor by, Guid id, CardKeys typed, CancellationToken ct) =>
        (await Asked(by, id, typed, false, ct)).Refused(out var refusal, out var asked) ? refusal : asked.Differs;

    private async ValueTask<Outcome<(DeskAnswer Answer, bool Differs)>> Asked(Actor by, Guid id, CardKeys? typed, bool limitConsent, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        var (visit, plan) = await session.InReading(async () => (await visits.Find(by.Organisation, id, ct), await plans.Of(by.Organisation, ct)), ct);
        if (visit is null)
        {
            return Refusals.NoVisit;
        }

        if (typed is not null && !Coverages.IsComplete(typed))
        {
            return Refusals.KeysIncomplete;
        }

        var differs = typed is not null && !Patients.IsCardOf(visit.Patient, typed);
        var inquiry = new Contracts.Eligibility.Inquiry { Card = typed ?? Patients.Card(visit.Patient), On = visit.Day, LimitConsent = limitConsent };
        var asked = await ask.Handle(
            by,
            inquiry,
            _ => "",
            async (answer, token) =>
            {
                if (answer.Validity == Validity.NotFound)
                {
                    // It is to be asked again, also where no file ever came.
                    await plans.Begin(by, token);
                }

                await answers.Add(by.Organisation, visit.PatientId, DeskSource.Desk, answer, token);
            },
            ct);
        if (asked.Refused(out var refusal, out var answered))
        {
            return refusal;
        }

        // The number is registered for the card on file; for another one only when that has been adopted.
        if (plan.References && !differs)
        {
            await Refer(by, visit.Patient, answered, ct);
        }

        return (new DeskAnswer(DeskSource.Desk, answered, DeskWording.Light(answered.Validity), DeskWording.Say(answered)), differs);
    }

    /// <summary>Never over another number, and never a provisional one. Whether it could be registered changes nothing about the answer.</summary>
    private async ValueTask Refer(Actor by, DeskPatient patient, InquiryAnswer answer, CancellationToken ct)
    {
        if (answer is { Validity: Validity.Valid, Reference.Length: 0 } && !patient.Chart.StartsWith('仮'))
        {
            await references.Register(by, new ReferenceEntry { Reference = patient.Chart, Card = Patients.Card(patient) }, ct);
        }
    }
}
