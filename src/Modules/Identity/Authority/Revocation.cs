using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Why certificates end.</summary>
internal sealed record RevocationCause(RevocationReason Code, string Text);

/// <summary>Revokes certificates and keeps the published list fresh.</summary>
internal sealed class Revocation(Store store, CertificateAuthority ca, Standing standing, SiteOptions site, TimeProvider time)
{
    private const int ListsKept = 5;
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(3);

    /// <summary>From the commit on nobody is served with the device's certificates; other processes follow within a second.</summary>
    public async ValueTask<Outcome<DeviceId>> Revoke(DeviceId id, RevocationCause cause, CancellationToken ct)
    {
        await using (var unit = await store.Write(ct))
        {
            if (!await unit.Context.Devices.AnyAsync(d => d.Id == id.Value, ct))
            {
                return Refusals.DeviceUnknown;
            }

            if (await Revoke(unit, id.Value, cause, null, ct))
            {
                await Publish(unit, ct);
                await unit.Commit(ct);
            }
        }

        await standing.Refresh(ct);
        return id;
    }

    /// <summary>Revokes a device's certificates in force, but for <paramref name="kept"/>, in the caller's transaction; false when there were none. The caller publishes.</summary>
    public async ValueTask<bool> Revoke(Store.Unit unit, Guid device, RevocationCause cause, string? kept, CancellationToken ct)
    {
        var ending = await unit.Context.Certificates.Where(c => c.Device == device && c.State == CertificateState.InForce && c.Serial != kept).ToListAsync(ct);
        if (ending.Count == 0)
        {
            return false;
        }

        var version = await unit.NextVersion(ct);
        foreach (var certificate in ending)
        {
            await End(unit, certificate, cause, time.GetUtcNow(), version, ct);
        }

        return true;
    }

    /// <summary>Revokes what was replaced and whose overlap is over: offline verifiers learn it from the list.</summary>
    public async ValueTask EndOverlaps(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using (var looking = await store.Read(ct))
        {
            if (!await Over(looking, now).AnyAsync(ct))
            {
                return;
            }
        }

        await using (var unit = await store.Write(ct))
        {
            var version = await unit.NextVersion(ct);
            foreach (var certificate in await Over(unit, now).ToListAsync(ct))
            {
                await End(unit, certificate, new RevocationCause(RevocationReason.Superseded, "更新後の重複期間の終了"), certificate.Until, version, ct);
            }

            await Publish(unit, ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
    }

    /// <summary>Publishes a new list when the current one nears its end, or the age the site allows.</summary>
    public async ValueTask RenewList(CancellationToken ct)
    {
        var (list, now) = (standing.RevocationList, time.GetUtcNow());
        if (list.NextUpdate - now > _renewBefore && now - list.ThisUpdate < site.RevocationMaxAge / 2)
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

    /// <summary>
    /// Adds the next list, with the changes made so far in this transaction: what was revoked for ever, and on hold what belongs to a device that was
    /// carried out. The caller took a version, which serialises the numbers. Only the last few lists are kept.
    /// </summary>
    public async ValueTask Publish(Store.Unit unit, CancellationToken ct)
    {
        await unit.Context.SaveChangesAsync(ct);
        var last = await unit.Context.RevocationLists.MaxAsync(l => (long?)l.Number, ct) ?? 0;
        var revoked = await unit.Context.Certificates.AsNoTracking().Where(c => c.State == CertificateState.Revoked)
            .OrderBy(c => c.Serial).Select(c => new { c.Serial, c.RevokedAt, c.ReasonCode }).ToListAsync(ct);
        var held = await (from device in unit.Context.Devices.AsNoTracking()
                          join certificate in unit.Context.Certificates on device.Id equals certificate.Device
                          where device.Condition == DeviceCondition.CarriedOut && certificate.State == CertificateState.InForce
                          select new ListedCertificate(certificate.Serial, device.Since, X509RevocationReason.CertificateHold)).ToListAsync(ct);
        var listed = revoked.Select(c => new ListedCertificate(c.Serial, c.RevokedAt ?? time.GetUtcNow(), ListedCertificate.Code(c.ReasonCode))).Concat(held);
        unit.Context.RevocationLists.Add(ca.RevocationList(last + 1, listed));
        await unit.Context.RevocationLists.Where(l => l.Number <= last + 1 - ListsKept).ExecuteDeleteAsync(ct);
    }

    private static IQueryable<CertificateRow> Over(Store.Unit unit, DateTimeOffset now) =>
        unit.Context.Certificates.Where(c => c.State == CertificateState.InForce && c.Until < now && c.Until < c.NotAfter);

    private static async ValueTask End(Store.Unit unit, CertificateRow certificate, RevocationCause cause, DateTimeOffset at, long version, CancellationToken ct)
    {
        certificate.State = CertificateState.Revoked;
        certificate.RevokedAt = at;
        certificate.ReasonCode = cause.Code;
        certificate.Reason = cause.Text;
        certificate.Changed = version;
        await unit.Record(AuditKind.CertificateRevoked, certificate.Device.ToString("D"), $"{certificate.Serial} {cause.Code}", ct);
    }
}
