using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>
/// 一括照会: each line is the module's one inquiry, recorded with whose data it was and who planned it. The answer, its event and the line are settled in one
/// transaction: wherever the process dies, every line is asked about once.
/// </summary>
internal sealed class Night(DbSession session, Plans plans, Runs runs, Patients patients, Answers answers, Ask ask, IDirectory directory, IBusinessTime business)
{
    private const int AtATime = 50;
    private static readonly TimeOnly _noon = new(12, 0);
    private static readonly OrganisationKind[] _facilities = [OrganisationKind.MedicalInstitution, OrganisationKind.Pharmacy, OrganisationKind.HomeNursing];

    /// <summary>Begins what is due by 業務時刻; a list that comes later than planned is asked about when it is there.</summary>
    public async ValueTask<int> Begin(CancellationToken ct)
    {
        var now = business.Now.DateTime;
        var planned = await session.InReading(() => plans.On(ct), ct);
        var begun = 0;
        var today = DateOnly.FromDateTime(now);
        foreach (var plan in planned.Where(p => TimeOnly.FromDateTime(now) >= p.At))
        {
            var day = today.AddDays(plan.At < _noon ? 0 : 1);
            if (!await session.InReading(() => runs.IsDue(plan.Facility, day, today, ct), ct))
            {
                continue;
            }

            await session.Write(ct);
            begun += await runs.BeginPlanned(plan.Facility, day, today, plan.Person, ct) is null ? 0 : 1;
            await session.Commit(ct);
        }

        return begun;
    }

    /// <summary>Some lines of one run; false when nothing is open.</summary>
    public async ValueTask<bool> Step(CancellationToken ct)
    {
        await session.Write(ct);
        var run = await runs.Take(ct);
        await session.Commit(ct);
        if (run is null)
        {
            return false;
        }

        var by = await Actor(run, ct);
        var items = await session.InReading(() => runs.Items(run.Id, openOnly: true, AtATime, ct), ct);
        foreach (var item in items)
        {
            await Settle(run, item, by, ct);
        }

        await session.Write(ct);
        if (items.Count < AtATime)
        {
            await runs.End(run.Id, ct);
        }

        await runs.GiveBack(run.Id, ct);
        await session.Commit(ct);
        return true;
    }

    public async ValueTask<int> Forget(CancellationToken ct)
    {
        await session.Write(ct);
        var gone = await runs.Forget(DateOnly.FromDateTime(business.Now.DateTime), ct);
        await session.Commit(ct);
        return gone;
    }

    private async ValueTask Settle(OpenRun run, RunItem item, Actor by, CancellationToken ct)
    {
        var patient = await session.InReading(() => patients.Find(run.Facility, item.Patient, ct), ct);
        var source = item.Day == run.Day ? DeskSource.Night : DeskSource.Recheck;
        var refusal = Refusals.NoPatient;
        if (patient is not null)
        {
            var asked = await ask.Handle(
                by,
                new Contracts.Eligibility.Inquiry { Card = Patients.Card(patient), On = item.Day },
                _ => "",
                async (answer, token) =>
                {
                    await answers.Add(run.Facility, item.Patient, source, answer, token);
                    if (!await runs.Settle(run.Id, item, answer.Id, "", token))
                    {
                        // The event goes with it: nothing was asked a second time.
                        throw new InvalidOperationException($"A line of run {run.Id} was settled by another worker.");
                    }
                },
                ct);
            if (asked.Succeeded(out _, out refusal))
            {
                return;
            }
        }

        await session.Write(ct);
        await runs.Settle(run.Id, item, null, refusal.Code, ct);
        await session.Commit(ct);
    }

    /// <summary>The facility, by whoever planned it; without the permission when it is no facility any more.</summary>
    private async ValueTask<Actor> Actor(OpenRun run, CancellationToken ct)
    {
        var found = await directory.Organisation(run.Facility, ct);
        var may = found.Succeeded(out var facility, out _) && facility.Kinds.Any(_facilities.Contains);
        return new Actor(run.Facility, facility?.Name ?? "", null, run.Person, "", may ? new HashSet<Permission> { Permission.InquireEligibility } : new HashSet<Permission>());
    }
}
