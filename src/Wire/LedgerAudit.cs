using System.Globalization;

namespace Sekisho.Wire;

/// <summary>A leaf as its source holds it.</summary>
/// <param name="Position">Where.</param>
/// <param name="Leaf">Its bytes; null where the source gives hashes only.</param>
/// <param name="Name">What to call it in a message beside the position; may be empty.</param>
public readonly record struct LedgerLeaf(long Position, byte[]? Leaf, string Name);

/// <summary>Where a ledger is read from: the database of a site, or its tiles.</summary>
public interface ILedgerSource
{
    /// <summary>The state the source claims.</summary>
    ValueTask<Checkpoint> Head(CancellationToken ct);

    /// <summary>The leaves from <paramref name="from"/> up to (not including) <paramref name="until"/> by position; fewer or doubled ones are found as faults.</summary>
    ValueTask<IReadOnlyList<LedgerLeaf>> Leaves(long from, long until, CancellationToken ct);

    /// <summary>Stored hashes of complete subtrees at a level, null where one is missing; null altogether when the source does not hold this level.</summary>
    ValueTask<IReadOnlyList<byte[]?>?> Hashes(int level, long first, int count, CancellationToken ct);
}

/// <summary>One thing that does not hold.</summary>
/// <param name="Position">Leaf it concerns, where there is one.</param>
/// <param name="Text">Japanese: what and where.</param>
public sealed record LedgerFault(long? Position, string Text);

/// <summary>The outcome of an audit.</summary>
/// <param name="From">First leaf that was read.</param>
/// <param name="Head">The state that was verified against.</param>
/// <param name="Faults">Empty when everything holds.</param>
/// <param name="Edge">The verified right edge; to be kept only without faults.</param>
public sealed record LedgerAuditResult(long From, Checkpoint Head, IReadOnlyList<LedgerFault> Faults, TreeEdge Edge);

/// <summary>
/// The one verifier of a ledger, whatever it is read from: builds the tree again from the leaves, page by page, and compares every stored hash, the head, and what an
/// earlier run has seen. Needs the memory of one page.
/// </summary>
public sealed class LedgerAudit(ILedgerSource source)
{
    /// <summary>Leaves per page.</summary>
    public const int Page = 2048;

    private const int MostFaults = 200;
    private const int Levels = 63;
    private readonly List<LedgerFault> _faults = [];

    /// <summary>Each page of leaves after it was judged: what else the site holds beside them can be compared.</summary>
    public Func<IReadOnlyList<LedgerLeaf>, CancellationToken, ValueTask>? OnPage { get; init; }

    /// <summary>
    /// Runs; <paramref name="mark"/> is where an earlier run ended, null when there was none. With <paramref name="fromStart"/> everything is read again and must still
    /// lead through that mark.
    /// </summary>
    public async ValueTask<LedgerAuditResult> Run(LedgerMark? mark, bool fromStart, CancellationToken ct)
    {
        var head = await source.Head(ct);
        var seen = mark?.ToEdge() ?? new TreeEdge();
        var edge = fromStart ? new TreeEdge() : seen;
        var from = edge.Size;
        if (mark is not null && Contradiction(mark, seen, head) is { } contradiction)
        {
            Add(null, contradiction);
            return new LedgerAuditResult(from, head, _faults, edge);
        }

        while (edge.Size < head.Size && _faults.Count < MostFaults)
        {
            var until = Math.Min(head.Size, ((edge.Size / Page) + 1) * Page);
            until = edge.Size < seen.Size ? Math.Min(until, seen.Size) : until;
            edge = await ReadPage(edge, until, ct);
            if (edge.Size == seen.Size && _faults.Count == 0 && !edge.Root().AsSpan().SequenceEqual(seen.Root()))
            {
                Add(null, Invariant($"台帳: 前回検証した {seen.Size} 件が書き換えられています。葉と節は互いに合っていますが、前回の根のハッシュ値と一致しません。"));
            }
        }

        if (edge.Size == head.Size && !edge.Root().AsSpan().SequenceEqual(head.Root) && !(_faults.Count > 0 && await StoredRootFits(head, ct)))
        {
            Add(null, mark is not null && !fromStart && _faults.Count == 0
                ? Invariant($"台帳: 前回検証した {mark.Size} 件より前が書き換えられたか、別の台帳に分岐しています。前回の続きから計算した根が、大きさ {head.Size} の根のハッシュ値と一致しません。")
                : Invariant($"台帳: 大きさ {head.Size} の根のハッシュ値が、葉から計算した値と一致しません。"));
        }

        return new LedgerAuditResult(from, head, _faults, edge);
    }

    private static string? Contradiction(LedgerMark mark, TreeEdge edge, Checkpoint head) =>
        mark.Origin != head.Origin ? $"台帳: 名称が前回の {mark.Origin} から {head.Origin} に変わっています。別の台帳です。"
        : head.Size < mark.Size ? Invariant($"台帳: 巻き戻されています。前回は {mark.Size} 件を検証しましたが、いまは {head.Size} 件です。位置 {head.Size} 以降の記録が失われています。")
        : head.Size == mark.Size && !edge.Root().AsSpan().SequenceEqual(head.Root) ? Invariant($"台帳: 分岐しています。同じ大きさ {head.Size} で、根のハッシュ値が前回と異なります。")
        : null;

