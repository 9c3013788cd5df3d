using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>The register as its organisation reads it.</summary>
internal sealed class ReadDevices(Store store, Upkeep upkeep, TimeProvider time)
{
    public async ValueTask<IReadOnlyList<RegisteredDevice>> List(Actor by, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var devices = await unit.Context.Devices.AsNoTracking().Where(d => d.Organisation == by.Organisation.Value).ToListAsync(ct);
        var own = unit.Context.Devices.Where(d => d.Organisation == by.Organisation.Value).Select(d => d.Id);
        var certificates = (await unit.Context.Certificates.AsNoTracking().Where(c => own.Contains(c.Device)).ToListAsync(ct)).ToLookup(c => c.Device);
        var applications = (await unit.Context.Applications.AsNoTracking().Where(a => a.Organisation == by.Organisation.Value).ToListAsync(ct)).ToLookup(a => a.Device);
        return [.. devices.OrderBy(d => d.Condition).ThenBy(d => d.Name, StringComparer.Ordinal).Select(d => Whole(by, d, certificates[d.Id], applications[d.Id]))];
    }

    public async ValueTask<Outcome<RegisteredDevice>> Find(Actor by, DeviceId id, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        if (await unit.Own(by, id, ct) is not { } device)
        {
            return Refusals.DeviceUnknown;
        }

        var certificates = await unit.Context.Certificates.AsNoTracking().Where(c => c.Device == device.Id).ToListAsync(ct);
        var applications = await unit.Context.Applications.AsNoTracking().Where(a => a.Device == device.Id).ToListAsync(ct);
        return Whole(by, device, certificates, applications);
    }

    public async ValueTask<Outcome<IReadOnlyList<DeviceEvent>>> History(Actor by, DeviceId id, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        if (await unit.Own(by, id, ct) is null)
        {
            return Refusals.DeviceUnknown;
        }

        var events = await unit.Context.DeviceEvents.AsNoTracking().Where(e => e.Device == id.Value).OrderByDescending(e => e.At).ToListAsync(ct);
        var people = events.Select(e => e.Person).OfType<Guid>().Distinct().ToList();
        var names = await unit.Context.People.AsNoTracking().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return events.Select(e => new DeviceEvent(e.At, e.Act, Teller(e) is { } person ? new PersonId(person) : null, Named(e, names), e.Detail)).ToList();
    }

    /// <summary>The organisation sees its own people; who decided at the centre is the centre's.</summary>
    private static Guid? Teller(DeviceEventRow happened) => happened.Act is DeviceAct.CertificateApproved or DeviceAct.CertificateDeclined ? null : happened.Person;

    private static string Named(DeviceEventRow happened, Dictionary<Guid, string> names) =>
        Teller(happened) is { } person ? names.GetValueOrDefault(person, "") : happened.ByDevice is null || happened.Person is not null ? "センター" : "端末";

    private RegisteredDevice Whole(Actor by, DeviceRow device, IEnumerable<CertificateRow> certificates, IEnumerable<ApplicationRow> applications)
    {
        var newest = certificates.OrderByDescending(c => c.Changed).OrderByDescending(c => c.Issued).ToList();
        return new RegisteredDevice(
            new DeviceId(device.Id),
            device.Facts(),
            device.Condition,
            device.Since,
            device.DueBack,
            device.Confirmed,
            [.. newest.Select(c => c.Shown())],
            [.. applications.OrderByDescending(a => a.Applied).Select(a => a.Shown(by.OrganisationName, device.Name, time.GetUtcNow()))],
            upkeep.Of(device, newest));
    }
}
