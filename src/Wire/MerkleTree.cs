using System.Numerics;
using System.Security.Cryptography;

namespace Sekisho.Wire;

/// <summary>Hashes of complete subtrees, addressed as RFC 6962 trees are tiled: level 0 are leaf hashes, level n covers 2^n leaves.</summary>
public interface IHashReader
{
    /// <summary>Hash of the complete subtree <paramref name="index"/> at <paramref name="level"/> (32 bytes).</summary>
    ValueTask<byte[]> Read(int level, long index, CancellationToken ct);
}

/// <summary>RFC 6962 Merkle tree hashing over SHA-256: leaf 0x00, node 0x01.</summary>
public static class MerkleTree
{
    /// <summary>Root of the empty tree (SHA-256 of nothing).</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>Hash of a leaf.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> leaf)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0]);
        hash.AppendData(leaf);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of a node.</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        node[0] = 1;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The complete-subtree hashes that appending leaf number <paramref name="index"/> completes, level 0 first; reads what stands to their left.</summary>
    public static async ValueTask<IReadOnlyList<(int Level, long Index, byte[] Hash)>> Append(long index, byte[] leafHash, IHashReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var completed = new List<(int, long, byte[])> { (0, index, leafHash) };
        var hash = leafHash;
        for (var level = 0; (index & 1) == 1; level++)
        {
            hash = NodeHash(await reader.Read(level, index - 1, ct), hash);
            index >>= 1;
            completed.Add((level + 1, index, hash));
        }
        return completed;
    }

    /// <summary>Root of the first <paramref name="size"/> leaves.</summary>
    public static async ValueTask<byte[]> Root(long size, IHashReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? EmptyRoot : await Range(0, size, reader, ct);
    }

    /// <summary>Audit path of leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves.</summary>
    public static async ValueTask<IReadOnlyList<byte[]>> InclusionProof(long index, long size, IHashReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            var goesLeft = index < middle;
            path.Add(goesLeft ? await Range(middle, end, reader, ct) : await Range(start, middle, reader, ct));
            (start, end) = goesLeft ? (start, middle) : (middle, end);
        }
        path.Reverse();
        return path;
    }

    /// <summary>Consistency proof between two sizes of the same tree.</summary>
    public static async ValueTask<IReadOnlyList<byte[]>> ConsistencyProof(long from, long to, IHashReader reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var proof = new List<byte[]>();
        if (from == 0 || from == to)
        {
            return proof;
        }

        var (start, end) = (0L, to);
        while (from < end)
        {
            var middle = start + Split(end - start);
            var goesLeft = from <= middle;
            proof.Add(goesLeft ? await Range(middle, end, reader, ct) : await Range(start, middle, reader, ct));
            (start, end) = goesLeft ? (start, middle) : (middle, end);
        }
        // A verifier that never left the left edge knows this subtree already: it is the earlier root.
        if (start != 0)
        {
            proof.Add(await Range(start, end, reader, ct));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>True when the path proves the leaf in the root.</summary>
    public static bool VerifyInclusion(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size || !AreHashes([leafHash, root]) || !AreHashes(path))
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            hash = (node & 1) == 1 || node == last ? NodeHash(sibling, hash) : NodeHash(hash, sibling);
            (node, last) = Up(node, last);
        }
        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>True when the later root extends the earlier one.</summary>
    public static bool VerifyConsistency(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (from < 0 || from > to || !AreHashes([fromRoot, toRoot]) || !AreHashes(proof))
        {
            return false;
        }

        if (from == to)
        {
            return proof.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot) && (from > 0 || IsEmptyRoot(fromRoot));
        }

        if (from == 0)
        {
            return proof.Count == 0 && IsEmptyRoot(fromRoot);
        }

        var path = BitOperations.IsPow2(from) ? [fromRoot, .. proof] : proof;
        return path.Count > 0 && Extends(from, fromRoot, to, toRoot, path);
    }

    /// <summary>RFC 9162 §2.1.4.2, steps 4 to 7.</summary>
    private static bool Extends(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> path)
    {
        var (node, last) = (from - 1, to - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var (earlier, later) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                (earlier, later) = (NodeHash(sibling, earlier), NodeHash(sibling, later));
            }
            else
            {
                later = NodeHash(later, sibling);
            }

            (node, last) = Up(node, last);
        }
        return last == 0 && earlier.AsSpan().SequenceEqual(fromRoot) && later.AsSpan().SequenceEqual(toRoot);
    }

    /// <summary>One level up; a node on the right edge without a sibling rises until it has one.</summary>
    private static (long Node, long Last) Up(long node, long last)
    {
        if (node == last)
        {
            while (node != 0 && (node & 1) == 0)
            {
                (node, last) = (node >> 1, last >> 1);
            }
        }

        return (node >> 1, last >> 1);
    }

    /// <summary>Hash of the leaves from <paramref name="start"/> up to <paramref name="end"/>; the start is aligned as every subtree's is.</summary>
    private static async ValueTask<byte[]> Range(long start, long end, IHashReader reader, CancellationToken ct)
    {
        var size = end - start;
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((ulong)size);
            return await reader.Read(level, start >> level, ct);
        }
        var middle = start + Split(size);
        var left = await Range(start, middle, reader, ct);
        var right = await Range(middle, end, reader, ct);
        return NodeHash(left, right);
    }

    /// <summary>The largest power of two below <paramref name="size"/>.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static bool IsEmptyRoot(byte[] root) => root.AsSpan().SequenceEqual(EmptyRoot);

    private static bool AreHashes(IReadOnlyList<byte[]> hashes) => hashes.Count <= 64 && hashes.All(h => h?.Length == SHA256.HashSizeInBytes);
}
