using System.Security.Cryptography;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class MerkleTests
{
    private const int Largest = 130;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Largest).Select(i => BitConverter.GetBytes(i * 7919))];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_PublishedVectors_Agree()
    {
        string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        var tiles = await Tiles.Of([.. leaves.Select(Convert.FromHexString)]);
        for (var size = 0; size < roots.Length; size++)
        {
            Assert.Equal(roots[size], Convert.ToHexStringLower(await MerkleTree.Root(size, tiles, Stop)));
        }

        Assert.Equal(roots[0], Convert.ToHexStringLower(MerkleTree.EmptyRoot));
    }

    [Fact]
    public async Task Append_CompletesExactlyTheSubtreesOfTheTree()
    {
        var tiles = await Tiles.Of(Leaves);
        foreach (var ((level, index), hash) in tiles.Hashes)
        {
            Assert.Equal(Naive.Hash(Leaves.AsSpan((int)(index << level), 1 << level)), hash);
        }

        Assert.Equal(Enumerable.Range(0, 8).Sum(level => Largest >> level), tiles.Hashes.Count);
    }

    [Fact]
    public async Task Inclusion_EverySizeAndLeaf_VerifiesAndIsTheOnlyProof()
    {
        var tiles = await Tiles.Of(Leaves);
        for (var size = 1; size <= Largest; size++)
        {
            var root = Naive.Hash(Leaves.AsSpan(0, size));
            Assert.Equal(root, await MerkleTree.Root(size, tiles, Stop));
            for (var index = 0; index < size; index++)
            {
                var (leaf, position, total) = (MerkleTree.LeafHash(Leaves[index]), index, size);
                var path = await MerkleTree.InclusionProof(index, size, tiles, Stop);
                Assert.Equal(Naive.Path(index, Leaves.AsSpan(0, size)), path);
                Assert.True(MerkleTree.VerifyInclusion(leaf, index, size, path, root));
                AssertNothingElse([leaf, root, .. path], size <= 9, p => MerkleTree.VerifyInclusion(p[0], position, total, p[2..], p[1]));
                Assert.False(MerkleTree.VerifyInclusion(leaf, index + 1, size, path, root));
                Assert.False(MerkleTree.VerifyInclusion(leaf, index - 1, size, path, root));
                Assert.False(MerkleTree.VerifyInclusion(leaf, index, size, [.. path, leaf], root));
            }
        }
    }

    [Fact]
    public async Task Consistency_EveryPairOfSizes_VerifiesAndIsTheOnlyProof()
    {
        var tiles = await Tiles.Of(Leaves);
        for (var to = 0; to <= Largest; to++)
        {
            for (var from = 0; from <= to; from++)
            {
                var (earlier, later, first, second) = (Naive.Hash(Leaves.AsSpan(0, from)), Naive.Hash(Leaves.AsSpan(0, to)), from, to);
                var proof = await MerkleTree.ConsistencyProof(from, to, tiles, Stop);
                Assert.Equal(from == 0 ? [] : Naive.Subproof(from, Leaves.AsSpan(0, to), true), proof);
                Assert.True(MerkleTree.VerifyConsistency(from, earlier, to, later, proof), $"{from} {to}");
                if (from > 0)
                {
                    AssertNothingElse([earlier, later, .. proof], to <= 9, p => MerkleTree.VerifyConsistency(first, p[0], second, p[1], p[2..]));
                }

                Assert.False(MerkleTree.VerifyConsistency(from, earlier, to, later, [.. proof, earlier]));
            }
        }
    }

    [Fact]
    public void Verify_ImpossibleInput_IsFalse()
    {
        var hash = MerkleTree.EmptyRoot;
        byte[][] many = [.. Enumerable.Repeat(hash, 65)];
        Assert.False(MerkleTree.VerifyInclusion(hash, -1, 1, [], hash));
        Assert.False(MerkleTree.VerifyInclusion(hash, 0, 0, [], hash));
        Assert.False(MerkleTree.VerifyInclusion(hash, 0, long.MaxValue, many, hash));
        Assert.False(MerkleTree.VerifyInclusion(hash, long.MaxValue - 1, long.MaxValue, many[..63], hash));
        Assert.False(MerkleTree.VerifyInclusion(hash[..31], 0, 1, [], hash[..31]));
        Assert.False(MerkleTree.VerifyConsistency(2, hash, 1, hash, []));
        Assert.False(MerkleTree.VerifyConsistency(1, hash, 2, hash, []));
        Assert.False(MerkleTree.VerifyConsistency(3, hash, 5, hash, []));
        Assert.False(MerkleTree.VerifyConsistency(long.MaxValue - 1, hash, long.MaxValue, hash, many[..63]));
        Assert.False(MerkleTree.VerifyConsistency(0, new byte[32], 5, hash, []));
    }

    private static void AssertNothingElse(byte[][] parts, bool everyBit, Func<byte[][], bool> verifies)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            for (var bit = 0; bit < 256; bit += everyBit ? 1 : 251)
            {
                var original = parts[part];
                parts[part] = (byte[])original.Clone();
                parts[part][bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(verifies(parts));
                parts[part] = original;
            }
        }

        for (var part = 2; part < parts.Length; part++)
        {
            Assert.False(verifies([.. parts[..part], .. parts[(part + 1)..]]));
        }
    }

    /// <summary>What a ledger stores: the complete subtrees, as they were completed.</summary>
    private sealed class Tiles : IHashReader
    {
        public Dictionary<(int Level, long Index), byte[]> Hashes { get; } = [];

        public static async Task<Tiles> Of(byte[][] leaves)
        {
            var tiles = new Tiles();
            for (var index = 0; index < leaves.Length; index++)
            {
                foreach (var (level, at, hash) in await MerkleTree.Append(index, MerkleTree.LeafHash(leaves[index]), tiles, Stop))
                {
                    tiles.Hashes.Add((level, at), hash);
                }
            }

            return tiles;
        }

        public ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => ValueTask.FromResult(Hashes[(level, index)]);
    }

    /// <summary>RFC 6962 §2.1, word for word.</summary>
    private static class Naive
    {
        public static byte[] Hash(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
        {
            0 => SHA256.HashData([]),
            1 => SHA256.HashData([0, .. leaves[0]]),
            _ => SHA256.HashData([1, .. Hash(leaves[..Half(leaves.Length)]), .. Hash(leaves[Half(leaves.Length)..])]),
        };

        public static IReadOnlyList<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
        {
            if (leaves.Length == 1)
            {
                return [];
            }

            var half = Half(leaves.Length);
            return index < half
                ? [.. Path(index, leaves[..half]), Hash(leaves[half..])]
                : [.. Path(index - half, leaves[half..]), Hash(leaves[..half])];
        }

        public static IReadOnlyList<byte[]> Subproof(int size, ReadOnlySpan<byte[]> leaves, bool known)
        {
            if (size == leaves.Length)
            {
                return known ? [] : [Hash(leaves)];
            }

            var half = Half(leaves.Length);
            return size <= half
                ? [.. Subproof(size, leaves[..half], known), Hash(leaves[half..])]
                : [.. Subproof(size - half, leaves[half..], false), Hash(leaves[..half])];
        }

        private static int Half(int size)
        {
            var half = 1;
            while (half * 2 < size)
            {
                half *= 2;
            }

            return half;
        }
    }
}
