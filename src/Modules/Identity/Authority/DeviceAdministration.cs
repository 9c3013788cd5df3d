using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Modules.Identity.Devices;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <inheritdoc cref="IDeviceAdministration"/>
internal sealed class DeviceAdministration(Store store, Issue issue, Revocation revocation, CertificateAuthority ca, Standing standing, Upkeep upkeep) : IDeviceAdministration
{
    public string AuthorityPem => ca.Root.ExportCertificatePem();

    public ValueTask<Outcome<IssuedDevice>> Issue(OrganisationId organisation, string name, string password, CancellationToken ct) =>
        issue.Pfx(organisation, name, password, ct);

    public async ValueTask<Outcome<DeviceId>> DeviceOf(string serial, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var stored = serial.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        var certificate = await unit.Context.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Serial == stored, ct);
        return certificate is null ? Refusals.DeviceUnknown : new DeviceId(certificate.Device);
    }

    public ValueTask<Outcome<DeviceId>> Revoke(DeviceId device, string reason, CancellationToken ct) =>
        revocation.Revoke(device, new RevocationCause(RevocationReason.Unspecified, reason), ct);

    public ValueTask<AuthorityHealth> Health(CancellationToken ct) => ValueTask.FromResult(
        new AuthorityHealth(ca.Root.NotAfter.ToUniversalTime(), standing.RevocationList.NextUpdate, standing.DevicesInForce));

    public ValueTask<IReadOnlyList<string>> Warnings(CancellationToken ct) => upkeep.Everywhere(ct);
}
