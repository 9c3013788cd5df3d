using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>
/// マイナンバーカードの結果: the readers of a facility share one folder and one centre, so the next result is not the next patient's. It waits until a person says
/// whose it is, also when only one fits.
/// </summary>
internal sealed class CardResults(DbSession session, Patients patients, Visits visits, Answers answers, Audit audit, IBusinessTime business) : ICardInbox
{
    /// <summary>A result arrives; within the transaction that makes it a fact.</summary>
    public async ValueTask Arrived(OrganisationId facility, InquiryAnswer answer, CancellationToken ct) => await answers.Add(facility, null, DeskSource.Card, answer, ct);

    public async ValueTask<Outcome<IReadOnlyList<CardResult>>> Waiting(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        // Whoever stands at the desk came today; among them the last one is most likely still there.
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        return await session.InReading(
            async () =>
            {
                var results = new List<CardResult>();
                foreach (var waiting in (await answers.Waiting(by.Organisation, ct)).OrderByDescending(w => w.Answer.On == today))
                {
                    results.Add(new CardResult(
                        waiting, waiting.Answer.Coverage is { } coverage ? await patients.Alike(by.Organisation, coverage, waiting.Answer.Reference, ct) : []));
                }

                return results;
            },
            ct);
    }

    public ValueTask<Outcome<Guid>> Bind(Actor by, Guid answer, Guid patient, CancellationToken ct) => Decide(
        by, answer, async _ => await patients.Find(by.Organisation, patient, ct) is { } known ? (patient, known) : null, ct);

    public ValueTask<Outcome<Guid>> BindNew(Actor by, Guid answer, CancellationToken ct) => Decide(
        by,
        answer,
        async seen =>
        {
            var patient = seen.Answer.Coverage is { } coverage ? Differences.AllOf(coverage, Arrive.Provisional(answer)) : new DeskPatient { Chart = Arrive.Provisional(answer) };
            return ((await patients.Keep(by.Organisation, patient, ct)).Id, patient);
        },
        ct);

    public async ValueTask<Outcome<bool>> Dismiss(Actor by, Guid answer, CancellationToken ct)
    {
        if (Fault(by) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if (await answers.Find(by.Organisation, null, answer, ct) is not { } seen)
        {
            await session.Rollback();
            return Refusals.NoCardResult;
        }

        await answers.Decide(answer, null, ct);
        var whose = seen.Answer.Coverage is { } coverage ? Inquiry.Disclosure.Subject(coverage) : null;
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"answer:{answer}", "dismissed") { By = by, Whose = whose }, ct);
        await session.Commit(ct);
        return true;
    }

    private async ValueTask<Outcome<Guid>> Decide(Actor by, Guid answer, Func<DeskAnswer, ValueTask<(Guid Id, DeskPatient Patient)?>> whose, CancellationToken ct)
    {
        if (Fault(by) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if (await answers.Find(by.Organisation, null, answer, ct) is not { } seen || await whose(seen) is not { } patient || await answers.Decide(answer, patient.Id, ct) == 0)
        {
            await session.Rollback();
            return Refusals.NoCardResult;
        }

        var (line, _) = await visits.Put(by.Organisation, patient.Id, DateOnly.FromDateTime(business.Now.DateTime), "", ct);
        await visits.Arrived(line, ct);
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"answer:{answer}", "bound") { By = by, Whose = Patients.Subject(patient.Patient) }, ct);
        await session.Commit(ct);
        return line;
    }

    private static Refusal? Fault(Actor by) => !by.May(Permission.InquireEligibility) ? Refusals.NotAllowed : by.Person is null ? Refusals.PersonOnly : null;
}
