using System.Globalization;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>One proof for many leaves: it holds for exactly what was put in, and for nothing else.</summary>
public sealed class MerkleBatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Proof_OfEverySubsetOfSmallTrees_GivesTheRoot()
    {
        for (var size = 1; size <= 9; size++)
        {
            var tree = await Tree.Of(size);
            for (var chosen = 1; chosen < 1 << size; chosen++)
            {
                var positions = Enumerable.Range(0, size).Where(i => (chosen >> i & 1) == 1).Select(i => (long)i).ToList();
                var proof = await MerkleBatch.Prove(positions, size, tree, Ct);
                Assert.Equal(tree.Root, MerkleBatch.Root(positions, [.. positions.Select(tree.Leaf)], size, proof));
            }
        }
    }

    [Fact]
    public async Task Proof_OfAnythingElse_DoesNotGiveTheRoot()
    {
        var tree = await Tree.Of(1000);
        List<long> positions = [3, 4, 5, 500, 999];
        List<byte[]> leaves = [.. positions.Select(tree.Leaf)];
        var proof = await MerkleBatch.Prove(positions, 1000, tree, Ct);
        Assert.Equal(tree.Root, MerkleBatch.Root(positions, leaves, 1000, proof));
        Assert.NotEqual(tree.Root, MerkleBatch.Root(positions, leaves, 1001, proof));
        Assert.NotEqual(tree.Root, MerkleBatch.Root([3, 4, 6, 500, 999], leaves, 1000, proof));
        Assert.NotEqual(tree.Root, MerkleBatch.Root(positions, [leaves[1], leaves[0], .. leaves[2..]], 1000, proof));
        Assert.Null(MerkleBatch.Root([4, 3, 5, 500, 999], leaves, 1000, proof));
        Assert.Null(MerkleBatch.Root(positions, leaves[1..], 1000, proof));
        Assert.Null(MerkleBatch.Root(positions, leaves, 1000, [.. proof.Skip(1)]));
        Assert.Null(MerkleBatch.Root(positions, leaves, 1000, [.. proof, proof[0]]));
        Assert.Null(MerkleBatch.Root([], [], 1000, proof));
        await Assert.ThrowsAsync<ArgumentException>(async () => await MerkleBatch.Prove([5, 5], 1000, tree, Ct));
    }

    [Fact]
    public void Record_SurvivesItsBytes_AndItsLeafBindsEveryMember()
    {
        var record = new AuditRecord
        {
            Id = Guid.CreateVersion7(),
            At = DateTimeOffset.UnixEpoch.AddDays(20000).AddMicroseconds(123456),
            Kind = "ClaimRead",
            Organisation = "o",
            Person = "p",
            Governance = ["Auditor"],
            Business = ["ClaimsClerk", "Reviewer"],
            Subject = "対象\"\n",
            Result = "200",
            Reason = "理由",
            Correlation = "c",
            Salt = AuditRecord.NewSalt(),
        };
        var read = AuditRecord.Parse(record.ToBytes()).Value;
        Assert.Equal(record.ToBytes(), read.ToBytes());
        AuditRecord[] others =
        [
            record with { Kind = "x" }, record with { Organisation = "x" }, record with { Person = "x" }, record with { Device = "x" }, record with { Session = "x" },
            record with { Governance = [] }, record with { Business = ["ClaimsClerk"] }, record with { Subject = "x" }, record with { Result = "x" },
            record with { Reason = "x" }, record with { Whose = "x" }, record with { Sealed = "x" }, record with { Correlation = "x" },
            record with { At = record.At.AddMicroseconds(1) }, record with { Salt = AuditRecord.NewSalt() }, record with { Id = Guid.CreateVersion7() },
        ];
        Assert.Equal(others.Length + 1, others.Append(record).Select(r => Convert.ToHexString(r.Leaf())).Distinct().Count());
        Assert.Equal("WI-0701", AuditRecord.Parse("{}"u8).Refusal.Code);
        Assert.Equal("WI-0701", AuditRecord.Parse((record with { Salt = new byte[3] }).ToBytes()).Refusal.Code);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+81", "'+81")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    public void Line_WhatASpreadsheetWouldRun_IsText(string value, string expected)
    {
        var record = new AuditRecord
        {
            Id = Guid.Empty,
            At = DateTimeOffset.UnixEpoch,
            Kind = "k",
            Subject = value,
            Result = "",
            Correlation = "",
            Salt = new byte[16],
        };
        Assert.Equal($"7,{Guid.Empty:D},1970-01-01 09:00:00.000000 +09:00,k,,,,,,,{expected},,,,,", AuditBundle.Line(7, record));
        Assert.Equal(16, AuditBundle.Header.Split(',').Length);
    }

    private sealed class Tree : IHashReader
    {
        private readonly Dictionary<(int, long), byte[]> _nodes = [];

        public byte[] Root { get; private set; } = [];

        public static async Task<Tree> Of(int size)
        {
            var tree = new Tree();
            for (var i = 0; i < size; i++)
            {
                foreach (var (level, index, hash) in await MerkleTree.Append(i, MerkleTree.LeafHash(Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture))), tree, Ct))
                {
                    tree._nodes[(level, index)] = hash;
                }
            }

            tree.Root = await MerkleTree.Root(size, tree, Ct);
            return tree;
        }

        public byte[] Leaf(long index) => _nodes[(0, index)];

        public ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => new(_nodes[(level, index)]);
    }
}
