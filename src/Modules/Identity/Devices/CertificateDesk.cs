using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <summary>What application, collection and renewal share: issuing with an overlap, and reading applications.</summary>
internal sealed class CertificateDesk(Store store, Issue issue, CertificateAuthority ca, TimeProvider time)
{
    /// <summary>For so long the certificate before the new one is still accepted.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(30);

    /// <summary>Issues the next certificate of a device; it is in force at once, those before it end with the overlap. In the caller's transaction.</summary>
    public async ValueTask<X509Certificate2> Issue(Store.Unit unit, ApplicationRow? application, DeviceRow device, PublicKey key, Actor? by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var version = await unit.NextVersion(ct);
        var before = await unit.Context.Certificates.Where(c => c.Device == device.Id && c.State == CertificateState.InForce).ToListAsync(ct);
        foreach (var old in before)
        {
            old.Until = old.Until < now + Overlap ? old.Until : now + Overlap;
            old.Changed = version;
        }

        var holder = await unit.Context.Organisations.AsNoTracking().SingleAsync(o => o.Id == device.Organisation, ct);
        var certificate = await issue.Certificate(unit, holder, device, key, ct);
        var serial = CertificateForms.Serial(certificate);
        if (application is not null)
        {
            (application.State, application.Serial, application.KeyDigest) = (ApplicationState.Issued, serial, Authority.Issue.DigestOf(key));
        }

        unit.Note(by, device.Id, before.Count == 0 ? DeviceAct.CertificateIssued : DeviceAct.CertificateRenewed, serial, now);
        return certificate;
    }

    public byte[] Bundle(X509Certificate2 certificate, ECDsa key, string password) => issue.Bundle(certificate, key, password);

    public IssuedCertificate Handed(CertificateRow row)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(row.Certificate);
        return new IssuedCertificate(new DeviceId(row.Device), row.Serial, row.NotAfter, certificate.ExportCertificatePem() + "\n" + ca.Root.ExportCertificatePem() + "\n");
    }

    public static Task<ApplicationRow?> Own(Store.Unit unit, Actor by, Guid application, CancellationToken ct) =>
        unit.Context.Applications.SingleOrDefaultAsync(a => a.Id == application && a.Organisation == by.Organisation.Value, ct);

    public async ValueTask<Outcome<CertificateApplication>> Find(Actor by, Guid application, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        if (await Own(unit, by, application, ct) is not { } row)
        {
            return Refusals.ApplicationUnknown;
        }

        var device = await unit.Context.Devices.AsNoTracking().SingleAsync(d => d.Id == row.Device, ct);
        return row.Shown(by.OrganisationName, device.Name, time.GetUtcNow());
    }

    public async ValueTask<IReadOnlyList<CertificateApplication>> Waiting(Actor by, CancellationToken ct)
    {
        if (!by.May(Permission.ApproveCertificates))
        {
            return [];
        }

        await using var unit = await store.Read(ct);
        var rows = await (from application in unit.Context.Applications.AsNoTracking()
                          join device in unit.Context.Devices on application.Device equals device.Id
                          join organisation in unit.Context.Organisations on application.Organisation equals organisation.Id
                          where application.State == ApplicationState.Waiting
                          orderby application.Applied
                          select new { application, Device = device.Name, Organisation = organisation.Name }).ToListAsync(ct);
        return [.. rows.Select(r => r.application.Shown(r.Organisation, r.Device, time.GetUtcNow()))];
    }

    public async ValueTask<Outcome<IssuedCertificate>> Certificate(Actor by, Guid application, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        if (await Own(unit, by, application, ct) is not { } row)
        {
            return Refusals.ApplicationUnknown;
        }

        return row.Serial is not null && await unit.Context.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Serial == row.Serial, ct) is { } certificate
            ? Handed(certificate)
            : Refusals.NothingToCollect;
    }
}
