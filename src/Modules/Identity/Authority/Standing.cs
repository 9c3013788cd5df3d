using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>A certificate that stands, as requests need it.</summary>
internal sealed record StandingDevice(DeviceId Device, OrganisationId Organisation, DateTimeOffset NotAfter);

/// <summary>
/// Who stands now, in memory: devices in force, the revocation list, the organisations asked for lately. One number in the database counts changes, also
/// those of other processes; whoever changes something refreshes at once, everybody else within a second.
/// </summary>
internal sealed class Standing(Store store, CaSigner ca, SiteOptions site) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly ConcurrentDictionary<string, StandingDevice> _byThumbprint = new();
    private readonly ConcurrentDictionary<Guid, StandingDevice> _byDevice = new();
    private long _version = -1;
    private RevocationListRow? _list;
    private Trust? _trust;

    /// <summary>Grows with every change; caches hang on it.</summary>
    public long Version => Volatile.Read(ref _version);

    public Trust Trust => _trust ?? throw new InvalidOperationException("Identity is not prepared");

    public RevocationListRow RevocationList => _list ?? throw new InvalidOperationException("Identity is not prepared");

    public int DevicesInForce => _byDevice.Count;

    public StandingDevice? Of(string thumbprint, DateTimeOffset now) =>
        _byThumbprint.TryGetValue(thumbprint, out var device) && now <= device.NotAfter ? device : null;

    public bool IsInForce(DeviceId device, DateTimeOffset now) => _byDevice.TryGetValue(device.Value, out var standing) && now <= standing.NotAfter;

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

            foreach (var device in await unit.Context.Devices.AsNoTracking().Where(d => d.Changed > _version).ToListAsync(ct))
            {
                Take(device);
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

    private void Take(DeviceRow row)
    {
        if (row.State == DeviceState.InForce)
        {
            var device = new StandingDevice(new DeviceId(row.Id), new OrganisationId(row.Organisation), row.NotAfter);
            _byDevice[row.Id] = device;
            _byThumbprint[row.Thumbprint] = device;
        }
        else
        {
            _byThumbprint.TryRemove(row.Thumbprint, out _);
            _byDevice.TryRemove(row.Id, out _);
        }
    }
}
