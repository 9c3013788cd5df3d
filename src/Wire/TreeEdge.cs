using System.Numerics;

namespace Sekisho.Wire;

/// <summary>
/// The right edge of a tree: the hashes of the complete subtrees its leaves fall into. All that is needed to go on appending, and to know the root, without the
/// leaves: memory stays flat however large the ledger is.
/// </summary>
public sealed class TreeEdge
{
    private readonly List<byte[]?> _byLevel = [];

    /// <summary>Number of leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The subtrees' hashes, largest first; one for each bit of the size.</summary>
    public IReadOnlyList<byte[]> Hashes => [.. _byLevel.OfType<byte[]>().Reverse()];

    /// <summary>The edge of a tree of this size; null when the number of hashes does not fit.</summary>
    public static TreeEdge? Of(long size, IReadOnlyList<byte[]> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        if (size < 0 || hashes.Count != BitOperations.PopCount((ulong)size))
        {
            return null;
        }

        var edge = new TreeEdge { Size = size };
        var next = hashes.Count;
        for (var level = 0; size >> level > 0; level++)
        {
            edge._byLevel.Add(((size >> level) & 1) == 1 ? hashes[--next] : null);
        }

        return edge;
    }

    /// <summary>Appends a leaf's hash and tells of every subtree it completes, level 0 first.</summary>
    public void Append(byte[] leafHash, Action<int, long, byte[]>? completed = null)
    {
        var (hash, index, level) = (leafHash, Size, 0);
        completed?.Invoke(0, index, hash);
        for (; (index & 1) == 1; level++, index >>= 1)
        {
            hash = MerkleTree.NodeHash(_byLevel[level]!, hash);
            _byLevel[level] = null;
            completed?.Invoke(level + 1, index >> 1, hash);
        }

        if (level == _byLevel.Count)
        {
            _byLevel.Add(null);
        }

        _byLevel[level] = hash;
        Size++;
    }

    /// <summary>Root of the tree.</summary>
    public byte[] Root()
    {
        var root = (byte[]?)null;
        foreach (var hash in _byLevel.OfType<byte[]>())
        {
            root = root is null ? hash : MerkleTree.NodeHash(hash, root);
        }

        return root ?? MerkleTree.EmptyRoot;
    }

    /// <summary>Puts another hash in place of the edge's own at <paramref name="level"/>, when there is one.</summary>
    internal void Replace(int level, byte[] hash)
    {
        if (level < _byLevel.Count && _byLevel[level] is not null)
        {
            _byLevel[level] = hash;
        }
    }
}
