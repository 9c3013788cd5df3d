using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>A certificate that stands, as requests need it.</summary>
internal sealed record StandingDevice(DeviceId Device, OrganisationId Organisation, DateTimeOffset NotAfter);

/// <summary>Something else that is kept in memory and follows the same version.</summary>
internal interface IStandingPart
{
    /// <summary>Takes what changed after <paramref name="since"/>.</summary>
    Task Take(Store.Unit unit, long since, CancellationToken ct);
}

/// <summary>
/// Who stands now, in memory: devices in use with their certificates in force, the revocation list, and the parts that hang on it. One number in the
/// database counts changes, also those of other processes; whoever changes something refreshes at once, everybody else within a second.
/// </summary>
internal sealed class Standing(Store store, CertificateAuthority ca, SiteOptions site, IEnumerable<IStandingPart> parts) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly ConcurrentDictionary<string, (Guid Device, DateTimeOffset Until)> _certificates = new();
    private readonly ConcurrentDictionary<Guid, (OrganisationId Organisation, bool InUse)> _devices = new();
    private readonly ConcurrentDictionary<Guid, string[]> _ofDevice = new();
    private long _version = -1;
    private RevocationListRow? _list;
    private Trust? _trust;

    /// <summary>Grows with every change; caches hang on it.</summary>
    public long Version => Volatile.Read(ref _version);

    public Trust Trust => _trust ?? throw new InvalidOperationException("Identity is not prepared");

    public RevocationListRow RevocationList => _list ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>True when the list is older than the site allows or past its own promise: who was revoked since may be missing from it.</summary>
    public bool IsStale(DateTimeOffset now) => now >= RevocationList.NextUpdate || now >= RevocationList.ThisUpdate + site.RevocationMaxAge;

    public int DevicesInForce => _ofDevice.Count(d => d.Value.Length > 0 && _devices.TryGetValue(d.Key, out var device) && device.InUse);

    public StandingDevice? Of(string thumbprint, DateTimeOffset now) =>
        _certificates.TryGetValue(thumbprint, out var certificate)
        && now <= certificate.Until
        && _devices.TryGetValue(certificate.Device, out var device)
        && device.InUse
            ? new StandingDevice(new DeviceId(certificate.Device), device.Organisation, certificate.Until)
            : null;

    public bool IsInForce(DeviceId device, DateTimeOffset now) =>
        _devices.TryGetValue(device.Value, out var known)
        && known.InUse
        && _ofDevice.TryGetValue(device.Value, out var thumbprints)
        && thumbprints.Any(t => _certificates.TryGetValue(t, out var certificate) && now <= certificate.Until);

    /// <summary>Catches up with the database.</summary>
    public async Task Refresh(CancellationToken ct)
    {
        await _refreshing.WaitAsync(ct);
        try
        {
            await using var unit = await store.Read(ct);
            var version = await unit.Version(ct);
            if (version == _version)
            {
                return;
            }

            await TakeDevices(unit, ct);
            await TakeCertificates(unit, ct);
            foreach (var part in parts)
            {
                await part.Take(unit, _version, ct);
            }

            var list = await unit.Context.RevocationLists.AsNoTracking().OrderByDescending(l => l.Number).FirstAsync(ct);
            if (list.Number != _list?.Number)
            {
                _trust = new Trust([ca.Root], site.Environment, [list.List]);
                _list = list;
            }

            Volatile.Write(ref _version, version);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async Task TakeDevices(Store.Unit unit, CancellationToken ct)
    {
        var changed = unit.Context.Devices.AsNoTracking().Where(d => d.Changed > _version).Select(d => new { d.Id, d.Organisation, d.Condition });
        foreach (var device in await changed.ToListAsync(ct))
        {
            _devices[device.Id] = (new OrganisationId(device.Organisation), device.Condition == DeviceCondition.InUse);
        }
    }

    private async Task TakeCertificates(Store.Unit unit, CancellationToken ct)
    {
        var changed = unit.Context.Certificates.AsNoTracking().Where(c => c.Changed > _version).Select(c => new { c.Device, c.Thumbprint, c.Until, c.State });
        foreach (var certificate in await changed.ToListAsync(ct))
        {
            var others = _ofDevice.GetValueOrDefault(certificate.Device, []).Where(t => t != certificate.Thumbprint);
            if (certificate.State == CertificateState.InForce)
            {
                _certificates[certificate.Thumbprint] = (certificate.Device, certificate.Until);
                _ofDevice[certificate.Device] = [.. others, certificate.Thumbprint];
            }
            else
            {
                _certificates.TryRemove(certificate.Thumbprint, out _);
                _ofDevice[certificate.Device] = [.. others];
            }
        }
    }
}
