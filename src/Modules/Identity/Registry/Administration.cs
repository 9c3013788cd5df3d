using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.People;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Registry;

/// <inheritdoc cref="IIdentityAdministration"/>
internal sealed class Administration(Store store, Issue issue, Revocation revocation, AddPerson people, CaSigner ca, Standing standing) : IIdentityAdministration
{
    public string AuthorityPem => ca.Root.ExportCertificatePem();

    public ValueTask<Outcome<IssuedDevice>> Issue(OrganisationId organisation, string name, string password, CancellationToken ct) =>
        issue.Pfx(organisation, name, password, ct);

    public async ValueTask<Outcome<DeviceId>> DeviceOf(string serial, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var stored = serial.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        var device = await unit.Context.Devices.AsNoTracking().SingleOrDefaultAsync(d => d.Serial == stored, ct);
        return device is null ? Refusals.DeviceUnknown : new DeviceId(device.Id);
    }

    public ValueTask<Outcome<DeviceId>> Revoke(DeviceId device, string reason, CancellationToken ct) => revocation.Revoke(device, reason, ct);

    public ValueTask<Outcome<PersonId>> AddPerson(NewPerson person, string password, CancellationToken ct) => people.Run(person, password, ct);

    public ValueTask<AuthorityHealth> Health(CancellationToken ct) => ValueTask.FromResult(
        new AuthorityHealth(ca.Root.NotAfter.ToUniversalTime(), standing.RevocationList.NextUpdate, standing.DevicesInForce));
}
