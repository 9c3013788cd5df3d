using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>Rules over applications that several use cases need.</summary>
internal static class Applications
{
    /// <summary>Ends what still waits for a device, in the caller's transaction.</summary>
    public static async ValueTask Close(Store.Unit unit, Guid device, string reason, DateTimeOffset at, CancellationToken ct)
    {
        var open = unit.Context.Applications.Where(a => a.Device == device && (a.State == ApplicationState.Waiting || a.State == ApplicationState.Approved || a.Bundle != null));
        foreach (var application in await open.ToListAsync(ct))
        {
            application.State = application.State == ApplicationState.Issued ? ApplicationState.Issued : ApplicationState.Declined;
            application.Reason = reason;
            application.Decided ??= at;
            application.Bundle = null;
        }
    }

    /// <summary>Forgets key files that nobody fetched in time.</summary>
    public static async Task Forget(Store store, DateTimeOffset now, CancellationToken ct)
    {
        await using (var looking = await store.Read(ct))
        {
            if (!await looking.Context.Applications.AnyAsync(a => a.Bundle != null && a.BundleUntil < now, ct))
            {
                return;
            }
        }

        await using var unit = await store.Write(ct);
        await unit.Context.Applications.Where(a => a.Bundle != null && a.BundleUntil < now).ExecuteUpdateAsync(s => s.SetProperty(a => a.Bundle, (byte[]?)null), ct);
        await unit.Commit(ct);
    }

    /// <summary>ID-0608 when any certificate, or an application that waits, has this key already.</summary>
    public static async ValueTask<Refusal?> KeyInUse(Store.Unit unit, string digest, CancellationToken ct) =>
        await unit.Context.Certificates.AnyAsync(c => c.KeyDigest == digest, ct)
        || await unit.Context.Applications.AnyAsync(a => a.KeyDigest == digest && (a.State == ApplicationState.Waiting || a.State == ApplicationState.Approved), ct)
            ? Refusals.KeyInUse
            : null;
}
