using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>The whole matrix: every kind, every governance role, every business role. docs/permissions.md says the same; SEKISHO_APPROVE=1 writes it.</summary>
public sealed class PermissionMatrixTests
{
    private static readonly HashSet<OrganisationKind> _allKinds = [.. Enum.GetValues<OrganisationKind>()];
    private static readonly HashSet<BusinessRole> _allRoles = [.. Enum.GetValues<BusinessRole>()];

    [Fact, Trait("Clause", "G-9-2-a")]
    public void G_9_2_a_Auditor_NeverGetsWhatAnOperatingRoleAloneGets()
    {
        // Whatever else they are given: an auditor's permissions are those of lines that name 監査人.
        var named = Permissions.Matrix.Where(g => g.Governance.Contains(GovernanceRole.Auditor)).Select(g => g.Permission).ToHashSet();
        string[] reading = ["Read", "Open", "Export"];
        Assert.All(named, p => Assert.Contains(reading, word => p.ToString().StartsWith(word, StringComparison.Ordinal)));
        foreach (var kind in _allKinds)
        {
            foreach (var role in Enum.GetValues<GovernanceRole>())
            {
                Assert.Subset(named, Permissions.OfPerson(Set(kind), Set(GovernanceRole.Auditor, role), _allRoles).ToHashSet());
            }
        }
    }

    [Fact]
    public void Person_WithoutAnAppointmentInForce_MayNothingWhateverTheirBusinessRole() =>
        Assert.All(_allKinds, kind => Assert.Empty(Permissions.OfPerson(Set(kind), new HashSet<GovernanceRole>(), _allRoles)));

    [Fact]
    public void User_WithoutABusinessRole_MayNothing() =>
        Assert.All(_allKinds, kind => Assert.Empty(Permissions.OfPerson(Set(kind), Set(GovernanceRole.User), new HashSet<BusinessRole>())));

    [Fact, Trait("Clause", "G-5-2")]
    public void G_5_2_ClaimPermissions_AreOfClaimantsAndPayersOnly()
    {
        Permission[] claims = [Permission.SendTransmissions, Permission.ReadReceptions, Permission.ConfirmClaims];
        OrganisationKind[] claimants = [OrganisationKind.MedicalInstitution, OrganisationKind.Pharmacy, OrganisationKind.HomeNursing, OrganisationKind.Agent];
        foreach (var kind in _allKinds)
        {
            var may = Permissions.OfPerson(Set(kind), Enum.GetValues<GovernanceRole>().Where(r => r != GovernanceRole.Auditor).ToHashSet(), _allRoles);
            Assert.Equal(claimants.Contains(kind), claims.Any(may.Contains));
            Assert.Equal(kind == OrganisationKind.Payer, may.Contains(Permission.ReviewClaims));
            Assert.Equal(kind == OrganisationKind.Centre, may.Contains(Permission.ManageSite));
        }
    }

    [Fact]
    public void MoreRoles_NeverTakeAPermissionAway_ExceptAuditing()
    {
        GovernanceRole[] operating = [.. Enum.GetValues<GovernanceRole>().Where(r => r != GovernanceRole.Auditor)];
        foreach (var (kind, governance, business) in from k in _allKinds from g in operating from b in _allRoles select (k, g, b))
        {
            var one = Permissions.OfPerson(Set(kind), Set(governance), Set(business));
            Assert.Superset(one.ToHashSet(), Permissions.OfPerson(Set(kind), operating.ToHashSet(), _allRoles).ToHashSet());
            Assert.Superset(one.ToHashSet(), Permissions.OfPerson(_allKinds, Set(governance), Set(business)).ToHashSet());
        }
    }

    [Fact]
    public void Permissions_EachAreGrantedToSomebody_AndHaveWords()
    {
        Assert.All(Enum.GetValues<Permission>(), p => Assert.Contains(Permissions.Matrix, g => g.Permission == p));
        Assert.All(Enum.GetValues<Permission>(), p => Assert.True(PeopleNames.Permissions.ContainsKey(p), $"{p} has no title in PeopleNames"));
        Assert.All(Enum.GetValues<OrganisationKind>(), k => Assert.True(PeopleNames.Kinds.ContainsKey(k)));
        Assert.All(_allRoles, r => Assert.True(PeopleNames.Business.ContainsKey(r)));
        Assert.All(Enum.GetValues<GovernanceRole>(), r => Assert.True(PeopleNames.Governance.ContainsKey(r)));
    }

    [Fact]
    public void Device_NeverAdministersPeople() =>
        Assert.DoesNotContain(Permissions.OfDevice(_allKinds), p => p is Permission.ReadPeople or Permission.ManagePeople or Permission.AppointPeople);

    [Fact]
    public void Page_Committed_EqualsTheMatrix()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Sekisho.slnx")))
        {
            root = root.Parent;
        }

        var file = Path.Combine(root!.FullName, "docs", "permissions.md");
        if (Environment.GetEnvironmentVariable("SEKISHO_APPROVE") == "1")
        {
            File.WriteAllText(file, Page());
        }

        Assert.Equal(Page(), File.ReadAllText(file));
    }

    private static HashSet<T> Set<T>(params T[] values) => [.. values];

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("# 権限の表\n\n");
        page.Append("この頁は一覧（`src/Modules/Identity/Permissions.cs`）から作られ、テストが一致を確かめます（`SEKISHO_APPROVE=1` で書き直し）。画面では `/help/permissions`。\n\n");
        page.Append("人は、組織の種類、有効な任命（規程上の役割のどれか）、業務上の役割（書いてあるときはそのどれか）の**すべて**がそろったときだけ、その行のことができます。\n");
        page.Append("監査人は「監査人」と書いた行のほかは何もできず、運用や業務の役割を持てません。「端末だけ」は、人がサインインしなくても、組織の端末（機械）ができることです。\n\n");
        page.Append("| できること | 権限 | 組織 | 規程上の役割（どれか） | 業務上の役割（どれか） | 端末だけ |\n|---|---|---|---|---|---|\n");
        foreach (var row in Permissions.Matrix.Select(Permissions.InWords))
        {
            page.Append($"| {row.Title} | `{row.Permission}` | {row.Kinds} | {row.Governance} | {(row.Business.Length == 0 ? "–" : row.Business)} | {(row.Device ? "○" : "–")} |\n");
        }

        page.Append("\n役割は日付のある行で、終わりはその時刻の次の要求から効きます。誰がどの役割に任命するかは、組織が採用した規程（[operations/people.md](operations/people.md)）が決めます。\n");
        return page.ToString();
    }
}
