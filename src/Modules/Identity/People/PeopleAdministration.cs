using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.People;

/// <inheritdoc cref="IPeopleAdministration"/>
internal sealed class PeopleAdministration(AddPerson people, AdoptRegulation regulations) : IPeopleAdministration
{
    public ValueTask<Outcome<PersonId>> AddPerson(NewPerson person, string password, CancellationToken ct) => people.Run(person, password, ct);

    public ValueTask<Outcome<PersonId>> Join(NewPerson person, CancellationToken ct) => people.Join(person, ct);

    public ValueTask<Outcome<RegulationInForce>> Adopt(OrganisationId organisation, NewRegulation regulation, CancellationToken ct) => regulations.Run(organisation, regulation, ct);
}
