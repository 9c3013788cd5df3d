using System.Numerics;

namespace Sekisho.Wire;

/// <summary>
/// One proof for many leaves of the same tree: the hashes of the largest complete subtrees that hold none of them, left to right. With the leaves' own
/// hashes they give the root. Leaves without a gap between them thereby prove that nothing between them is left out.
/// </summary>
public static class MerkleBatch
{
    /// <summary>The proof of the leaves at <paramref name="positions"/> (ascending, distinct) in the tree of <paramref name="size"/> leaves.</summary>
    public static async ValueTask<IReadOnlyList<byte[]>> Prove(IReadOnlyList<long> positions, long size, IHashReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(reader);
        var proof = new List<byte[]>();
        foreach (var (start, length) in Others(positions, size))
        {
            var level = BitOperations.Log2((ulong)length);
            proof.Add(await reader.Read(level, start >> level, ct));
        }

        return proof;
    }

    /// <summary>The root that the leaves and the proof give together; null when they do not fit each other.</summary>
    public static byte[]? Root(IReadOnlyList<long> positions, IReadOnlyList<byte[]> leafHashes, long size, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(leafHashes);
        ArgumentNullException.ThrowIfNull(proof);
        if (size <= 0 || positions.Count == 0 || positions.Count != leafHashes.Count || !IsAscending(positions, size))
        {
            return null;
        }

        var next = 0;
        var root = Fold(0, size, 0, positions.Count);
        return root is not null && next == proof.Count ? root : null;

        byte[]? Fold(long start, long length, int first, int last)
        {
            if (first == last && BitOperations.IsPow2(length))
            {
                return next < proof.Count ? proof[next++] : null;
            }

            if (length == 1)
            {
                return leafHashes[first];
            }

            var left = Split(length);
            var middle = Find(positions, start + left, first, last);
            return Fold(start, left, first, middle) is { } l && Fold(start + left, length - left, middle, last) is { } r ? MerkleTree.NodeHash(l, r) : null;
        }
    }

    private static IEnumerable<(long Start, long Length)> Others(IReadOnlyList<long> positions, long size)
    {
        if (positions.Count == 0 || !IsAscending(positions, size))
        {
            throw new ArgumentException("Positions must be ascending, distinct and inside the tree", nameof(positions));
        }

        var rest = new Stack<(long Start, long Length, int First, int Last)>([(0L, size, 0, positions.Count)]);
        while (rest.TryPop(out var range))
        {
            var (start, length, first, last) = range;
            if (first == last && BitOperations.IsPow2(length))
            {
                yield return (start, length);
            }
            else if (length > 1)
            {
                var left = Split(length);
                var middle = Find(positions, start + left, first, last);
                rest.Push((start + left, length - left, middle, last));
                rest.Push((start, left, first, middle));
            }
        }
    }

    /// <summary>The first of positions[first..last) that is not before <paramref name="bound"/>.</summary>
    private static int Find(IReadOnlyList<long> positions, long bound, int first, int last)
    {
        while (first < last)
        {
            var middle = first + ((last - first) / 2);
            (first, last) = positions[middle] < bound ? (middle + 1, last) : (first, middle);
        }

        return first;
    }

    private static bool IsAscending(IReadOnlyList<long> positions, long size)
    {
        for (var i = 0; i < positions.Count; i++)
        {
            if (positions[i] < 0 || positions[i] >= size || (i > 0 && positions[i] <= positions[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The largest power of two below <paramref name="length"/>.</summary>
    private static long Split(long length) => 1L << BitOperations.Log2((ulong)(length - 1));
}
