using Microsoft.Extensions.DependencyInjection;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.People;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Identity.People;

/// <summary>An organisation with a head, a system administrator and one more person, to act in.</summary>
internal sealed class PeopleWorld : IAsyncDisposable
{
    private PeopleWorld(TestSite site, Organisation organisation) => (Site, Organisation) = (site, organisation);

    public TestSite Site { get; }

    public Organisation Organisation { get; }

    public PersonId Head { get; private set; }

    public PersonId Administrator { get; private set; }

    public PersonId Clerk { get; private set; }

    public IPeople People => Site.Services.GetRequiredService<IPeople>();

    public Memberships Memberships => Site.Services.GetRequiredService<Memberships>();

    public static async Task<PeopleWorld> Open(DatabaseProvider provider, OrganisationKind kind, string head, BusinessRole role)
    {
        var site = await TestSite.Start(provider);
        var world = new PeopleWorld(site, await site.Organisation(kind));
        world.Head = (await site.Person(new NewPerson(world.Organisation.Id, "", "架空 長") { Posts = [head] })).Id;
        world.Administrator = (await site.Person(world.Organisation, GovernanceRole.SystemAdministrator)).Id;
        world.Clerk = (await site.Person(world.Organisation, role)).Id;
        return world;
    }

    /// <summary>Who the person is at this moment.</summary>
    public async Task<Actor> Actor(PersonId person) => (await Memberships.ActorOf(person, Organisation.Id, Ct)).Value;

    public async Task<Outcome<Actor>> Try(PersonId person) => await Memberships.ActorOf(person, Organisation.Id, Ct);

    public async Task<Staff> Staff() => (await People.Staff(await Actor(Administrator), Ct)).Value;

    public async Task<Outcome<Guid>> Appoint(PersonId by, PersonId person, GovernanceRole role, SystemScope scope = SystemScope.All, string? post = null) =>
        await People.Appoint(await Actor(by), new NewAppointment(person, role, scope, post), Ct);

    public async Task<Outcome<ActState>> End(PersonId by, Guid appointment) => await People.EndAppointment(await Actor(by), appointment, "交代", Ct);

    /// <summary>The appointment of the person in force.</summary>
    public async Task<Guid> AppointmentOf(PersonId person, GovernanceRole role) =>
        (await Staff()).Colleagues.Single(c => c.Person == person).Appointments.Single(a => a.Role == role).Id!.Value;

    public async Task<Outcome<RegulationInForce>> Adopt(NewRegulation regulation) => await People.Adopt(await Actor(Administrator), regulation, Ct);

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
