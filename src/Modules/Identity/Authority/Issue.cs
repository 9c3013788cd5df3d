using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Issues device certificates.</summary>
internal sealed class Issue(Store store, CaSigner ca, Standing standing, SiteOptions site)
{
    private static readonly PbeParameters _encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    /// <summary>A new device with key and certificate as PKCS#12. The key is made here, handed over, and not kept.</summary>
    public async ValueTask<Outcome<IssuedDevice>> Pfx(OrganisationId organisation, string name, string password, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 certificate;
        await using (var unit = await store.Write(ct))
        {
            var holder = await unit.Context.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == organisation.Value, ct);
            if (holder is null)
            {
                return Refusals.OrganisationUnknown;
            }

            certificate = await Device(unit, holder, name, key, ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        using (certificate)
        using (var withKey = certificate.CopyWithPrivateKey(key))
        {
            return new IssuedDevice(DeviceOf(certificate), CertificateForms.Serial(certificate), certificate.NotAfter.ToUniversalTime(), Bundle(withKey, password));
        }
    }

    /// <summary>Registers a device with a certificate for <paramref name="key"/>, in the caller's transaction.</summary>
    public async ValueTask<X509Certificate2> Device(Store.Unit unit, OrganisationRow holder, string name, ECDsa key, CancellationToken ct)
    {
        var identity = new CertificateIdentity(site.Environment, holder.Id, Guid.CreateVersion7());
        var certificate = ca.Device(PublicKeyOf(key), identity, holder.Name, name);
        unit.Context.Devices.Add(new DeviceRow
        {
            Id = identity.Device,
            Organisation = holder.Id,
            Name = name,
            Serial = CertificateForms.Serial(certificate),
            Thumbprint = CertificateForms.Thumbprint(certificate),
            Certificate = certificate.RawData,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            State = DeviceState.InForce,
            Changed = await unit.NextVersion(ct),
        });
        await unit.Record(AuditKind.CertificateIssued, identity.Device.ToString("D"), CertificateForms.Serial(certificate), ct);
        return certificate;
    }

    public static PublicKey PublicKeyOf(ECDsa key) => PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);

    private static DeviceId DeviceOf(X509Certificate2 certificate) => new(CertificateIdentity.Of(certificate).Value.Device);

    private byte[] Bundle(X509Certificate2 withKey, string password)
    {
        var bundle = new X509Certificate2Collection { withKey, ca.Root };
        var parameters = new PbeParameters(_encryption.EncryptionAlgorithm, _encryption.HashAlgorithm, _encryption.IterationCount);
        return bundle.ExportPkcs12(parameters, password) ?? throw new InvalidOperationException("PKCS#12 export gave nothing");
    }
}
