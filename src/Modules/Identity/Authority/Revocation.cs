using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Revokes devices and keeps the published list fresh.</summary>
internal sealed class Revocation(Store store, CaSigner ca, Standing standing, TimeProvider time)
{
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(3);

    /// <summary>From the commit on nobody is served with this certificate; other processes follow within a second.</summary>
    public async ValueTask<Outcome<DeviceId>> Revoke(DeviceId id, string reason, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        var device = await unit.Context.Devices.SingleOrDefaultAsync(d => d.Id == id.Value, ct);
        if (device is null)
        {
            return Refusals.DeviceUnknown;
        }

        if (device.State == DeviceState.InForce)
        {
            device.State = DeviceState.Revoked;
            device.RevokedAt = time.GetUtcNow();
            device.Reason = reason;
            device.Changed = await unit.NextVersion(ct);
            await Publish(unit, ct);
            await unit.Record(AuditKind.CertificateRevoked, id.ToString(), device.Serial, ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return id;
    }

    /// <summary>Publishes a new list when the current one nears its end.</summary>
    public async ValueTask RenewList(CancellationToken ct)
    {
        if (standing.RevocationList.NextUpdate - time.GetUtcNow() > _renewBefore)
        {
            return;
        }

        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            await Publish(unit, ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
    }

    /// <summary>Adds the next list, with the changes made so far in this transaction. The caller took a version, which serialises the numbers.</summary>
    public async ValueTask Publish(Store.Unit unit, CancellationToken ct)
    {
        await unit.Context.SaveChangesAsync(ct);
        var last = await unit.Context.RevocationLists.MaxAsync(l => (long?)l.Number, ct) ?? 0;
        var revoked = await unit.Context.Devices.AsNoTracking().Where(d => d.State == DeviceState.Revoked).OrderBy(d => d.Serial).ToListAsync(ct);
        unit.Context.RevocationLists.Add(ca.RevocationList(last + 1, revoked));
    }
}
