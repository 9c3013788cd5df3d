using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>One colleague: business roles, posts, appointments.</summary>
[Requires(Permission.ManagePeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class ColleagueModel(ICurrentActor current, IPeople people) : StaffPage(current, people)
{
    private const string Waiting = "別の権限のある人の確認を待っています。確認されるまで、何も変わりません。";

    public bool MayAppoint => Acting.May(Permission.AppointPeople);

    public bool IsMe => Colleague.Person == Acting.Person;

    /// <summary>Posts to choose from: those of the regulation and those held.</summary>
    public IReadOnlyList<string> Posts => [.. NewColleagueModel.PostsOf(Staff.Regulation).Union(Colleague.Posts)];

    /// <summary>Business roles to choose from.</summary>
    public IReadOnlyList<BusinessRole> Roles => [.. Staff.UsefulRoles.Union(Colleague.Roles).Order()];

    public async Task<IActionResult> OnGet(Guid id, CancellationToken ct) => await Prepare(id, ct) ?? Page();

    public async Task<IActionResult> OnPostRoles(Guid id, List<BusinessRole> roles, CancellationToken ct) =>
        await After(id, await People.ChangeRoles(Acting, new PersonId(id), roles, ct), "業務を変えました。", ct);

    public async Task<IActionResult> OnPostPosts(Guid id, List<string> posts, string? other, CancellationToken ct) =>
        await After(id, await People.ChangePosts(Acting, new PersonId(id), [.. posts, other ?? ""], ct), "役職を変えました。", ct);

    public async Task<IActionResult> OnPostEnd(Guid id, Guid appointment, string? reason, CancellationToken ct) =>
        await After(id, await People.EndAppointment(Acting, appointment, reason ?? "", ct), "任命を終えました。", ct);

    private async Task<IActionResult> After(Guid id, Outcome<ActState> outcome, string done, CancellationToken ct)
    {
        if (outcome.Succeeded(out var state, out var refusal))
        {
            return Done(state == ActState.Waiting ? Waiting : done, "/people");
        }

        return await Prepare(id, ct) ?? Again(refusal);
    }
}
