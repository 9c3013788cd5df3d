using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>任命.</summary>
[Requires(Permission.AppointPeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class AppointModel(ICurrentActor current, IPeople people) : StaffPage(current, people)
{
    [BindProperty(SupportsGet = true)]
    public Guid? Person { get; set; }

    [BindProperty(SupportsGet = true)]
    public GovernanceRole Role { get; set; } = GovernanceRole.User;

    [BindProperty(SupportsGet = true)]
    public SystemScope Scope { get; set; }

    [BindProperty]
    public string? AppointedBy { get; set; }

    public IReadOnlyList<GovernanceRole> Roles { get; } =
        [GovernanceRole.Head, GovernanceRole.SystemAdministrator, GovernanceRole.InformationManager, GovernanceRole.OperationsManager, GovernanceRole.User, GovernanceRole.Auditor];

    public IReadOnlyList<SystemScope> Scopes => [.. new[] { SystemScope.All }.Union(Staff.Regulation.ManagedScopes)];

    /// <summary>Posts that appoint, besides the acting person themself.</summary>
    public IReadOnlyList<string> Posts => [.. new[] { Staff.Regulation.HeadPost, Staff.Regulation.AdministratorPost }.Distinct()];

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Prepare(ct) ?? Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await Prepare(ct) is { } gone)
        {
            return gone;
        }

        if (Role == GovernanceRole.Head)
        {
            return await Head(ct);
        }

        var appointment = new NewAppointment(new PersonId(Person ?? Guid.Empty), Role, Scope, AppointedBy == "self" ? null : AppointedBy ?? "");
        var outcome = await People.Appoint(Acting, appointment, ct);
        return outcome.Succeeded(out _, out var refusal) ? Done($"{PeopleNames.Governance[Role]}に任命しました。", "/people") : Again(refusal);
    }

    /// <summary>機関の長 is whoever holds the post: that is what is written down.</summary>
    private async Task<IActionResult> Head(CancellationToken ct)
    {
        var held = Staff.Colleagues.FirstOrDefault(c => c.Person.Value == Person)?.Posts ?? [];
        var outcome = await People.ChangePosts(Acting, new PersonId(Person ?? Guid.Empty), [.. held, Staff.Regulation.HeadPost], ct);
        return outcome.Succeeded(out var state, out var refusal)
            ? Done(state == ActState.Done ? $"「{Staff.Regulation.HeadPost}」の役職を登録しました。" : "別の権限のある人の確認を待っています。", "/people")
            : Again(refusal);
    }
}
