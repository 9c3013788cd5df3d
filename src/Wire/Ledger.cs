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
    public static byte[] EmptyRoot => throw new NotImplementedException();

    /// <summary>Hash of a leaf.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> leaf) => throw new NotImplementedException();

    /// <summary>Hash of a node.</summary>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => throw new NotImplementedException();

    /// <summary>The complete-subtree hashes that appending leaf number <paramref name="index"/> completes, level 0 first; reads what stands to their left.</summary>
    public static ValueTask<IReadOnlyList<(int Level, long Index, byte[] Hash)>> Append(long index, byte[] leafHash, IHashReader reader, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Root of the first <paramref name="size"/> leaves.</summary>
    public static ValueTask<byte[]> Root(long size, IHashReader reader, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Audit path of leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves.</summary>
    public static ValueTask<IReadOnlyList<byte[]>> InclusionProof(long index, long size, IHashReader reader, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Consistency proof between two sizes of the same tree.</summary>
    public static ValueTask<IReadOnlyList<byte[]>> ConsistencyProof(long from, long to, IHashReader reader, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>True when the path proves the leaf in the root.</summary>
    public static bool VerifyInclusion(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root) => throw new NotImplementedException();

    /// <summary>True when the later root extends the earlier one.</summary>
    public static bool VerifyConsistency(long from, byte[] fromRoot, long to, byte[] toRoot, IReadOnlyList<byte[]> proof) => throw new NotImplementedException();
}

/// <summary>The state of a ledger; its text is the body of a C2SP checkpoint (origin, size, base64 root, one line each).</summary>
/// <param name="Origin">Names the ledger, e.g. <c>sekisho.example/development</c>.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The checkpoint body, UTF-8.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads a checkpoint body; WI-05xx.</summary>
    public static Outcome<Checkpoint> Parse(ReadOnlySpan<byte> body) => throw new NotImplementedException();
}

/// <summary>The sidecar that proves an acknowledgement's leaf offline: audit path and a checkpoint signed by the ledger's operator (CMS). JSON file <c>FILE.ack.proof</c>.</summary>
/// <param name="Index">Leaf index.</param>
/// <param name="Path">Audit path, leaf side first.</param>
/// <param name="SignedCheckpoint">CMS over <see cref="Checkpoint.ToBytes"/>.</param>
public sealed record LogProof(long Index, IReadOnlyList<byte[]> Path, byte[] SignedCheckpoint)
{
    /// <summary>JSON bytes.</summary>
    public byte[] ToBytes() => throw new NotImplementedException();

    /// <summary>Reads JSON; WI-05xx.</summary>
    public static Outcome<LogProof> Parse(ReadOnlySpan<byte> json) => throw new NotImplementedException();

    /// <summary>Verifies checkpoint signature and inclusion of <paramref name="leafHash"/>; WI-05xx.</summary>
    public Outcome<Checkpoint> Verify(byte[] leafHash, Trust trust, DateTimeOffset at) => throw new NotImplementedException();
}
