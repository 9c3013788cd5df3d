using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.People;

/// <summary>The regulation in force at an organisation: the one it adopted, or the template of its kind until it adopts one.</summary>
internal sealed record Regulation(
    RegulationTemplate Template, bool Adopted, DateTimeOffset? Since, string HeadPost, string AdministratorPost, string ManagerPost, Combining Combining, PasswordPolicy Password)
{
    /// <summary>For what 責任者 are needed: each system, or all of them at once.</summary>
    public IReadOnlyList<SystemScope> ManagedScopes => Template.PerSystem ? Template.Systems : [SystemScope.All];

    /// <summary>The latest of the rows that has begun.</summary>
    public static Regulation At(DateTimeOffset at, IEnumerable<RegulationRow> rows, IReadOnlySet<OrganisationKind> kinds) =>
        rows.Where(r => r.Since <= at).OrderBy(r => r.Since).ThenBy(r => r.Recorded).LastOrDefault() is { } row ? Of(row) : Of(RegulationTemplates.Default(kinds));

    public static Regulation Of(RegulationRow row) => new(
        RegulationTemplates.Find(row.Template) ?? throw new InvalidOperationException($"Regulation template {row.Template}"),
        true, row.Since, row.HeadPost, row.AdministratorPost, row.ManagerPost, row.Combining, row.PasswordPolicy);

    public static Regulation Of(RegulationTemplate template) => new(
        template, false, null, template.HeadPost, template.AdministratorPost, template.ManagerPost, template.Combining, template.Policies[0]);

    /// <summary>
    /// Governance roles of a person: the designated ones, and those that follow from their posts (充て職) where nobody is designated.
    /// <paramref name="inForce"/> are the appointments in force of the whole organisation, or at least this person's and every one of a role that posts can give.
    /// </summary>
    public IReadOnlySet<GovernanceRole> RolesOf(Guid person, IReadOnlyCollection<string> posts, IReadOnlyCollection<AppointmentRow> inForce)
    {
        var roles = inForce.Where(a => a.Person == person).Select(a => a.Role).ToHashSet();
        if (posts.Contains(HeadPost))
        {
            roles.Add(GovernanceRole.Head);
        }

        if (posts.Contains(AdministratorPost) && !inForce.Any(a => a.Role == GovernanceRole.SystemAdministrator))
        {
            roles.Add(GovernanceRole.SystemAdministrator);
        }

        if (ManagerPost.Length > 0 && posts.Contains(ManagerPost))
        {
            roles.UnionWith(Managers.Where(role => ManagedScopes.Any(scope => !inForce.Any(a => Fills(a, role, scope)))));
        }

        return roles;
    }

    /// <summary>The two 責任者.</summary>
    public static readonly GovernanceRole[] Managers = [GovernanceRole.InformationManager, GovernanceRole.OperationsManager];

    /// <summary>An appointment for all systems fills the post of each.</summary>
    public static bool Fills(AppointmentRow appointment, GovernanceRole role, SystemScope scope) =>
        appointment.Role == role && (appointment.Scope == scope || appointment.Scope == SystemScope.All || scope == SystemScope.All);
}
