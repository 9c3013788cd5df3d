using Sekisho.Contracts.Eligibility;
using Sekisho.Modules.Eligibility.Data;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Eligibility.People;

/// <summary>
/// The vault in place of the real one, which links by 個人番号: a key per person an insurer names, the same for ever. It knows nothing across insurers; people
/// confirm that. Scoped.
/// </summary>
internal sealed class PersonVault(DbSession session, RegistryKeys keys) : IPersonVault
{
    private string Table => session.Prefix("eligibility") + "person";

    public async ValueTask<IReadOnlyList<PersonKey>> Assign(IReadOnlyList<VaultName> names, CancellationToken ct)
    {
        await session.Write(ct);
        var known = await Known(names, ct);
        var fresh = new List<(Guid Id, VaultName Name, byte[] Member)>();
        var assigned = new PersonKey[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            if (!known.TryGetValue(names[i], out var id))
            {
                known[names[i]] = id = Guid.CreateVersion7();
                fresh.Add((id, names[i], keys.Member(names[i].Insurer, names[i].Member)));
            }

            assigned[i] = new PersonKey(id);
        }

        await Add(fresh, ct);
        return assigned;
    }

    private async ValueTask<Dictionary<VaultName, Guid>> Known(IReadOnlyList<VaultName> names, CancellationToken ct)
    {
        var asked = new Dictionary<string, VaultName>(StringComparer.Ordinal);
        foreach (var name in names.Distinct())
        {
            for (var key = 0; key < keys.Count; key++)
            {
                asked[Convert.ToBase64String(keys.Member(name.Insurer, name.Member, key))] = name;
            }
        }

        var known = new Dictionary<VaultName, Guid>();
        foreach (var (member, id) in await Find([.. asked.Keys.Select(Convert.FromBase64String)], ct))
        {
            known[asked[Convert.ToBase64String(member)]] = id;
        }

        return known;
    }

    private async ValueTask<List<(byte[] Member, Guid Id)>> Find(byte[][] members, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.PostgreSql)
        {
            return await session.Query($"SELECT member, id FROM {Table} WHERE member = ANY(@members)", r => ((byte[])r.GetValue(0), r.GetGuid(1)), ct, ("members", members));
        }

        var found = new List<(byte[], Guid)>();
        foreach (var member in members)
        {
            found.AddRange(await session.Query($"SELECT member, id FROM {Table} WHERE member = @member", r => ((byte[])r.GetValue(0), r.GetGuid(1)), ct, ("member", member)));
        }

        return found;
    }

    private async ValueTask Add(List<(Guid Id, VaultName Name, byte[] Member)> people, CancellationToken ct)
    {
        if (session.Provider == DatabaseProvider.PostgreSql && people.Count > 0)
        {
            await session.Execute(
                $"INSERT INTO {Table} (id, insurer, member) SELECT * FROM unnest(@id, @insurer, @member)",
                ct,
                ("id", people.Select(p => p.Id).ToArray()),
                ("insurer", people.Select(p => p.Name.Insurer.Value).ToArray()),
                ("member", people.Select(p => p.Member).ToArray()));
            return;
        }

        foreach (var (id, name, member) in people)
        {
            await session.Execute(
                $"INSERT INTO {Table} (id, insurer, member) VALUES (@id, @insurer, @member)", ct, ("id", id), ("insurer", name.Insurer.Value), ("member", member));
        }
    }
}
