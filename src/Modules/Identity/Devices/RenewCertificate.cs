using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>
/// A machine renews its own certificate over the line that the old one opened: nobody approves, because nothing changes but the key. The same request
/// again answers the same certificate, so that a lost answer does no harm; another request replaces a new certificate that was never used.
/// </summary>
internal sealed class RenewCertificate(Store store, Standing standing, Revocation revocation, CertificateDesk desk, TimeProvider time)
{
    private const int MostPerDay = 5;

    public async ValueTask<Outcome<IssuedCertificate>> Run(Actor machine, string presented, byte[] csr, CancellationToken ct)
    {
        if (machine.Device is not { } id)
        {
            return Refusals.MachinesOnly;
        }

        if (SigningRequest.KeyOf(csr).Refused(out var refusal, out var key))
        {
            return refusal;
        }

        var digest = Issue.DigestOf(key);
        IssuedCertificate answer;
        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            if (await unit.Own(machine, id, ct) is not { } device || device.Condition != DeviceCondition.InUse)
            {
                return Refusals.DeviceUnknown;
            }

            var own = await unit.Context.Certificates.Where(c => c.Device == device.Id).ToListAsync(ct);
            if (own.Find(c => c.KeyDigest == digest && c.State == CertificateState.InForce && c.Thumbprint != presented) is { } made)
            {
                return desk.Handed(made);
            }

            if (await Applications.KeyInUse(unit, digest, ct) is { } used)
            {
                return used;
            }

            if (own.Count(c => c.Issued > time.GetUtcNow().AddDays(-1)) >= MostPerDay)
            {
                return Refusals.RenewedTooOften;
            }

            var current = own.Find(c => c.Thumbprint == presented);
            if (await revocation.Revoke(unit, device.Id, new RevocationCause(RevocationReason.Superseded, "使われる前の再更新"), current?.Serial, ct))
            {
                await revocation.Publish(unit, ct);
            }

            using var certificate = await desk.Issue(unit, null, device, key, machine, ct);
            await unit.Context.SaveChangesAsync(ct);
            answer = desk.Handed(await unit.Context.Certificates.SingleAsync(c => c.Serial == CertificateForms.Serial(certificate), ct));
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return answer;
    }
}
