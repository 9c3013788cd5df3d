using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>The key with which the centre signs: a device of the centre's own organisation, renewed a month before its certificate ends.</summary>
internal sealed class CentreKey(Store store, Issue issue, Standing standing, KeyFiles keys, TimeProvider time)
{
    private const string KeyName = "centre";
    private static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);
    private X509Certificate2? _certificate;
    private JwsSigner? _signer;

    /// <summary>Certificate with private key.</summary>
    public X509Certificate2 Certificate => _certificate ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>The same key, for answers.</summary>
    public JwsSigner Signer => _signer ?? throw new InvalidOperationException("Identity is not prepared");

    /// <summary>Loads the key at start, or makes one.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        await using (var unit = await store.Read(ct))
        {
            var centre = await Centre(unit, ct);
            var soon = time.GetUtcNow() + _renewBefore;
            var own = await (from candidate in unit.Context.Certificates.AsNoTracking()
                             join device in unit.Context.Devices on candidate.Device equals device.Id
                             where device.Organisation == centre.Id && device.Condition == DeviceCondition.InUse && candidate.State == CertificateState.InForce
                             orderby candidate.Changed descending
                             select candidate).ToListAsync(ct);
            if (own.FirstOrDefault(c => c.NotAfter > soon && keys.Has(KeyName, c.Thumbprint)) is { } found)
            {
                using var key = keys.Load(KeyName, found.Thumbprint);
                using var certificate = X509CertificateLoader.LoadCertificate(found.Certificate);
                Take(certificate.CopyWithPrivateKey(key));
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
        var centre = await Centre(unit, ct);
        var device = await Own(unit, ct) ?? issue.NewDevice(unit, centre, "センター署名", await unit.NextVersion(ct));
        using var certificate = await issue.Certificate(unit, centre, device, Issue.PublicKeyOf(key), ct);
        keys.Save(KeyName, CertificateForms.Thumbprint(certificate), key);
        await unit.Commit(ct);
        await standing.Refresh(ct);
        Take(certificate.CopyWithPrivateKey(key));
    }

    private void Take(X509Certificate2 certificate) => (_certificate, _signer) = (certificate, new JwsSigner(certificate));

    /// <summary>The device of the certificate used so far, when that only nears its end: after a revocation, another device.</summary>
    private async ValueTask<DeviceRow?> Own(Store.Unit unit, CancellationToken ct)
    {
        if (_certificate is null || standing.Of(CertificateForms.Thumbprint(_certificate), time.GetUtcNow()) is null)
        {
            return null;
        }

        var id = CertificateIdentity.Of(_certificate).Value.Device;
        return await unit.Context.Devices.SingleOrDefaultAsync(d => d.Id == id && d.Condition == DeviceCondition.InUse, ct);
    }
}
