using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <summary>What the regulation says of an organisation's chart. Pure: the same questions are asked before an act and for the page.</summary>
internal static class AppointmentRules
{
    private static readonly GovernanceRole[] _operating =
    [
        GovernanceRole.Head, GovernanceRole.SystemAdministrator, GovernanceRole.InformationManager, GovernanceRole.OperationsManager, GovernanceRole.User,
    ];

    /// <summary>True when the scope is one for which the role is given.</summary>
    public static bool HasScope(Regulation regulation, GovernanceRole role, SystemScope scope) => Regulation.Managers.Contains(role)
        ? regulation.ManagedScopes.Contains(scope) || (scope == SystemScope.All && regulation.Combining != Combining.None)
        : scope == SystemScope.All;

    /// <summary>
    /// The posts that may appoint to the role: 機関の長; システム管理者's own post may designate another where it is not the head's; 利用者 are
    /// appointed by システム管理者.
    /// </summary>
    public static IReadOnlyList<string> Appointers(Regulation regulation, GovernanceRole role) => role switch
    {
        GovernanceRole.SystemAdministrator => [regulation.HeadPost, regulation.AdministratorPost],
        GovernanceRole.User => [regulation.HeadPost, PeopleNames.Governance[GovernanceRole.SystemAdministrator]],
        _ => [regulation.HeadPost],
    };

    /// <summary>The refusal of somebody being both: one who audits operates nothing in what they audit.</summary>
    public static Refusal? Independent(IReadOnlySet<GovernanceRole> governance, int businessRoles) =>
        governance.Contains(GovernanceRole.Auditor) && (businessRoles > 0 || _operating.Any(governance.Contains)) ? Refusals.AuditorOperates : null;

    /// <summary>What is wrong with the whole chart at an instant; null when nothing is. Each act is judged by what it leaves behind.</summary>
    public static Refusal? Judge(Chart chart, DateTimeOffset at)
    {
        foreach (var member in chart.Memberships.Where(m => m.InForce(at)))
        {
            if (Independent(chart.GovernanceOf(member, at), chart.BusinessOf(member, at).Count) is { } dependent)
            {
                return dependent;
            }
        }

        return Combined(chart, at) ?? (chart.Holders(GovernanceRole.SystemAdministrator, at).Count == 0 ? Refusals.LastAdministrator : null);
    }

    /// <summary>兼務 against the regulation.</summary>
    public static Refusal? Combined(Chart chart, DateTimeOffset at)
    {
        var regulation = chart.RegulationAt(at);
        var administrators = chart.Holders(GovernanceRole.SystemAdministrator, at).Select(m => m.Person).ToHashSet();
        foreach (var scope in regulation.ManagedScopes)
        {
            var information = chart.Managers(GovernanceRole.InformationManager, scope, at).Select(m => m.Person).ToHashSet();
            var operations = chart.Managers(GovernanceRole.OperationsManager, scope, at).Select(m => m.Person).ToHashSet();
            if (regulation.Combining == Combining.None && information.Overlaps(operations))
            {
                return Refusals.Combined with { Text = $"規程では、情報管理責任者と運用責任者は別の人にします（{PeopleNames.Scopes[scope]}）。" };
            }

            if (regulation.Combining != Combining.All && (information.Overlaps(administrators) || operations.Overlaps(administrators)))
            {
                return Refusals.Combined with { Text = "規程では、システム管理者が情報管理責任者・運用責任者を兼ねることはできません。" };
            }
        }

        return null;
    }

    /// <summary>Posts of the regulation that nobody fills, and what stands against it.</summary>
    public static IReadOnlyList<Lack> Lacks(Chart chart)
    {
        var (regulation, now, lacks) = (chart.RegulationAt(chart.Now), chart.Now, new List<Lack>());
        if (!regulation.Adopted)
        {
            lacks.Add(new Lack(null, SystemScope.All, "規程の採用が登録されていません。", "いまは、組織の種類に合う規程例のとおりに扱っています。採用した規程を登録してください。"));
        }

        Need(chart, lacks, GovernanceRole.Head, chart.Holders(GovernanceRole.Head, now).Count, SystemScope.All, $"「{regulation.HeadPost}」の役職を、その人に登録してください。");
        Need(
            chart, lacks, GovernanceRole.SystemAdministrator, chart.Holders(GovernanceRole.SystemAdministrator, now).Count, SystemScope.All,
            $"「{regulation.AdministratorPost}」の役職を登録するか、{regulation.HeadPost}が指名した人を任命してください。");
        foreach (var scope in regulation.ManagedScopes)
        {
            foreach (var role in Regulation.Managers)
            {
                Need(chart, lacks, role, chart.Managers(role, scope, now).Count, scope, $"{regulation.HeadPost}が指名した人を任命してください。");
            }
        }

        if (chart.Organisation.Kinds.Overlaps([OrganisationKind.Payer, OrganisationKind.ImplementingBody, OrganisationKind.Centre]))
        {
            Need(chart, lacks, GovernanceRole.Auditor, chart.Holders(GovernanceRole.Auditor, now).Count, SystemScope.All, "運用に関わらない人を監査人に任命してください。");
        }

        if (Combined(chart, now) is { } combined)
        {
            lacks.Add(new Lack(null, SystemScope.All, combined.Text, combined.Remedy));
        }

        return lacks;
    }

    private static void Need(Chart chart, List<Lack> lacks, GovernanceRole role, int holders, SystemScope scope, string remedy)
    {
        if (holders == 0)
        {
            var system = chart.RegulationAt(chart.Now).Template.PerSystem && scope != SystemScope.All ? $"（{PeopleNames.Scopes[scope]}）" : "";
            lacks.Add(new Lack(role, scope, $"{PeopleNames.Governance[role]}{system}がいません。", remedy));
        }
    }
}
