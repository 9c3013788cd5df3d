using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Display;

namespace Sekisho.Web.Pages.Eligibility;

/// <summary>予約の一括照会: the file, the plan, and what came of it.</summary>
[Requires(Permission.InquireEligibility)]
[Audits(AuditKind.DeskListRead)]
internal sealed class NightModel(ICurrentActor current, INightInquiries night, IBusinessTime business) : DeskPage(current)
{
    public NightPlan Plan { get; private set; } = null!;

    public IReadOnlyList<NightRun> Runs { get; private set; } = [];

    public DateOnly Tomorrow => DateOnly.FromDateTime(business.Now.DateTime).AddDays(1);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if ((await night.Plan(By, ct)).Refused(out var refusal, out var plan) || (await night.Runs(By, ct)).Refused(out refusal, out var runs))
        {
            return Refused(refusal);
        }

        (Plan, Runs) = (plan, runs);
        return Page();
    }

    public async Task<IActionResult> OnPost(DateOnly day, CancellationToken ct) =>
        (await night.Start(By, day, ct)).Succeeded(out var run, out var refusal) ? Redirect($"/eligibility/night/{run}") : Back(refusal, "/eligibility/night");

    public async Task<IActionResult> OnPostPlan(bool on, TimeOnly at, bool references, CancellationToken ct) => DoneOr(
        await night.Change(By, new NightPlan(on, at, references), ct),
        plan => plan.On ? $"毎日 {plan.At:HH\\:mm} に照会します。" : "自動の照会を止めました。",
        "/eligibility/night");

    /// <summary>Of which day a time asks.</summary>
    public static string DayOf(NightPlan plan) => plan.At.Hour < 12 ? "その日" : "次の日";

    public static string Name(NightRun run) => $"{Show.Day(run.Day)}の予約";
}
