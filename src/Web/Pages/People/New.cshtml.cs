using Microsoft.AspNetCore.Mvc;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Web.Hosting;
using Sekisho.Wire;

namespace Sekisho.Web.Pages.People;

/// <summary>Adds a colleague in one form; their first password is shown on the answer, and only there.</summary>
[Requires(Permission.ManagePeople)]
[Audits(AuditKind.PeopleRead)]
[Classified(Classification.Confidential)]
internal sealed class NewColleagueModel(ICurrentActor current, IPeople people) : StaffPage(current, people)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Login { get; set; }

    [BindProperty]
    public List<BusinessRole> Roles { get; set; } = [];

    [BindProperty]
    public string? Post { get; set; }

    [BindProperty(SupportsGet = true)]
    public GovernanceRole Role { get; set; } = GovernanceRole.User;

    public AddedColleague? Added { get; private set; }

    /// <summary>役職 the regulation gives a meaning.</summary>
    public IReadOnlyList<string> Posts => PostsOf(Staff.Regulation);

    public static IReadOnlyList<string> PostsOf(RegulationInForce regulation) =>
        [.. new[] { regulation.HeadPost, regulation.AdministratorPost, regulation.ManagerPost }.Where(p => p.Length > 0).Distinct()];

    public async Task<IActionResult> OnGet(CancellationToken ct) => await Prepare(ct) ?? Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await Prepare(ct) is { } gone)
        {
            return gone;
        }

        IReadOnlyList<string> posts = string.IsNullOrWhiteSpace(Post) ? [] : [Post];
        var outcome = await People.Add(Acting, new NewColleague(Login ?? "", Name ?? "", Roles, posts, Role), ct);
        if (outcome.Refused(out var refusal, out var added))
        {
            return Again(refusal);
        }

        Added = added;
        return Page();
    }
}
