using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>One patient of a list: the latest answer beside what is on file, every earlier answer, and how long consents hold.</summary>
internal sealed class OpenVisit(DbSession session, Visits visits, Answers answers, Coverages coverages, Consents.Consents consents, IReadSubject whose, TimeProvider time)
{
    public async ValueTask<Outcome<DeskCase>> Run(Actor by, Guid id, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        return await session.InReading<Outcome<DeskCase>>(
            async () =>
            {
                if (await visits.Find(by.Organisation, id, ct) is not { } row)
                {
                    return Refusals.NoVisit;
                }

                whose.Is(Patients.Subject(row.Patient));
                var history = await answers.OfPatient(row.PatientId, ct);
                var shown = Visits.Shown(row, history.FirstOrDefault(a => a.Answer.On == row.Day));
                var card = Patients.Card(shown.Answer?.Answer.Coverage is { } answered ? Differences.AllOf(answered, row.Patient.Chart) : row.Patient);
                return new DeskCase(shown, history, await Consented(by.Organisation, card, ct), card, time.Now());
            },
            ct);
    }

    /// <summary>What this person lets this facility see now, and until when.</summary>
    private async ValueTask<IReadOnlyList<ConsentLeft>> Consented(OrganisationId facility, CardKeys card, CancellationToken ct)
    {
        if ((await coverages.Person(card, facility, ct)).Refused(out _, out var found))
        {
            return [];
        }

        return [.. (await consents.InForce(found.Person, facility, ct))
            .GroupBy(c => (c.Kind, c.Care)).OrderBy(g => g.Key.Kind)
            .Select(g => new ConsentLeft(g.Key.Kind, g.Key.Care, g.Any(c => c.Until is null) ? null : g.Max(c => c.Until)))];
    }
}
