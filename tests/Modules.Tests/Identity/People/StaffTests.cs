using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>Colleagues: added, changed, gone; one's own rights with a second person; one person at several organisations; agents.</summary>
public sealed class StaffTests
{
    private static readonly Uri _people = new("/identity/people", UriKind.Relative);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Leaving_EndsEverythingAtTheNextRequest(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.ClaimsClerk);
        using var browser = world.Site.Browser(world.Clerk);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/identity/me", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal("ID-0412", (await world.People.Leave(await world.Actor(world.Administrator), world.Clerk, " ", null, Ct)).Refusal.Code);
        Assert.Equal(ActState.Done, (await world.People.Leave(await world.Actor(world.Administrator), world.Clerk, "退職", null, Ct)).Value);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync(new Uri("/identity/me", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal("ID-0203", (await world.Try(world.Clerk)).Refusal.Code);
        var staff = await world.Staff();
        Assert.Equal("退職", staff.Former.Single(c => c.Person == world.Clerk).Reason);
        Assert.DoesNotContain(staff.Colleagues, c => c.Person == world.Clerk);
        Assert.Contains($"{world.Clerk}: left", await world.Site.Audited(AuditKind.PeopleChanged));
        Assert.Equal("ID-0401", (await world.People.Leave(await world.Actor(world.Administrator), world.Clerk, "退職", null, Ct)).Refusal.Code);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task OwnRoles_WaitForASecondPerson_OthersDoNot(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.Nurse);
        Assert.Equal(ActState.Done, (await world.People.ChangeRoles(await world.Actor(world.Administrator), world.Clerk, [BusinessRole.ClaimsClerk], Ct)).Value);
        Assert.True((await world.Actor(world.Clerk)).May(Permission.ConfirmClaims));

        Assert.Equal(ActState.Waiting, (await world.People.ChangeRoles(await world.Actor(world.Administrator), world.Administrator, [BusinessRole.ClaimsClerk], Ct)).Value);
        Assert.False((await world.Actor(world.Administrator)).May(Permission.ConfirmClaims));
        var waiting = Assert.Single((await world.Staff()).Waiting);
        Assert.False(waiting.MayDecide);
        Assert.Equal("業務を「請求担当」にする", waiting.Text);
        Assert.Equal("ID-0416", (await world.People.Decide(await world.Actor(world.Administrator), waiting.Id, true, Ct)).Refusal.Code);
        Assert.Equal("ID-0416", (await world.People.Decide(await world.Actor(world.Clerk), waiting.Id, true, Ct)).Refusal.Code);
        Assert.Equal(ActState.Done, (await world.People.Decide(await world.Actor(world.Head), waiting.Id, true, Ct)).Value);
        Assert.True((await world.Actor(world.Administrator)).May(Permission.ConfirmClaims));
        Assert.Equal("ID-0415", (await world.People.Decide(await world.Actor(world.Head), waiting.Id, true, Ct)).Refusal.Code);
    }

    [Fact]
    public async Task OwnPosts_WhereNobodyElseMayDecide_AreTheCentresToDecide()
    {
        await using var site = await TestSite.Start(DatabaseProvider.Sqlite);
        var clinic = await site.Organisation(OrganisationKind.MedicalInstitution);
        var (only, _) = await site.Person(clinic, GovernanceRole.SystemAdministrator);
        var (centre, _) = await site.Person(await site.Centre(), GovernanceRole.SystemAdministrator);
        var people = site.Services.GetRequiredService<IPeople>();
        var actor = (await site.Members.ActorOf(only, null, Ct)).Value;
        Assert.Equal(ActState.Waiting, (await people.ChangePosts(actor, only, ["医院長"], Ct)).Value);
        var second = (await site.Members.ActorOf(centre, null, Ct)).Value;
        var waiting = Assert.Single((await people.Staff(second, Ct)).Value.Waiting);
        Assert.True(waiting.MayDecide);
        Assert.Equal(ActState.Done, (await people.Decide(second, waiting.Id, true, Ct)).Value);
        Assert.Contains(GovernanceRole.Head, (await site.Members.ActorOf(only, null, Ct)).Value.Governance);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "G-5-6"), Trait("Clause", "OQ-A1")]
    public async Task G_5_6_PeopleEndpoints_ServeTheirOwnAdministratorsOnly(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.Nurse);
        using var nobody = world.Site.Browser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(_people, Ct)).StatusCode);
        using var clerk = world.Site.Browser(world.Clerk);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.GetAsync(_people, Ct)).StatusCode);
        Assert.NotEmpty(await world.Site.Audited(AuditKind.AccessDenied));
        using var device = await world.Site.Client(world.Organisation);
        Assert.Equal(HttpStatusCode.Forbidden, (await device.GetAsync(_people, Ct)).StatusCode);
        var stranger = await world.Site.Organisation(OrganisationKind.MedicalInstitution);
        using var other = world.Site.Browser((await world.Site.Person(stranger, GovernanceRole.SystemAdministrator)).Id);
        Assert.DoesNotContain("架空 長", await other.GetStringAsync(_people, Ct), StringComparison.Ordinal);
        using var reach = await other.PostAsJsonAsync(new Uri($"/identity/people/{world.Clerk}/leave", UriKind.Relative), new { reason = "x" }, Ct);
        Assert.Equal(HttpStatusCode.NotFound, reach.StatusCode);

        using var own = world.Site.Browser(world.Administrator);
        Assert.Contains("架空 長", await own.GetStringAsync(_people, Ct), StringComparison.Ordinal);
        using var added = await own.PostAsJsonAsync(_people, new { login = "uketsuke.1", name = "受付 架空", roles = new[] { "ReceptionClerk" } }, Ct);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var first = await added.Content.ReadFromJsonAsync<Dictionary<string, string>>(Ct);
        Assert.True((await world.Site.SignIn.Password("uketsuke.1", first!["firstPassword"], Ct)).Succeeded(out _, out _));
        using var again = await own.PostAsJsonAsync(_people, new { login = "uketsuke.1", name = "受付 架空" }, Ct);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var malformed = await own.PostAsJsonAsync(_people, new { login = "受付", name = "受付 架空" }, Ct);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, malformed.StatusCode);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Person_OfSeveralOrganisations_ActsForOneAtATime(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.ClaimsClerk);
        var insurer = await world.Site.Organisation(OrganisationKind.HealthInsuranceSociety);
        var login = (await world.Staff()).Colleagues.Single(c => c.Person == world.Clerk).Login;
        var join = new NewPerson(insurer.Id, login, "", BusinessRole.BenefitsClerk);
        Assert.Equal(world.Clerk, (await world.Site.PeopleAdministration.Join(join, Ct)).Value);
        Assert.Equal("ID-0419", (await world.Site.PeopleAdministration.Join(join, Ct)).Refusal.Code);
        Assert.Equal([world.Organisation.Id, insurer.Id], (await world.Memberships.Of(world.Clerk, Ct)).Select(m => m.Organisation));

        var there = (await world.Memberships.ActorOf(world.Clerk, insurer.Id, Ct)).Value;
        Assert.Equal([Permission.ReceiveTransmissions], there.Permissions);
        Assert.True((await world.Actor(world.Clerk)).May(Permission.ConfirmClaims));
        Assert.Equal("ID-0203", (await world.Memberships.ActorOf(world.Clerk, (await world.Site.Centre()).Id, Ct)).Refusal.Code);
        await world.People.Leave(await world.Actor(world.Administrator), world.Clerk, "退職", null, Ct);
        Assert.Equal(insurer.Id, (await world.Memberships.ActorOf(world.Clerk, null, Ct)).Value.Organisation);
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Agent_CarriesTheStatedActs_AndGainsNothingElse(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.HealthInsuranceSociety, "理事長", BusinessRole.FilingsClerk);
        var consultant = await world.Site.Organisation("架空社労士事務所", OrganisationKind.LabourConsultant, new OrganisationCode(CodeSystem.LabourConsultant, "13012345"));
        var (agentPerson, _) = await world.Site.Person(new NewPerson(consultant.Id, "", "架空 社労", BusinessRole.FilingsClerk) { Appointments = [GovernanceRole.SystemAdministrator] });
        var agencies = world.Site.Services.GetRequiredService<IAgencies>();
        var now = TimeProvider.System.GetUtcNow();
        var agency = new Agency(Guid.Empty, consultant.Id, world.Organisation.Id, AgencyAct.FilingSubmission, now.AddDays(-1), now.AddDays(365), "委任契約");
        var agent = (await world.Site.Members.ActorOf(agentPerson, null, Ct)).Value;
        Assert.Equal("ID-0403", (await agencies.Record(agent, agency, Ct)).Refusal.Code);
        Assert.Equal("ID-0432", (await agencies.Record(await world.Actor(world.Administrator), agency with { Act = AgencyAct.CloudFiling }, Ct)).Refusal.Code);
        var recorded = (await agencies.Record(await world.Actor(world.Administrator), agency, Ct)).Value;

        Assert.True(await agencies.MayAct(consultant.Id, world.Organisation.Id, AgencyAct.FilingSubmission, now, Ct));
        Assert.False(await agencies.MayAct(consultant.Id, world.Organisation.Id, AgencyAct.FilingSubmission, now.AddDays(400), Ct));
        Assert.False(await agencies.MayAct(consultant.Id, world.Organisation.Id, AgencyAct.Operation, now, Ct));
        Assert.False(await agencies.MayAct(world.Organisation.Id, consultant.Id, AgencyAct.FilingSubmission, now, Ct));
        Assert.Equal(agent.Permissions.Order(), (await world.Site.Members.ActorOf(agentPerson, null, Ct)).Value.Permissions.Order());
        Assert.Equal("ID-0431", (await agencies.End(agent, recorded.Id, "解約", Ct)).Refusal.Code);
        Assert.True((await agencies.End(await world.Actor(world.Administrator), recorded.Id, "解約", Ct)).Succeeded(out _, out _));
        Assert.False(await agencies.MayAct(consultant.Id, world.Organisation.Id, AgencyAct.FilingSubmission, TimeProvider.System.GetUtcNow().AddSeconds(1), Ct));
        Assert.Single(await agencies.Of(world.Organisation.Id, Ct));
    }

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    public async Task Administrators_RemovingEachOtherAtOnce_LeaveOne(DatabaseProvider provider)
    {
        await using var world = await PeopleWorld.Open(provider, OrganisationKind.MedicalInstitution, "副院長", BusinessRole.Nurse);
        var (second, _) = await world.Site.Person(world.Organisation, GovernanceRole.SystemAdministrator);
        var (first, other) = (await world.Actor(world.Administrator), await world.Actor(second));
        var ends = await Task.WhenAll(
            world.People.Leave(first, second, "退職", null, Ct).AsTask(),
            world.People.Leave(other, world.Administrator, "退職", null, Ct).AsTask());
        Assert.Equal(1, ends.Count(e => e.Succeeded(out _, out _)));
        Assert.Equal("ID-0403", ends.Single(e => !e.Succeeded(out _, out _)).Refusal.Code);
    }

    [Fact]
    public async Task CentresAuditor_OperatesNowhere()
    {
        await using var world = await PeopleWorld.Open(DatabaseProvider.Sqlite, OrganisationKind.MedicalInstitution, "医院長", BusinessRole.ClaimsClerk);
        var login = (await world.Staff()).Colleagues.Single(c => c.Person == world.Clerk).Login;
        var centre = await world.Site.Centre();
        Assert.True((await world.Site.PeopleAdministration.Join(new NewPerson(centre.Id, login, "") { Appointments = [GovernanceRole.Auditor] }, Ct)).Refused(out var refusal, out _));
        Assert.Equal("ID-0410", refusal.Code);
    }
}
