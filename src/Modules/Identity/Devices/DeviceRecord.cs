using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>What the register's use cases share: finding what is the actor's, writing history, and how rows are shown.</summary>
internal static class DeviceRecord
{
    /// <summary>A device of the actor's organisation; anybody else's is as unknown as one that never was.</summary>
    public static Task<DeviceRow?> Own(this Store.Unit unit, Actor by, DeviceId id, CancellationToken ct) =>
        unit.Context.Devices.SingleOrDefaultAsync(d => d.Id == id.Value && d.Organisation == by.Organisation.Value, ct);

    /// <summary>A line of the device's history, never overwritten.</summary>
    public static void Note(this Store.Unit unit, Actor? by, Guid device, DeviceAct act, string detail, DateTimeOffset at) => unit.Context.DeviceEvents.Add(new DeviceEventRow
    {
        Id = Guid.CreateVersion7(),
        Device = device,
        At = at,
        Act = act,
        Person = by?.Person?.Value,
        ByDevice = by?.Device?.Value,
        Detail = detail,
    });

    public static DeviceFacts Facts(this DeviceRow row) => new(
        row.Name,
        row.Purpose,
        row.Dedicated,
        row.Place,
        row.OperatingSystem,
        row.SystemVersion,
        row.Antivirus,
        row.AntivirusPattern,
        row.AntivirusScan,
        row.Media,
        row.Responsible,
        row.Classification);

    public static void Take(this DeviceRow row, DeviceFacts facts)
    {
        row.Name = facts.Name.Trim();
        row.Purpose = facts.Purpose;
        row.Dedicated = facts.Dedicated;
        row.Place = facts.Place.Trim();
        row.OperatingSystem = facts.OperatingSystem.Trim();
        row.SystemVersion = facts.SystemVersion.Trim();
        row.Antivirus = facts.Antivirus.Trim();
        row.AntivirusPattern = facts.AntivirusPattern;
        row.AntivirusScan = facts.AntivirusScan;
        row.Media = facts.Media.Trim();
        row.Responsible = facts.Responsible.Trim();
        row.Classification = facts.Classification;
    }

    public static DeviceCertificateFacts Shown(this CertificateRow row) => new(row.Serial, row.Issued, row.NotAfter, row.Until, row.State, row.ReasonCode);

    public static CertificateApplication Shown(this ApplicationRow row, string organisation, string device, DateTimeOffset now) => new(
        row.Id,
        new OrganisationId(row.Organisation),
        organisation,
        new DeviceId(row.Device),
        device,
        row.Form,
        row.KeyDigest,
        row.State,
        row.Applied,
        row.AppliedPerson is { } person ? new PersonId(person) : null,
        row.Reason,
        row.Serial,
        row.Bundle is not null && row.BundleUntil > now);
}
