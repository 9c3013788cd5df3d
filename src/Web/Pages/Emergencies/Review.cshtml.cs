using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Eligibility;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.Emergencies;

/// <summary>One 救急時の閲覧: why it was opened, and what its reviewer makes of it.</summary>
[Requires(Permission.ReviewEmergencies)]
[Audits(AuditKind.PageRead)]
internal sealed class ReviewModel(ICurrentActor current, IEmergencies emergencies) : SitePage
{
    public EmergencyDetail Detail { get; private set; } = null!;

    public Task<IActionResult> OnGet(Guid id, CancellationToken ct) => Shown(id, null, ct);

    public async Task<IActionResult> OnPost(Guid id, EmergencyVerdict? verdict, string? note, CancellationToken ct) =>
        (await emergencies.Review(current.Actor, id, verdict ?? (EmergencyVerdict)(-1), note ?? "", ct)).Refused(out var refusal, out _)
            ? await Shown(id, refusal, ct)
            : Done("確認を記録しました。", "/emergencies");

    private async Task<IActionResult> Shown(Guid id, Refusal? problem, CancellationToken ct)
    {
        if ((await emergencies.Read(current.Actor, id, ct)).Refused(out var refusal, out var detail))
        {
            return Refused(refusal);
        }

        Detail = detail;
        return problem is null ? Page() : Again(problem);
    }
}
