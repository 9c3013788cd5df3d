using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>The same posts under each model regulation: who is システム管理者 by post, that another may be designated, and that both 責任者 are needed.</summary>
public sealed class DesignationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OrganisationKind.Insurer, "HK", "理事長", "理事長")]
    [InlineData(OrganisationKind.MedicalInstitution, "MI", "医院長", "医院長")]
    [InlineData(OrganisationKind.MedicalInstitution, "OQ", "医院長", "医院長")]
    [InlineData(OrganisationKind.HealthInsuranceSociety, "JA", "理事長", "常務理事")]
    [Trait("Clause", "HK-2-1"), Trait("Clause", "HK-2-2"), Trait("Clause", "MI-2-1"), Trait("Clause", "MI-2-2"), Trait("Clause", "OQ-2-2"), Trait("Clause", "JA-第2条2")]
    public async Task HK_2_2_Administrator_IsThatByPost_UntilAnotherIsDesignated_AndHistoryStays(OrganisationKind kind, string template, string headPost, string post)
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, kind, headPost, kind == OrganisationKind.MedicalInstitution ? BusinessRole.ClaimsClerk : BusinessRole.BenefitsClerk);
        if ((await world.Staff()).Regulation.Template != template)
        {
            Assert.True((await world.Adopt(new NewRegulation(template))).Succeeded(out _, out _));
        }

        var byPost = post == headPost ? world.Head : (await world.Site.Person(new NewPerson(world.Organisation.Id, "", "架空 常務") { Posts = [post] })).Id;
        Assert.DoesNotContain(GovernanceRole.SystemAdministrator, (await world.Actor(byPost)).Governance);
        Assert.Equal(ActState.Done, (await world.End(world.Head, await world.AppointmentOf(world.Administrator, GovernanceRole.SystemAdministrator))).Value);
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(byPost)).Governance);

        Assert.True((await world.Appoint(byPost, world.Clerk, GovernanceRole.SystemAdministrator, post: headPost)).Succeeded(out _, out _));
        Assert.DoesNotContain(GovernanceRole.SystemAdministrator, (await world.Actor(byPost)).Governance);
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(world.Clerk)).Governance);
        var staff = (await world.People.Staff(await world.Actor(world.Clerk), Ct)).Value;
        Assert.Equal(template, staff.Regulation.Template);
        Assert.Contains(staff.History, e => e.Text.Contains("任命が終わりました（交代）", StringComparison.Ordinal));
        Assert.Contains(staff.History, e => e.Name == "試験 花子" && e.Text.Contains("「システム管理者」に任命されました", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OrganisationKind.Insurer, "HK", "理事長")]
    [InlineData(OrganisationKind.MedicalInstitution, "MI", "医院長")]
    [InlineData(OrganisationKind.MedicalInstitution, "OQ", "医院長")]
    [Trait("Clause", "HK-2-3"), Trait("Clause", "MI-2-3"), Trait("Clause", "OQ-2-3")]
    public async Task HK_2_3_BothManagers_AreMissedUntilAppointed(OrganisationKind kind, string template, string headPost)
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, kind, headPost, kind == OrganisationKind.MedicalInstitution ? BusinessRole.ClaimsClerk : BusinessRole.BenefitsClerk);
        if ((await world.Staff()).Regulation.Template != template)
        {
            Assert.True((await world.Adopt(new NewRegulation(template))).Succeeded(out _, out _));
        }

        Assert.Equal([GovernanceRole.InformationManager, GovernanceRole.OperationsManager], await Missed(world));
        Assert.True((await world.Appoint(world.Head, world.Clerk, GovernanceRole.InformationManager)).Succeeded(out _, out _));
        Assert.Equal([GovernanceRole.OperationsManager], await Missed(world));
        Assert.Equal("ID-0409", (await world.Appoint(world.Head, world.Clerk, GovernanceRole.OperationsManager)).Refusal.Code);
        var (other, _) = await world.Site.Person(world.Organisation, kind == OrganisationKind.MedicalInstitution ? BusinessRole.Nurse : BusinessRole.EligibilityClerk);
        Assert.True((await world.Appoint(world.Head, other, GovernanceRole.OperationsManager)).Succeeded(out _, out _));
        Assert.Empty(await Missed(world));
    }

    private static async Task<IReadOnlyList<GovernanceRole>> Missed(PeopleWorld world) =>
        [.. (await world.Staff()).Lacks.Select(l => l.Role).OfType<GovernanceRole>().Where(r => r is GovernanceRole.InformationManager or GovernanceRole.OperationsManager).Order()];
}
