using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sekisho.Contracts;
using Sekisho.Contracts.Identity;
using Sekisho.Modules.Identity.Authority;
using Sekisho.Modules.Identity.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Identity.Registry;

/// <inheritdoc cref="IDirectory"/>
internal sealed class OrganisationDirectory(Store store, Standing standing, Register register) : IDirectory
{
    private Known _known = new(-1);

    /// <summary>What was asked for at one version.</summary>
    private sealed class Known(long version)
    {
        public long Version { get; } = version;

        public ConcurrentDictionary<Guid, Organisation> Organisations { get; } = new();

        public ConcurrentDictionary<OrganisationCode, Guid> Holders { get; } = new();
    }

    public async ValueTask<Outcome<Organisation>> Organisation(OrganisationId id, CancellationToken ct)
    {
        var known = Current();
        if (known.Organisations.TryGetValue(id.Value, out var organisation))
        {
            return organisation;
        }

        await using var unit = await store.Read(ct);
        return await Load(unit, known, id.Value, ct) is { } found ? found : Refusals.OrganisationUnknown;
    }

    public async ValueTask<Outcome<Organisation>> Holder(OrganisationCode code, CancellationToken ct)
    {
        var known = Current();
        if (known.Holders.TryGetValue(code, out var id) && known.Organisations.TryGetValue(id, out var organisation))
        {
            return organisation;
        }

        await using var unit = await store.Read(ct);
        var row = await unit.Context.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.System == code.System && c.Value == code.Value, ct);
        if (row is null || await Load(unit, known, row.Organisation, ct) is not { } found)
        {
            return Refusals.CodeUnknown;
        }

        known.Holders[code] = row.Organisation;
        return found;
    }

    public async ValueTask<IReadOnlyList<Organisation>> OfKind(OrganisationKind kind, CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var ofKind = unit.Context.Kinds.Where(k => k.Kind == kind).Select(k => k.Organisation);
        var rows = await unit.Context.Organisations.AsNoTracking().Where(o => ofKind.Contains(o.Id)).ToListAsync(ct);
        var kinds = (await unit.Context.Kinds.AsNoTracking().Where(k => ofKind.Contains(k.Organisation)).ToListAsync(ct)).ToLookup(k => k.Organisation);
        var codes = (await unit.Context.Codes.AsNoTracking().Where(c => ofKind.Contains(c.Organisation)).ToListAsync(ct)).ToLookup(c => c.Organisation);
        return [.. rows.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => Whole(o, kinds[o.Id], codes[o.Id]))];
    }

    public async ValueTask<IReadOnlyDictionary<PersonId, string>> NamesOf(IReadOnlyCollection<PersonId> people, CancellationToken ct)
    {
        var ids = people.Select(p => p.Value).ToHashSet();
        await using var unit = await store.Read(ct);
        return await unit.Context.People.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => new PersonId(p.Id), p => p.Name, ct);
    }

    public async ValueTask<Organisation> Centre(CancellationToken ct)
    {
        await using var unit = await store.Read(ct);
        var centre = await CentreKey.Centre(unit, ct);
        return await Load(unit, Current(), centre.Id, ct) ?? throw new InvalidOperationException("The centre has no organisation");
    }

    public ValueTask<Outcome<Organisation>> Register(Organisation organisation, CancellationToken ct) => register.Run(organisation, ct);

    private Known Current()
    {
        var known = _known;
        if (known.Version != standing.Version)
        {
            known = new Known(standing.Version);
            _known = known;
        }

        return known;
    }

    private static async Task<Organisation?> Load(Store.Unit unit, Known known, Guid id, CancellationToken ct)
    {
        if (await unit.Context.Organisations.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, ct) is not { } row)
        {
            return null;
        }

        var kinds = await unit.Context.Kinds.AsNoTracking().Where(k => k.Organisation == id).ToListAsync(ct);
        var codes = await unit.Context.Codes.AsNoTracking().Where(c => c.Organisation == id).ToListAsync(ct);
        var organisation = Whole(row, kinds, codes);
        known.Organisations[id] = organisation;
        return organisation;
    }

    private static Organisation Whole(OrganisationRow row, IEnumerable<OrganisationKindRow> kinds, IEnumerable<OrganisationCodeRow> codes) => new(
        new OrganisationId(row.Id),
        row.Name,
        kinds.Select(k => k.Kind).ToHashSet(),
        [.. codes.Select(c => new OrganisationCode(c.System, c.Value)).OrderBy(c => c.System).ThenBy(c => c.Value, StringComparer.Ordinal)]);
}
