using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Modules.Eligibility.Inquiry;
using Sekisho.Platform.Data;
using Sekisho.Platform.Events;
using Sekisho.Platform.Web;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Desk;

/// <summary>Which day a device asks about.</summary>
/// <param name="Day">The day of the appointments.</param>
internal sealed record RunRequest(DateOnly Day);

/// <summary>The run that was started.</summary>
/// <param name="Id">Of the run.</param>
internal sealed record RunStarted(Guid Id);

/// <summary>夜間の一括照会, as people and their programs use it.</summary>
internal sealed class NightDoor(DbSession session, Plans plans, Runs runs, Patients patients, Answers answers, NightSignal signal, Audit audit, IBusinessTime business) : INightInquiries
{
    private const int MostLines = 5_000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/eligibility/desk/runs").Requires(Permission.InquireEligibility);
        group.MapQuestion<INightInquiries, RunRequest, RunStarted>("", async (night, by, asked, ct) =>
                (await night.Start(by, asked.Day, ct)).Refused(out var refusal, out var id) ? refusal : new RunStarted(id))
            .WithSummary("予約の患者の一括照会を始める")
            .Audits(AuditKind.NightPlanChanged);
        group.MapGet("/{id:guid}", async (Guid id, INightInquiries night, ICurrentActor current, CancellationToken ct) =>
                (await night.Report(current.Actor, id, ct)).ToResult(r => Results.Json(r, SiteJson.Options)))
            .Produces<NightReport>()
            .WithSummary("予約の患者の一括照会の結果（控えとの違い）")
            .Audits(AuditKind.DeskListRead);
    }

    public async ValueTask<Outcome<NightPlan>> Plan(Actor by, CancellationToken ct) =>
        by.May(Permission.InquireEligibility) ? await session.InReading(() => plans.Of(by.Organisation, ct), ct) : Refusals.NotAllowed;

    public ValueTask<Outcome<NightPlan>> Change(Actor by, NightPlan plan, CancellationToken ct) => plans.Change(by, plan, ct);

    public async ValueTask<Outcome<Guid>> Start(Actor by, DateOnly day, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(business.Now.DateTime);
        if (!by.May(Permission.InquireEligibility) || day < today.AddDays(-Visits.DaysKept) || day > today.AddYears(1))
        {
            return by.May(Permission.InquireEligibility) ? Refusals.DeskDayOutside : Refusals.NotAllowed;
        }

        await session.Write(ct);
        var open = await runs.IsOpen(by.Organisation, day, ct);
        if (open || await runs.Begin(by.Organisation, day, by.Person, ct) is not { } run)
        {
            await session.Rollback();
            return open ? Refusals.PlanRunning : Refusals.NothingToAsk;
        }

        await audit.Record(by, AuditKind.NightPlanChanged, $"run:{run}", "started", ct);
        session.AfterCommit(signal.Set);
        await session.Commit(ct);
        return run;
    }

    public async ValueTask<Outcome<IReadOnlyList<NightRun>>> Runs(Actor by, CancellationToken ct) =>
        by.May(Permission.InquireEligibility) ? await session.InReading(() => runs.Of(by.Organisation, ct), ct) : Refusals.NotAllowed;

    public async ValueTask<Outcome<NightReport>> Report(Actor by, Guid run, CancellationToken ct)
    {
        if (!by.May(Permission.InquireEligibility))
        {
            return Refusals.NotAllowed;
        }

        return await session.InReading<Outcome<NightReport>>(
            async () =>
            {
                if (await runs.Find(by.Organisation, run, ct) is not { } found)
                {
                    return Refusals.NoRun;
                }

                var lines = new List<NightLine>();
                var items = await runs.Items(run, openOnly: false, MostLines, ct);
                foreach (var item in items)
                {
                    if (await Line(by.Organisation, found, item, ct) is { } line)
                    {
                        lines.Add(line);
                    }
                }

                return new NightReport(found, [.. lines.OrderBy(l => l.Marks.Count == 0 ? int.MaxValue : (int)l.Marks[0]).ThenBy(l => l.Visit.Time, StringComparer.Ordinal)], Math.Max(found.Total - items.Count, 0));
            },
            ct);
    }

    /// <summary>Null: not asked yet, or erased since.</summary>
    private async ValueTask<NightLine?> Line(OrganisationId facility, NightRun run, RunItem item, CancellationToken ct)
    {
        if ((item.Answer is null && item.Refusal.Length == 0) || await patients.Find(facility, item.Patient, ct) is not { } patient)
        {
            return null;
        }

        var answer = item.Answer is { } id ? await answers.Find(facility, item.Patient, id, ct) : null;
        var visit = Visits.Shown(new VisitRow(item.Visit, item.Patient, item.Day, "", null, patient), answer);
        return new NightLine(visit, item.Day != run.Day, NightMarks.Of(visit), item.Refusal);
    }
}
