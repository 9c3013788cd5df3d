using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>規程の採用: a template with the differences it permits, from a date. Earlier ones stay as they were.</summary>
internal sealed class AdoptRegulation(PeopleActs acts)
{
    private const int LongestPost = 40;

    public ValueTask<Outcome<RegulationInForce>> Run(Actor by, NewRegulation regulation, CancellationToken ct) =>
        acts.Run(by, Permission.AppointPeople, regulation.Since, scene => Act(scene, regulation, ct), ct);

    /// <summary>By whoever holds the data folder, before anybody works there.</summary>
    public ValueTask<Outcome<RegulationInForce>> Run(OrganisationId organisation, NewRegulation regulation, CancellationToken ct) =>
        acts.Run(new Actor(organisation, "", null, null, "", new HashSet<Permission>()), organisation, regulation.Since, scene => Act(scene, regulation, ct), ct);

    private static async ValueTask<Outcome<RegulationInForce>> Act(PeopleActs.Scene scene, NewRegulation regulation, CancellationToken ct)
    {
        if (RegulationTemplates.Find(regulation.Template) is not { } template)
        {
            return Refusals.RegulationInvalid;
        }

        var row = new RegulationRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = scene.Chart.Organisation.Id.Value,
            Template = template.Key,
            Since = regulation.Since is { } since && since > scene.Now ? since : scene.Now,
            HeadPost = Chosen(regulation.HeadPost, template.HeadPost),
            AdministratorPost = Chosen(regulation.AdministratorPost, template.AdministratorPost),
            ManagerPost = regulation.ManagerPost?.Trim() ?? template.ManagerPost,
            Combining = regulation.Combining ?? template.Combining,
            PasswordPolicy = regulation.Password ?? template.Policies[0],
            AdoptedBy = scene.Person,
            Recorded = scene.Now,
        };
        if (Wrong(row, template) is { } wrong)
        {
            return wrong;
        }

        var before = Own(scene, row.Since);
        scene.Chart.Regulations.Add(row);
        if (Own(scene, row.Since).Except(before).Any(r => r is GovernanceRole.Head or GovernanceRole.SystemAdministrator))
        {
            return Refusals.GainsByIt;
        }

        scene.Context.Regulations.Add(row);
        await scene.Record(AuditKind.RegulationChanged, row.Organisation, $"adopted {row.Template} {row.Combining} {row.PasswordPolicy}", ct);
        return ReadStaff.Shown(Regulation.Of(row));
    }

    private static string Chosen(string? given, string published) => string.IsNullOrWhiteSpace(given) ? published : given.Trim();

    private static IEnumerable<GovernanceRole> Own(PeopleActs.Scene scene, DateTimeOffset at) =>
        scene.By.Person is { } person && scene.Chart.Living(person) is { } own ? scene.Chart.GovernanceOf(own, at) : [];

    private static Refusal? Wrong(RegulationRow row, RegulationTemplate template)
    {
        if (!template.Policies.Contains(row.PasswordPolicy))
        {
            return Refusals.RegulationInvalid with { Text = $"この規程では、パスワードの規則「{PeopleNames.Passwords[row.PasswordPolicy]}」は認められません。" };
        }

        if (row.HeadPost.Length > LongestPost || row.AdministratorPost.Length > LongestPost || row.ManagerPost.Length > LongestPost)
        {
            return Refusals.RegulationInvalid with { Text = "役職名は40文字以内にしてください。" };
        }

        var needed = row.ManagerPost.Length == 0 ? Combining.None : row.ManagerPost == row.AdministratorPost ? Combining.All : Combining.Managers;
        return row.Combining < needed
            ? Refusals.RegulationInvalid with { Text = $"責任者を「{row.ManagerPost}」の充て職にするには、兼務を「{PeopleNames.Combinings[needed]}」にします。" }
            : null;
    }
}
