using Sekisho.Cli.Site;
using Sekisho.Wire;

namespace Sekisho.Cli.Auditing;

/// <summary>The site said no in the middle of reading; carries the refusal through the verifier.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Text)
{
    public Refusal Refusal => refusal;
}

/// <summary>A ledger read over HTTPS as tiles: the checkpoint decides the size, tiles and bundles are fetched as they are needed.</summary>
internal sealed class TiledLedger(Connection site, Checkpoint head, bool hashesOnly) : ILedgerSource
{
    private const int Height = 8;
    private const int Remembered = 64;
    private readonly Dictionary<string, byte[]> _tiles = [];

    public ValueTask<Checkpoint> Head(CancellationToken ct) => new(head);

    public async ValueTask<IReadOnlyList<LedgerLeaf>> Leaves(long from, long until, CancellationToken ct)
    {
        if (hashesOnly)
        {
            return [.. Enumerable.Range(0, (int)(until - from)).Select(i => new LedgerLeaf(from + i, null, ""))];
        }

        var bundles = await Task.WhenAll(Covering(from, until).Select(index => Fetch(TilePath.Entries, index, ct)));
        var leaves = new List<LedgerLeaf>();
        foreach (var (index, bytes) in bundles)
        {
            if (EntryBundle.Read(bytes).Refused(out var refusal, out var entries))
            {
                throw new RefusedException(refusal with { Text = $"{refusal.Text} (記録の束 {index})" });
            }

            leaves.AddRange(entries.Select((leaf, i) => new LedgerLeaf((index * TilePath.Full) + i, leaf, "エントリー")).Where(l => l.Position >= from && l.Position < until));
        }

        return leaves;
    }

    public async ValueTask<IReadOnlyList<byte[]?>?> Hashes(int level, long first, int count, CancellationToken ct)
    {
        if (level % Height != 0)
        {
            return null;
        }

        var hashes = new byte[]?[count];
        foreach (var (index, bytes) in await Task.WhenAll(Covering(first, first + count).Select(index => Fetch(level / Height, index, ct))))
        {
            for (var i = 0; i < bytes.Length / 32; i++)
            {
                var place = (index * TilePath.Full) + i - first;
                if (place >= 0 && place < count)
                {
                    hashes[place] = bytes.AsSpan(i * 32, 32).ToArray();
                }
            }
        }

        return hashes;
    }

    private static IEnumerable<long> Covering(long from, long until)
    {
        for (var index = from / TilePath.Full; index * TilePath.Full < until; index++)
        {
            yield return index;
        }
    }

    private async Task<(long Index, byte[] Bytes)> Fetch(int level, long index, CancellationToken ct)
    {
        var path = "/ledger/tile/" + new TilePath(level, index, TilePath.WidthIn(level, index, head.Size));
        lock (_tiles)
        {
            if (_tiles.TryGetValue(path, out var known))
            {
                return (index, known);
            }
        }

        if ((await site.GetBytes(path, ct)).Refused(out var refusal, out var bytes))
        {
            throw new RefusedException(level == TilePath.Entries && refusal.Kind == RefusalKind.Forbidden ? Refusals.EntriesForbidden : refusal);
        }

        lock (_tiles)
        {
            if (_tiles.Count >= Remembered)
            {
                _tiles.Clear();
            }

            // Bundles are read once.
            if (level != TilePath.Entries)
            {
                _tiles[path] = bytes;
            }
        }

        return (index, bytes);
    }
}
