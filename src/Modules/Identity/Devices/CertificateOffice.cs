using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Devices;

/// <inheritdoc cref="ICertificateOffice"/>
internal sealed class CertificateOffice(
    Store store, Standing standing, Revocation revocation, CertificateDesk desk, RenewCertificate renewal, TimeProvider time) : ICertificateOffice
{
    private const int MostWaiting = 20;
    private const int LongestReason = 200;
    private const string PasswordLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly TimeSpan _bundleLifetime = TimeSpan.FromHours(24);

    public async ValueTask<Outcome<CertificateApplication>> Apply(Actor by, DeviceId device, byte[]? csr, CancellationToken ct)
    {
        PublicKey? key = null;
        if (csr is not null && SigningRequest.KeyOf(csr).Refused(out var unfit, out key))
        {
            return unfit;
        }

        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        if (await unit.Own(by, device, ct) is not { } row)
        {
            return Refusals.DeviceUnknown;
        }

        if (await Refusing(unit, row, key, ct) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var application = new ApplicationRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = row.Organisation,
            Device = row.Id,
            Form = key is null ? CertificateForm.Pkcs12 : CertificateForm.Csr,
            Request = key?.ExportSubjectPublicKeyInfo(),
            KeyDigest = key is null ? "" : Issue.DigestOf(key),
            State = ApplicationState.Waiting,
            Applied = now,
            AppliedPerson = by.Person?.Value,
            AppliedDevice = by.Device?.Value,
        };
        unit.Context.Applications.Add(application);
        unit.Note(by, row.Id, DeviceAct.CertificateApplied, key is null ? "鍵はセンターで作成（PKCS#12）" : "CSR", now);
        await unit.Record(AuditKind.CertificateRequested, application.Id.ToString("D"), "applied", ct);
        await unit.Commit(ct);
        return application.Shown(by.OrganisationName, row.Name, now);
    }

    public ValueTask<Outcome<CertificateApplication>> Find(Actor by, Guid application, CancellationToken ct) => desk.Find(by, application, ct);

    public ValueTask<IReadOnlyList<CertificateApplication>> Waiting(Actor by, CancellationToken ct) => desk.Waiting(by, ct);

    public ValueTask<Outcome<IssuedCertificate>> Certificate(Actor by, Guid application, CancellationToken ct) => desk.Certificate(by, application, ct);

    public ValueTask<Outcome<IssuedCertificate>> Renew(Actor machine, string presented, byte[] csr, CancellationToken ct) => renewal.Run(machine, presented, csr, ct);

    public ValueTask<Outcome<CertificateApplication>> Approve(Actor by, Guid application, CancellationToken ct) => Decide(by, application, async (unit, row, device) =>
    {
        row.State = ApplicationState.Approved;
        unit.Note(by, device.Id, DeviceAct.CertificateApproved, "", time.GetUtcNow());
        if (row.Request is { } key)
        {
            using var issued = await desk.Issue(unit, row, device, PublicKey.CreateFromSubjectPublicKeyInfo(key, out _), null, ct);
        }

        return "approved";
    }, ct);

    public async ValueTask<Outcome<CertificateApplication>> Decline(Actor by, Guid application, string reason, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason
            ? Refusals.ReasonMissing
            : await Decide(by, application, (unit, row, device) =>
            {
                (row.State, row.Reason) = (ApplicationState.Declined, reason.Trim());
                unit.Note(by, device.Id, DeviceAct.CertificateDeclined, row.Reason, time.GetUtcNow());
                return ValueTask.FromResult("declined");
            }, ct);

    public async ValueTask<Outcome<string>> Collect(Actor by, Guid application, CancellationToken ct)
    {
        var password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(PasswordLetters, 5)));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            if (await CertificateDesk.Own(unit, by, application, ct) is not { } row)
            {
                return Refusals.ApplicationUnknown;
            }

            if (row.State != ApplicationState.Approved || row.Form != CertificateForm.Pkcs12)
            {
                return Refusals.NothingToCollect;
            }

            var device = await unit.Context.Devices.SingleAsync(d => d.Id == row.Device, ct);
            using var certificate = await desk.Issue(unit, row, device, Authority.Issue.PublicKeyOf(key), by, ct);
            row.Bundle = desk.Bundle(certificate, key, password);
            row.BundleUntil = time.GetUtcNow() + _bundleLifetime;
            await unit.Record(AuditKind.CertificateRequested, row.Id.ToString("D"), "collected", ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return password;
    }

    public async ValueTask<Outcome<byte[]>> Download(Actor by, Guid application, CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        if (await CertificateDesk.Own(unit, by, application, ct) is not { } row)
        {
            return Refusals.ApplicationUnknown;
        }

        if (row.Bundle is not { } bundle || row.BundleUntil <= time.GetUtcNow())
        {
            return Refusals.AlreadyDownloaded;
        }

        row.Bundle = null;
        await unit.Record(AuditKind.CertificateRequested, row.Id.ToString("D"), "downloaded", ct);
        await unit.Commit(ct);
        return bundle;
    }

    public async ValueTask<Outcome<DeviceId>> Revoke(Actor by, DeviceId device, RevocationReason reason, string text, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > LongestReason)
        {
            return Refusals.ReasonMissing;
        }

        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            if (await unit.Own(by, device, ct) is not { } row)
            {
                return Refusals.DeviceUnknown;
            }

            if (!await revocation.Revoke(unit, row.Id, new RevocationCause(reason, text.Trim()), null, ct))
            {
                return Refusals.NothingToRevoke;
            }

            await Applications.Close(unit, row.Id, "証明書の失効", time.GetUtcNow(), ct);
            unit.Note(by, row.Id, DeviceAct.CertificateRevoked, $"{reason} {text.Trim()}", time.GetUtcNow());
            await revocation.Publish(unit, ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return device;
    }

    private static async ValueTask<Refusal?> Refusing(Store.Unit unit, DeviceRow device, PublicKey? key, CancellationToken ct)
    {
        if (device.Condition != DeviceCondition.InUse)
        {
            return Refusals.NotInUse;
        }

        var open = unit.Context.Applications.Where(a => a.Organisation == device.Organisation && (a.State == ApplicationState.Waiting || a.State == ApplicationState.Approved));
        if (await open.AnyAsync(a => a.Device == device.Id, ct) || await open.CountAsync(ct) >= MostWaiting)
        {
            return Refusals.AlreadyApplied;
        }

        return key is null ? null : await Applications.KeyInUse(unit, Issue.DigestOf(key), ct);
    }

    /// <summary>A decision of the centre about a waiting application: by another person than the applicant, once.</summary>
    private async ValueTask<Outcome<CertificateApplication>> Decide(
        Actor by, Guid application, Func<Store.Unit, ApplicationRow, DeviceRow, ValueTask<string>> decide, CancellationToken ct)
    {
        CertificateApplication decided;
        await using (var unit = await store.Write(ct))
        {
            await unit.NextVersion(ct);
            if (!by.May(Permission.ApproveCertificates) || by.Person is not { } person || await unit.Context.Applications.SingleOrDefaultAsync(a => a.Id == application, ct) is not { } row)
            {
                return Refusals.ApplicationUnknown;
            }

            if (row.AppliedPerson == person.Value)
            {
                return Refusals.OwnApplication;
            }

            var device = await unit.Context.Devices.SingleAsync(d => d.Id == row.Device, ct);
            if (row.State != ApplicationState.Waiting || device.Condition != DeviceCondition.InUse)
            {
                return Refusals.AlreadyDecided;
            }

            (row.Decided, row.DecidedPerson) = (time.GetUtcNow(), person.Value);
            await unit.Record(AuditKind.CertificateRequested, row.Id.ToString("D"), await decide(unit, row, device), ct);
            var holder = await unit.Context.Organisations.AsNoTracking().SingleAsync(o => o.Id == row.Organisation, ct);
            decided = row.Shown(holder.Name, device.Name, time.GetUtcNow());
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        return decided;
    }
}
