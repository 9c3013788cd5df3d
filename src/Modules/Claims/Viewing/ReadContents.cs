using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Exchange;
using Sekisho.Formats.Claims;
using Sekisho.Formats.Claims.Masters;
using Sekisho.Modules.Claims.MasterData;
using Sekisho.Modules.Claims.Receiving;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Claims.Viewing;

/// <summary>What claims say, read from their slices of the submitted file for another module; kept nowhere.</summary>
internal sealed class ReadContents(DbSession session, Receptions receptions, ClaimRows rows, IExchange exchange, MasterShelf masters) : IClaimContents
{
    public MasterSet Masters => masters.Current;

    public async ValueTask<IReadOnlyList<AcceptedContents>> Read(string reception, IReadOnlyCollection<int> ordinals, CancellationToken ct)
    {
        var (found, claims) = await session.InReading(
            async () => (await receptions.Find(reception, ct), await rows.Between(reception, ordinals.Min(), ordinals.Max(), ct)), ct);
        if (found is null)
        {
            return [];
        }

        var contents = new List<AcceptedContents>(claims.Count);
        await using var content = (await exchange.Open(found.Transmission, ct)).Value;
        foreach (var (entry, state, _) in claims.Where(c => ordinals.Contains(c.Entry.Ordinal)))
        {
            var withdrawn = state == ClaimState.Withdrawn;
            var slice = await Slices.Read(content, entry.Offset, entry.Length, ct);
            var read = ClaimContents.Read(slice);

            // Whoever derives something anew derives nothing from a withdrawn claim, even without looking at the flag.
            contents.Add(new AcceptedContents(entry.Ordinal, found.Institution, found.InstitutionName, withdrawn, withdrawn ? read with { Services = [] } : read));
        }

        return contents;
    }
}
