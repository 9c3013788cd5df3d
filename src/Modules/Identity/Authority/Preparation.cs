using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Data;

namespace Sekisho.Modules.Identity.Authority;

/// <summary>What must be there before anything is served: the CA, the operator's organisation, a revocation list, the keys. Several processes may start at once.</summary>
internal sealed class Preparation(
    Store store, CertificateAuthority ca, Revocation revocation, Standing standing, CentreKey centre, ServerKey server, SiteOptions site, TimeProvider time)
{
    public async Task Run(CancellationToken ct)
    {
        ca.Use(await Found(ct) ?? await Create(ct));
        await standing.Refresh(ct);
        await centre.Prepare(ct);
        await revocation.RenewList(ct);
        server.Renew();
    }

    private async Task<byte[]?> Found(CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        return await Root(unit, ct);
    }

    private async Task<byte[]> Create(CancellationToken ct)
    {
        await using var unit = await store.Write(ct);
        await unit.NextVersion(ct);
        if (await Root(unit, ct) is { } meanwhile)
        {
            return meanwhile;
        }

        var organisation = new OrganisationRow { Id = Guid.CreateVersion7(), Name = site.CentreName };
        var root = ca.Create(organisation.Id);
        ca.Use(root);
        unit.Context.CaCertificates.Add(new CaCertificateRow
        {
            Thumbprint = CertificateForms.Thumbprint(ca.Root),
            Certificate = root,
            Created = time.GetUtcNow(),
        });
        unit.Context.Organisations.Add(organisation);
        unit.Context.Kinds.Add(new OrganisationKindRow { Organisation = organisation.Id, Kind = OrganisationKind.Centre });
        await revocation.Publish(unit, ct);
        await unit.Record(AuditKind.CertificateIssued, "ca", CertificateForms.Thumbprint(ca.Root), ct);
        await unit.Commit(ct);
        return root;
    }

    private static async Task<byte[]?> Root(Store.Unit unit, CancellationToken ct) =>
        await unit.Context.CaCertificates.AsNoTracking().OrderByDescending(c => c.Created).Select(c => c.Certificate).FirstOrDefaultAsync(ct);
}
