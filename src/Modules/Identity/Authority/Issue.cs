using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>Issues device certificates. Whom one names comes from the register, never from what was asked.</summary>
internal sealed class Issue(Store store, CertificateAuthority ca, Standing standing, SiteOptions site, TimeProvider time)
{
    private static readonly PbeParameters _encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 100_000);

    /// <summary>An empty password is no secret: stretching it protects nothing.</summary>
    private static readonly PbeParameters _open = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);

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

            certificate = await Certificate(unit, holder, NewDevice(unit, holder, name, await unit.NextVersion(ct)), PublicKeyOf(key), ct);
            await unit.Commit(ct);
        }

        await standing.Refresh(ct);
        using (certificate)
        {
            return new IssuedDevice(DeviceOf(certificate), CertificateForms.Serial(certificate), certificate.NotAfter.ToUniversalTime(), Bundle(certificate, key, password));
        }
    }

    /// <summary>An entry in the register of which only the name is known, in the caller's transaction.</summary>
    public DeviceRow NewDevice(Store.Unit unit, OrganisationRow holder, string name, long version)
    {
        var now = time.GetUtcNow();
        var device = new DeviceRow
        {
            Id = Guid.CreateVersion7(),
            Organisation = holder.Id,
            Name = name,
            Purpose = DevicePurpose.System,
            Since = now,
            Confirmed = now,
            Changed = version,
        };
        unit.Context.Devices.Add(device);
        return device;
    }

    /// <summary>A further certificate of a device, in the caller's transaction.</summary>
    public async ValueTask<X509Certificate2> Certificate(Store.Unit unit, OrganisationRow holder, DeviceRow device, PublicKey key, CancellationToken ct)
    {
        var certificate = ca.Device(key, new CertificateIdentity(site.Environment, holder.Id, device.Id), holder.Name, device.Name);
        unit.Context.Certificates.Add(new CertificateRow
        {
            Serial = CertificateForms.Serial(certificate),
            Device = device.Id,
            Thumbprint = CertificateForms.Thumbprint(certificate),
            KeyDigest = DigestOf(key),
            Certificate = certificate.RawData,
            NotAfter = certificate.NotAfter.ToUniversalTime(),
            Until = certificate.NotAfter.ToUniversalTime(),
            State = CertificateState.InForce,
            Issued = time.GetUtcNow(),
            Changed = await unit.NextVersion(ct),
        });
        await unit.Record(AuditKind.CertificateIssued, device.Id.ToString("D"), CertificateForms.Serial(certificate), ct);
        return certificate;
    }

    public static PublicKey PublicKeyOf(ECDsa key) => PublicKey.CreateFromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo(), out _);

    /// <summary>SHA-256 of the public key, hex.</summary>
    public static string DigestOf(PublicKey key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>The device's certificate is marked as the key's own, as openssl and browsers expect; the root lies beside it.</summary>
    public byte[] Bundle(X509Certificate2 certificate, ECDsa key, string password)
    {
        var encryption = password.Length == 0 ? _open : _encryption;
        var own = new Pkcs9LocalKeyId(certificate.GetCertHash(HashAlgorithmName.SHA256));
        var certificates = new Pkcs12SafeContents();
        certificates.AddCertificate(certificate).Attributes.Add(own);
        certificates.AddCertificate(ca.Root);
        var keys = new Pkcs12SafeContents();
        keys.AddShroudedKey(key, password, encryption).Attributes.Add(own);
        var bundle = new Pkcs12Builder();
        bundle.AddSafeContentsEncrypted(certificates, password, encryption);
        bundle.AddSafeContentsUnencrypted(keys);
        bundle.SealWithMac(password, HashAlgorithmName.SHA256, encryption.IterationCount);
        return bundle.Encode();
    }

    private static DeviceId DeviceOf(X509Certificate2 certificate) => new(CertificateIdentity.Of(certificate).Value.Device);
}
