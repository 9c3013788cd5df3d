using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>Somebody comes in: onto today's list, where their appointment may stand already.</summary>
internal sealed class Arrive(DbSession session, Patients patients, Visits visits, Audit audit, IBusinessTime business)
{
    public async ValueTask<Outcome<Guid>> Run(Actor by, Arrival arrival, CancellationToken ct)
    {
        if (Fault(by, arrival) is { } refusal)
        {
            return refusal;
        }

        await session.Write(ct);
        if ((await Who(by.Organisation, arrival, ct)).Refused(out refusal, out var who))
        {
            await session.Rollback();
            return refusal;
        }

        var (line, _) = await visits.Put(by.Organisation, who.Id, DateOnly.FromDateTime(business.Now.DateTime), "", ct);
        await visits.Arrived(line, ct);
        await audit.Record(new AuditEvent(AuditKind.DeskPatientChanged, $"visit:{line}", "arrived") { By = by, Whose = Patients.Subject(who.Patient) }, ct);
        await session.Commit(ct);
        return line;
    }

    /// <summary>A provisional 患者番号 for somebody who has none yet, until the facility gives one.</summary>
    public static string Provisional(Guid of) => "仮" + of.ToString("N")[^8..].ToUpperInvariant();

    private static Refusal? Fault(Actor by, Arrival arrival) =>
        !by.May(Permission.InquireEligibility) ? Refusals.NotAllowed
        : arrival.Chart.Trim().Length > Patients.LongestChart ? Refusals.ChartTooLong
        : arrival.Chart.Trim().Length == 0 && !Coverages.IsComplete(arrival.Card) ? Refusals.KeysIncomplete
        : null;

    /// <summary>Whoever is known by the 患者番号; else whoever the card says, kept under it.</summary>
    private async ValueTask<Outcome<(Guid Id, DeskPatient Patient)>> Who(OrganisationId facility, Arrival arrival, CancellationToken ct)
    {
        var chart = arrival.Chart.Trim();
        if (chart.Length > 0 && await patients.ByChart(facility, chart, ct) is { Patient: { } known } found)
        {
            return (found.Id, known);
        }

        if (!Coverages.IsComplete(arrival.Card))
        {
            return Refusals.NoPatient;
        }

        var card = arrival.Card!;
        var patient = new DeskPatient
        {
            Chart = chart.Length > 0 ? chart : Provisional(Guid.NewGuid()),
            Name = arrival.Name.Trim(),
            Insurer = card.Insurer.Trim(),
            Symbol = card.Symbol.Trim(),
            Number = card.Number.Trim(),
            Branch = card.Branch.Trim(),
            Birth = card.Birth,
        };
        return ((await patients.Keep(facility, patient, ct)).Id, patient);
    }
}
