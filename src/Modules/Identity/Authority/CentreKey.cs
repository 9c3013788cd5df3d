using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The key with which the centre signs: a device of the centre's own organisation, renewed a month before its certificate ends.</summary>
internal sealed class CentreKey(Store store, Issue issue, Standing standing, KeyFiles keys, TimeProvider time)
{
    private const string KeyName = "centre";
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);
    private X509Certificate2? _certificate;

    /// <summary>Certificate with private key.</summary>
    public X509Certificate2 Certificate => _certificate ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>Loads the key at start, or makes one.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        await using (var unit = await store.Read(ct))
        {
            var centre = await Centre(unit, ct);
            var soon = time.GetUtcNow() + _renewBefore;
            var devices = await unit.Context.Devices.AsNoTracking()
                .Where(d => d.Organisation == centre.Id && d.State == DeviceState.InForce).OrderByDescending(d => d.Changed).ToListAsync(ct);
            if (devices.FirstOrDefault(d => d.NotAfter > soon && keys.Has(KeyName, d.Thumbprint)) is { } device)
            {
                using var key = keys.Load(KeyName, device.Thumbprint);
                using var certificate = X509CertificateLoader.LoadCertificate(device.Certificate);
                _certificate = certificate.CopyWithPrivateKey(key);
                return;
            }
        }

        await Make(ct);
    }

    /// <summary>Replaces a certificate that nears its end or was revoked. The old one stays usable for signatures in progress.</summary>
    public async ValueTask Renew(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (Certificate.NotAfter.ToUniversalTime() - now < _renewBefore || standing.Of(CertificateForms.Thumbprint(Certificate), now) is null)
        {
            await Make(ct);
        }
    }

    public static async Task<OrganisationRow> Centre(Store.Unit unit, CancellationToken ct) => await
        (from organisation in unit.Context.Organisations.AsNoTracking()
         join kind in unit.Context.Kinds on organisation.Id equals kind.Organisation
         where kind.Kind == OrganisationKind.Centre
         orderby organisation.Id
         select organisation).FirstAsync(ct);

    private async Task Make(CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var unit = await store.Write(ct);
        using var certificate = await issue.Device(unit, await Centre(unit, ct), "センター署名", key, ct);
        keys.Save(KeyName, CertificateForms.Thumbprint(certificate), key);
        await unit.Commit(ct);
        await standing.Refresh(ct);
        _certificate = certificate.CopyWithPrivateKey(key);
    }
}