    private async ValueTask<TreeEdge> ReadPage(TreeEdge edge, long until, CancellationToken ct)
    {
        var from = edge.Size;
        var stored = new Dictionary<int, IReadOnlyList<byte[]?>>();
        for (var level = 0; level < Levels && until >> level > from >> level; level++)
        {
            if (await source.Hashes(level, from >> level, (int)((until >> level) - (from >> level)), ct) is { } hashes)
            {
                stored[level] = hashes;
            }
        }

        var leaves = Ordered(await source.Leaves(from, until, ct), from, until);
        var computed = TreeEdge.Of(edge.Size, edge.Hashes)!;
        var others = new List<(int Level, long Index)>();
        foreach (var leaf in leaves)
        {
            var hash = leaf.Leaf is null ? stored.GetValueOrDefault(0)?[(int)(leaf.Position - from)] ?? new byte[32] : MerkleTree.LeafHash(leaf.Leaf);
            computed.Append(hash, (level, index, node) =>
            {
                if (stored.TryGetValue(level, out var hashes) && !Equal(hashes[(int)(index - (from >> level))], node))
                {
                    others.Add((level, index));
                }
            });
        }

        var judged = Judge(others);
        Report(judged, leaves, from, stored);
        KeepStored(computed, judged, stored, from);
        if (OnPage is not null)
        {
            await OnPage(leaves, ct);
        }

        return computed;
    }

    /// <summary>Every position once and in its place; what is missing is told and stands without bytes.</summary>
    private List<LedgerLeaf> Ordered(IReadOnlyList<LedgerLeaf> found, long from, long until)
    {
        var ordered = new List<LedgerLeaf>();
        var next = 0;
        for (var position = from; position < until; position++)
        {
            if (next < found.Count && found[next].Position == position)
            {
                ordered.Add(found[next]);
                while (++next < found.Count && found[next].Position == position)
                {
                    Add(position, Invariant($"台帳: 位置 {position} の記録が二つあります ({found[next].Name})。"));
                }
            }
            else
            {
                Add(position, Invariant($"台帳: 位置 {position} の記録がありません。"));
                ordered.Add(new LedgerLeaf(position, null, ""));
            }
        }

        return ordered;
    }

    /// <summary>A wrong leaf makes all nodes above it differ, a wrong node only itself: told are the lowest that differ.</summary>
    private void Report(List<OtherNode> others, List<LedgerLeaf> leaves, long from, Dictionary<int, IReadOnlyList<byte[]?>> stored)
    {
        foreach (var (level, index, _) in others.Where(o => o.IsLowest))
        {
            if (level == 0)
            {
                Add(index, Invariant($"台帳: 位置 {index} の葉 ({leaves[(int)(index - from)].Name}) が、保存されたハッシュ値と一致しません。"));
            }
            else
            {
                var missing = stored[level][(int)(index - (from >> level))] is null ? "ありません" : "葉から計算した値と一致しません";
                Add(null, Invariant($"台帳: 節 (level {level}, index {index}) が{missing}。"));
            }
        }
    }

    /// <summary>Goes on from what is stored where the leaves below were changed, so that one changed leaf does not make everything after it look changed.</summary>
    private static void KeepStored(TreeEdge edge, List<OtherNode> others, Dictionary<int, IReadOnlyList<byte[]?>> stored, long from)
    {
        foreach (var (level, index, lowest) in others)
        {
            var isEdge = ((edge.Size >> level) & 1) == 1 && index == (edge.Size >> level) - 1;
            if (isEdge && !lowest && stored[level][(int)(index - (from >> level))] is { } hash)
            {
                edge.Replace(level, hash);
            }
        }
    }

    /// <summary>Nodes that differ come after those below them.</summary>
    private static List<OtherNode> Judge(List<(int Level, long Index)> others)
    {
        var above = new HashSet<(int, long)>();
        var judged = new List<OtherNode>();
        foreach (var (level, index) in others)
        {
            judged.Add(new OtherNode(level, index, !above.Contains((level, index))));
            for (var up = 1; level + up < Levels; up++)
            {
                above.Add((level + up, index >> up));
            }
        }

        return judged;
    }

    /// <summary>After a fault that was told: the stored nodes may still give the head, and then the head is not another fault.</summary>
    private async ValueTask<bool> StoredRootFits(Checkpoint head, CancellationToken ct)
    {
        var hashes = new List<byte[]>();
        for (var level = Levels - 1; level >= 0; level--)
        {
            if (((head.Size >> level) & 1) == 1)
            {
                var stored = await source.Hashes(level, (head.Size >> level) - 1, 1, ct);
                if (stored?[0] is not { } hash)
                {
                    return false;
                }

                hashes.Add(hash);
            }
        }

        return TreeEdge.Of(head.Size, hashes) is { } edge && edge.Root().AsSpan().SequenceEqual(head.Root);
    }

    private void Add(long? position, string text)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new LedgerFault(position, text));
        }
    }

    private static bool Equal(byte[]? stored, byte[] computed) => stored is not null && stored.AsSpan().SequenceEqual(computed);

    private readonly record struct OtherNode(int Level, long Index, bool IsLowest);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
