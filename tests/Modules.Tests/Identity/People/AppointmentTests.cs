using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>任命 as the regulation in force permits, and what becomes of them.</summary>
public sealed class AppointmentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-2-1"), Trait("Clause", "KH-2-2")]
    public async Task KH_2_1_SystemAdministrator_IsTheHeadUntilAnotherIsDesignated_AndHistoryStays(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.HealthInsuranceSociety, "理事長", BusinessRole.BenefitsClerk);
        Assert.DoesNotContain(GovernanceRole.SystemAdministrator, (await world.Actor(world.Head)).Governance);
        var designated = await world.AppointmentOf(world.Administrator, GovernanceRole.SystemAdministrator);

        Assert.Equal(ActState.Done, (await world.End(world.Head, designated)).Value);
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(world.Head)).Governance);
        Assert.Equal("ID-0203", (await world.Try(world.Administrator)).Succeeded(out var still, out _) && still.Permissions.Count == 0 ? "ID-0203" : "still there");

        var again = (await world.Appoint(world.Head, world.Clerk, GovernanceRole.SystemAdministrator)).Value;
        Assert.DoesNotContain(GovernanceRole.SystemAdministrator, (await world.Actor(world.Head)).Governance);
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(world.Clerk)).Governance);
        Assert.NotEqual(designated, again);
        var staff = (await world.People.Staff(await world.Actor(world.Clerk), Ct)).Value;
        Assert.Contains(staff.History, e => e.Text.Contains("任命が終わりました（交代）", StringComparison.Ordinal));
        Assert.Contains(staff.History, e => e is { Name: "試験 花子", By: "架空 長" } && e.Text.Contains("「システム管理者」に任命されました", StringComparison.Ordinal));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-2-3"), Trait("Clause", "G-1-1"), Trait("Clause", "G-2-1")]
    public async Task KH_2_3_Managers_AreNeededForEachSystem_FourPosts(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.HealthInsuranceSociety, "理事長", BusinessRole.BenefitsClerk);
        Assert.Equal(4, (await world.Staff()).Lacks.Count(l => l.Role is GovernanceRole.InformationManager or GovernanceRole.OperationsManager));
        Assert.Equal("ID-0407", (await world.Appoint(world.Head, world.Clerk, GovernanceRole.InformationManager)).Refusal.Code);

        var (other, _) = await world.Site.Person(world.Organisation, BusinessRole.EligibilityClerk);
        foreach (var scope in new[] { SystemScope.OnlineClaims, SystemScope.ElectronicFiling })
        {
            Assert.True((await world.Appoint(world.Head, world.Clerk, GovernanceRole.InformationManager, scope)).Succeeded(out _, out _));
            Assert.Equal("ID-0409", (await world.Appoint(world.Head, world.Clerk, GovernanceRole.OperationsManager, scope)).Refusal.Code);
            Assert.True((await world.Appoint(world.Head, other, GovernanceRole.OperationsManager, scope)).Succeeded(out _, out _));
            Assert.Equal("ID-0408", (await world.Appoint(world.Head, other, GovernanceRole.InformationManager, scope)).Refusal.Code);
        }

        Assert.DoesNotContain((await world.Staff()).Lacks, l => l.Role is not null);
    }

    [Fact, Trait("Clause", "KH-2-4"), Trait("Clause", "HK-2-4"), Trait("Clause", "MI-2-4"), Trait("Clause", "OQ-2-4")]
    public async Task KH_2_4_Appointment_WithoutWhoAppointed_IsRefused()
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.ClaimsClerk);
        Assert.Equal("ID-0406", (await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.InformationManager)).Refusal.Code);
        Assert.Equal("ID-0406", (await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.InformationManager, post: "")).Refusal.Code);
        Assert.Equal("ID-0405", (await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.InformationManager, post: "看護師長")).Refusal.Code);
        Assert.True((await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.InformationManager, post: "医院長")).Succeeded(out _, out _));
        Assert.Equal("ID-0401", (await world.Appoint(world.Administrator, new PersonId(Guid.CreateVersion7()), GovernanceRole.User)).Refusal.Code);
        Assert.Equal("ID-0404", (await world.Appoint(world.Administrator, world.Administrator, GovernanceRole.OperationsManager, post: "医院長")).Refusal.Code);
        Assert.Equal("ID-0405", (await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.Head, post: "医院長")).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "JA-第2条3"), Trait("Clause", "JA-第2条1")]
    public async Task JA_第2条3_OnePersonByPost_FillsTheFourPosts(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.HealthInsuranceSociety, "理事長", BusinessRole.BenefitsClerk);
        Assert.Equal("JA", (await world.Adopt(new NewRegulation("JA"))).Value.Template);
        Assert.Equal(ActState.Done, (await world.People.ChangePosts(await world.Actor(world.Administrator), world.Clerk, ["事務長"], Ct)).Value);
        var clerk = (await world.Actor(world.Clerk)).Governance;
        Assert.Contains(GovernanceRole.InformationManager, clerk);
        Assert.Contains(GovernanceRole.OperationsManager, clerk);
        Assert.DoesNotContain((await world.Staff()).Lacks, l => l.Role is not null);

        // 充て職 of システム管理者 is 常務理事 here, not 理事長.
        var (director, _) = await world.Site.Person(new NewPerson(world.Organisation.Id, "", "架空 常務") { Posts = ["常務理事"] });
        await world.End(world.Head, await world.AppointmentOf(world.Administrator, GovernanceRole.SystemAdministrator));
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(director)).Governance);
        Assert.DoesNotContain(GovernanceRole.SystemAdministrator, (await world.Actor(world.Head)).Governance);
        Assert.Equal("ID-0413", (await world.People.Leave(await world.Actor(world.Head), director, "退職", null, Ct)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-9-2-a"), Trait("Clause", "G-9-2-b")]
    public async Task G_9_2_Auditor_HoldsNothingOperating_AndTheReverse(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.PaymentFund, "機関の長", BusinessRole.Reviewer);
        Assert.Contains((await world.Staff()).Lacks, l => l.Role == GovernanceRole.Auditor);
        Assert.Equal("ID-0410", (await world.Appoint(world.Head, world.Clerk, GovernanceRole.Auditor)).Refusal.Code);

        var auditor = (await world.People.Add(await world.Actor(world.Head), new NewColleague("kansa.1", "架空 監査", [], [], GovernanceRole.Auditor), Ct)).Value.Person;
        Assert.Equal([GovernanceRole.Auditor], (await world.Actor(auditor)).Governance);
        Assert.DoesNotContain((await world.Staff()).Lacks, l => l.Role == GovernanceRole.Auditor);
        Assert.Equal("ID-0410", (await world.Appoint(world.Administrator, auditor, GovernanceRole.User)).Refusal.Code);
        Assert.Equal("ID-0410", (await world.People.ChangeRoles(await world.Actor(world.Administrator), auditor, [BusinessRole.Reviewer], Ct)).Refusal.Code);
        Assert.Equal("ID-0405", (await world.End(world.Administrator, await world.AppointmentOf(auditor, GovernanceRole.Auditor))).Refusal.Code);
        Assert.Equal(ActState.Done, (await world.End(world.Head, await world.AppointmentOf(auditor, GovernanceRole.Auditor))).Value);
        Assert.Empty((await world.Actor(auditor)).Permissions);
    }

    [Fact]
    public async Task LastAdministrator_CannotBeRemoved_HoweverItIsTried()
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, OrganisationKind.MedicalInstitution, "副院長", BusinessRole.ClaimsClerk);
        var last = await world.AppointmentOf(world.Administrator, GovernanceRole.SystemAdministrator);
        Assert.Equal("ID-0413", (await world.End(world.Administrator, last)).Refusal.Code);
        Assert.Equal("ID-0413", (await world.People.Leave(await world.Actor(world.Administrator), world.Administrator, "退職", null, Ct)).Refusal.Code);
        var later = world.Site.Services.GetService(typeof(TimeProvider)) is TimeProvider time ? time.GetUtcNow().AddDays(30) : default;
        Assert.Equal("ID-0413", (await world.People.Leave(await world.Actor(world.Administrator), world.Administrator, "退職", later, Ct)).Refusal.Code);
        Assert.Contains(GovernanceRole.SystemAdministrator, (await world.Actor(world.Administrator)).Governance);

        Assert.True((await world.Appoint(world.Administrator, world.Clerk, GovernanceRole.SystemAdministrator, post: "医院長")).Succeeded(out _, out _));
        Assert.Equal(ActState.Done, (await world.End(world.Administrator, last)).Value);
    }

    [Fact]
    public async Task Appointment_ForALaterDay_TakesEffectThen_AndTheRegulationToo()
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.ClaimsClerk);
        var later = TimeProvider.System.GetUtcNow().AddDays(10);
        var coming = new NewAppointment(world.Clerk, GovernanceRole.InformationManager, SystemScope.All, "医院長", later);
        Assert.True((await world.People.Appoint(await world.Actor(world.Administrator), coming, Ct)).Succeeded(out _, out _));
        Assert.DoesNotContain(GovernanceRole.InformationManager, (await world.Actor(world.Clerk)).Governance);
        Assert.Contains((await world.Staff()).Lacks, l => l.Role == GovernanceRole.InformationManager);

        Assert.True((await world.Adopt(new NewRegulation("OQ", later))).Succeeded(out _, out _));
        var staff = await world.Staff();
        Assert.Equal(("MI", false, "OQ"), (staff.Regulation.Template, staff.Regulation.Adopted, Assert.Single(staff.Coming).Template));
        Assert.Equal(PasswordPolicy.Long13, await world.Memberships.PasswordPolicyOf(world.Organisation.Id, Ct));
        Assert.Equal("ID-0414", (await world.Adopt(new NewRegulation("OQ", Password: PasswordPolicy.Long13))).Refusal.Code);
        Assert.Equal("ID-0414", (await world.Adopt(new NewRegulation("MI", ManagerPost: "医院長"))).Refusal.Code);
        Assert.True((await world.Adopt(new NewRegulation("OQ"))).Succeeded(out _, out _));
        Assert.Equal(PasswordPolicy.TwoMonths8, await world.Memberships.PasswordPolicyOf(world.Organisation.Id, Ct));
    }

    [Fact, Trait("Clause", "OQ-2-1"), Trait("Clause", "MI-2-1")]
    public async Task OQ_2_1_SmallClinic_OneHeadIsEverythingTheRegulationLetsThemBe()
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.Nurse);
        await world.End(world.Head, await world.AppointmentOf(world.Administrator, GovernanceRole.SystemAdministrator));
        var small = new NewRegulation("OQ", ManagerPost: "医院長", Combining: Combining.All);
        Assert.True((await world.People.Adopt(await world.Actor(world.Head), small, Ct)).Succeeded(out _, out _));
        var head = await world.Actor(world.Head);
        Assert.True(head.Governance.IsSupersetOf(
            [GovernanceRole.Head, GovernanceRole.SystemAdministrator, GovernanceRole.InformationManager, GovernanceRole.OperationsManager]));
        Assert.Empty((await world.People.Staff(head, Ct)).Value.Lacks);
    }
}
