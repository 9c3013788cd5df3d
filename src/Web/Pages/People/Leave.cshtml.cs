using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>退職, asked once more.</summary>
[Requires(Permission.ManagePeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class LeaveModel(ICurrentActor current, IPeople people) : StaffPage(current, people)
{
    [BindProperty]
    public string? Reason { get; set; }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Prepare(id, ct) ?? Page();

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        if (await Prepare(id, ct) is { } gone)
        {
            return gone;
        }

        var outcome = await People.Leave(Acting, Colleague.Person, Reason ?? "", null, ct);
        return outcome.Succeeded(out _, out var refusal) ? Done($"{Colleague.Name} さんを退職にしました。サインインも、行っていた操作も、もうできません。", "/people") : Again(refusal);
    }
}
