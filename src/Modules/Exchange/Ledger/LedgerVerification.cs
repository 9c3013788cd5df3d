using Sekisho.Contracts.Exchange;
using Sekisho.Modules.Exchange.Transmissions;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Exchange.Ledger;

/// <summary>Re-reads everything the site once gave its word for. Uses a reading transaction of its own, in pages. Singleton.</summary>
internal sealed class LedgerVerification(Database database, TransmissionVerification transmissions) : ISiteHealth
{
    private const int Page = 1000;

    public async ValueTask<IReadOnlyList<string>> Verify(CancellationToken ct)
    {
        await using var session = new DbSession(database);
        await session.Read(ct);
        var faults = new List<string>();
        if (await Tree(session, ct) is { } fault)
        {
            faults.Add(fault);
        }

        faults.AddRange(await transmissions.Verify(session, ct));
        return faults;
    }

    /// <summary>Builds the tree again from the leaves and compares every node and the head; the first difference, with its place.</summary>
    private static async ValueTask<string?> Tree(DbSession session, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        var head = await table.Head(ct);
        var rebuilt = new LedgerHead(0, MerkleTree.EmptyRoot);
        var edge = new Rebuilt();
        while (true)
        {
            var page = await Leaves(session, rebuilt.Size, ct);
            if (page.Count == 0)
            {
                break;
            }

            if (page.Select((e, i) => e.Sequence == rebuilt.Size + i).ToList().IndexOf(false) is >= 0 and var gap)
            {
                return $"台帳: 位置 {rebuilt.Size + gap} の記録がありません。";
            }

            var batch = await LedgerBatch.Build(rebuilt, page, edge, ct);
            if (await FirstOtherNode(session, batch, ct) is { } node)
            {
                return node.Level == 0
                    ? $"台帳: 位置 {node.Index} の葉 (記録 {page[(int)(node.Index - rebuilt.Size)].Id:D}) が、保存されたハッシュ値と一致しません。"
                    : $"台帳: 節 (level {node.Level}, index {node.Index}) が、葉から計算した値と一致しません。";
            }

            edge.Keep(batch);
            rebuilt = batch.Head;
        }

        return rebuilt.Size != head.Size ? $"台帳: 大きさ {head.Size} に対し、記録は {rebuilt.Size} 件です。"
            : rebuilt.Root.AsSpan().SequenceEqual(head.Root) ? await Surplus(session, head.Size, ct)
            : $"台帳: 大きさ {head.Size} の根のハッシュ値が、葉から計算した値と一致しません。";
    }

    /// <summary>Entries by position; <see cref="LedgerEntry.Sequence"/> carries the position here.</summary>
    private static ValueTask<List<LedgerEntry>> Leaves(DbSession session, long from, CancellationToken ct) => session.Query(
        $"SELECT position, id, kind, leaf FROM {session.Prefix("exchange")}ledger_entry WHERE position >= @from ORDER BY position LIMIT {Page}",
        r => new LedgerEntry(r.GetInt64(0), r.GetGuid(1), r.GetString(2), (byte[])r.GetValue(3), null),
        ct,
        ("from", from));

    private static async ValueTask<LedgerNode?> FirstOtherNode(DbSession session, LedgerBatch batch, CancellationToken ct)
    {
        foreach (var level in batch.Nodes.GroupBy(n => n.Level).OrderByDescending(g => g.Key))
        {
            var stored = await session.Query(
                $"SELECT idx, hash FROM {session.Prefix("exchange")}ledger_node WHERE level = @level AND idx >= @first AND idx <= @last",
                r => (Index: r.GetInt64(0), Hash: (byte[])r.GetValue(1)),
                ct,
                ("level", level.Key),
                ("first", level.Min(n => n.Index)),
                ("last", level.Max(n => n.Index)));
            var hashes = stored.ToDictionary(n => n.Index, n => n.Hash);
            foreach (var node in level.Where(n => !hashes.TryGetValue(n.Index, out var hash) || !hash.AsSpan().SequenceEqual(n.Hash)))
            {
                return await Deepest(session, batch, node, ct);
            }
        }

        return null;
    }

    /// <summary>A wrong leaf makes all nodes above it differ, a wrong node only itself: the lowest one that differs below <paramref name="node"/> is the place.</summary>
    private static async ValueTask<LedgerNode> Deepest(DbSession session, LedgerBatch batch, LedgerNode node, CancellationToken ct)
    {
        var table = new LedgerTable(session);
        foreach (var child in batch.Nodes.Where(n => n.Level == node.Level - 1 && n.Index / 2 == node.Index))
        {
            if (!(await table.Read(child.Level, child.Index, ct)).AsSpan().SequenceEqual(child.Hash))
            {
                return await Deepest(session, batch, child, ct);
            }
        }

        return node;
    }

    private static async ValueTask<string?> Surplus(DbSession session, long size, CancellationToken ct)
    {
        var expected = 0L;
        for (var rest = size; rest > 0; rest /= 2)
        {
            expected += rest;
        }

        var stored = Convert.ToInt64(
            await session.Scalar($"SELECT COUNT(*) FROM {session.Prefix("exchange")}ledger_node", ct), System.Globalization.CultureInfo.InvariantCulture);
        return stored == expected ? null : $"台帳: 大きさ {size} の節は {expected} 件のはずですが、{stored} 件あります。";
    }

    /// <summary>The complete subtrees that later pages still need.</summary>
    private sealed class Rebuilt : IHashReader
    {
        private Dictionary<(int Level, long Index), byte[]> _edge = [];

        public ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => new(_edge[(level, index)]);

        public void Keep(LedgerBatch batch)
        {
            var size = batch.Head.Size;
            var edge = new Dictionary<(int, long), byte[]>();
            for (var level = 0; size >> level > 0; level++)
            {
                var index = (size >> level) - 1;
                var node = batch.Nodes.FirstOrDefault(n => n.Level == level && n.Index == index);
                if ((node.Hash ?? _edge.GetValueOrDefault((level, index))) is { } hash)
                {
                    edge[(level, index)] = hash;
                }
            }

            _edge = edge;
        }
    }
}
