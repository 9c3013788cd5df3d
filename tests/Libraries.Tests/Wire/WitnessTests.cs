using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>tlog-witness, tlog-proof and tlog-policy.</summary>
public sealed class WitnessTests
{
    private const string Origin = "sekisho.example/test";
    private static readonly NoteSigner _log = new(Origin, NoteKeyType.Ed25519, [.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly NoteSigner _one = new("w1.example", NoteKeyType.Cosignature, [.. Enumerable.Repeat((byte)2, 32)]);
    private static readonly NoteSigner _two = new("w2.example", NoteKeyType.Cosignature, [.. Enumerable.Repeat((byte)3, 32)]);

    [Fact]
    public async Task Witness_ExtendsOnly_AndAnswersAsTheSpecificationSays()
    {
        var (tree, fork) = (new Tree(300), new Tree(300, "fork"));
        var state = new Memory();
        var witness = new Witness(_one, [_log.Key], state, TimeProvider.System);
        var first = witness.Add(await Request(tree, 0, 100));
        Assert.Equal(200, first.Status);
        var cosigned = (await tree.Signed(100)).With(SignedNote.Lines(first.Body)!);
        Assert.True(_one.Key.Check(cosigned.Note).Succeeded(out _, out _));

        Assert.Equal((409, "100\n", AddCheckpoint.SizeMediaType), Parts(witness.Add(await Request(tree, 0, 200))));
        Assert.Equal(200, witness.Add(await Request(tree, 100, 200)).Status);
        Assert.Equal(200, witness.Add(await Request(tree, 200, 200)).Status);
        Assert.Equal(400, witness.Add(new AddCheckpoint(201, [], (await tree.Signed(200)).Note.ToBytes()).ToBytes()).Status);
        // Rolled back: a smaller ledger, whatever old size it claims.
        Assert.Equal((409, "200\n", AddCheckpoint.SizeMediaType), Parts(witness.Add(await Request(tree, 100, 150))));
        // Forked: another ledger of the same size, and one that grew from another past.
        Assert.Equal(409, witness.Add(await Request(fork, 200, 200)).Status);
        Assert.Equal(422, witness.Add(await Request(fork, 200, 300)).Status);
        Assert.Equal(200, SignedCheckpoint.Parse(state.Read(Origin)).Value.Checkpoint.Size);
        Assert.Equal(200, witness.Add(await Request(tree, 200, 300)).Status);
    }

    [Fact]
    public async Task Witness_OfAStranger_OrWithoutItsSignature_Refuses()
    {
        var tree = new Tree(10);
        var stranger = new NoteSigner("other.example", NoteKeyType.Ed25519, [.. Enumerable.Repeat((byte)9, 32)]);
        var witness = new Witness(_one, [_log.Key], new Memory(), TimeProvider.System);
        var checkpoint = new Checkpoint("other.example", 10, await tree.Root(10));
        Assert.Equal(404, witness.Add(new AddCheckpoint(0, [], SignedCheckpoint.Sign(checkpoint, stranger, default).Note.ToBytes()).ToBytes()).Status);
        var forged = SignedCheckpoint.Sign(checkpoint with { Origin = Origin }, stranger, default);
        Assert.Equal(403, witness.Add(new AddCheckpoint(0, [], forged.Note.ToBytes()).ToBytes()).Status);
        Assert.Equal(400, witness.Add("old 00\n\n"u8).Status);
        Assert.Equal(400, witness.Add("nothing"u8).Status);
        Assert.Equal(422, witness.Add(new AddCheckpoint(0, [new byte[32]], (await tree.Signed(10)).Note.ToBytes()).ToBytes()).Status);
    }

    [Fact]
    public async Task Proof_UnderAQuorum_VerifiesOffline_AndEveryFlippedByteIsRefused()
    {
        var tree = new Tree(300);
        var checkpoint = await tree.Signed(290);
        checkpoint = checkpoint.With([_one.Sign(checkpoint.Note.Text, DateTimeOffset.UnixEpoch.AddDays(1)), _two.Sign(checkpoint.Note.Text, DateTimeOffset.UnixEpoch)]);
        var policy = TlogPolicy.Parse(Encoding.UTF8.GetBytes(
            $"# 方針\nlog {_log.Key}\nwitness 一 {_one.Key}\nwitness 二 {_two.Key} https://w2.example\ngroup 全員 all 一 二\nquorum 全員\n")).Value;
        var bytes = new TlogProof(123, await MerkleTree.InclusionProof(123, 290, tree, TestContext.Current.CancellationToken), checkpoint).ToBytes();
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 123\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        var trusted = TlogProof.Parse(bytes).Value.Verify(Tree.Leaf(123), policy).Value;
        Assert.Equal(2, trusted.Witnesses.Count);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.False(TlogProof.Parse(bytes).Succeeded(out var proof, out _) && proof.Verify(Tree.Leaf(123), policy).Succeeded(out _, out _), $"byte {i}");
            bytes[i] ^= 1;
        }

        Assert.True(TlogProof.Parse(bytes).Value.Verify(Tree.Leaf(124), policy).Refused(out _, out _));
    }

    [Fact]
    public async Task Policy_WithoutEnoughWitnesses_Refuses()
    {
        var tree = new Tree(10);
        var checkpoint = await tree.Signed(10);
        checkpoint = checkpoint.With([_one.Sign(checkpoint.Note.Text, DateTimeOffset.UnixEpoch)]);
        var lines = $"log {_log.Key}\nwitness a {_one.Key}\nwitness b {_two.Key}\n";
        Assert.True(Policy(lines + "group g 1 a b\nquorum g\n").Check(checkpoint).Succeeded(out _, out _));
        Assert.True(Policy(lines + "quorum none\n").Check(checkpoint).Succeeded(out _, out _));
        Assert.True(Policy(lines + "quorum b\n").Check(checkpoint).Refused(out var refusal, out _));
        Assert.Equal("WI-0509", refusal.Code);
    }

    [Theory]
    [InlineData("log x\nquorum none\n")]
    [InlineData("quorum nobody\n")]
    [InlineData("quorum none\nquorum none\n")]
    [InlineData("")]
    [InlineData("quorum none\r\n")]
    [InlineData("group g 0 a\nquorum none\n")]
    public void Policy_NotInItsForm_IsRefused(string text) => Assert.True(TlogPolicy.Parse(Encoding.UTF8.GetBytes(text)).Refused(out _, out _));

    private static TlogPolicy Policy(string text) => TlogPolicy.Parse(Encoding.UTF8.GetBytes(text)).Value;

    private static (int, string, string) Parts(WitnessAnswer answer) => (answer.Status, answer.Body, answer.MediaType);

    private static async Task<byte[]> Request(Tree tree, long from, long to) => new AddCheckpoint(
        from, from <= to ? await MerkleTree.ConsistencyProof(from, to, tree, TestContext.Current.CancellationToken) : [], (await tree.Signed(to)).Note.ToBytes()).ToBytes();

    private sealed class Memory : IWitnessState
    {
        private readonly Dictionary<string, byte[]> _last = [];

        public byte[]? Read(string origin) => _last.GetValueOrDefault(origin);

        public void Write(string origin, byte[] checkpoint) => _last[origin] = checkpoint;
    }

    private sealed class Tree : IHashReader
    {
        private readonly Dictionary<(int, long), byte[]> _nodes = [];

        public Tree(int size, string kind = "leaf")
        {
            var edge = new TreeEdge();
            for (var i = 0; i < size; i++)
            {
                edge.Append(Leaf(i, kind), (level, index, hash) => _nodes[(level, index)] = hash);
            }
        }

        public static byte[] Leaf(int index, string kind = "leaf") => MerkleTree.LeafHash(Encoding.UTF8.GetBytes($"{kind} {index}"));

        public ValueTask<byte[]> Read(int level, long index, CancellationToken ct) => new(_nodes[(level, index)]);

        public async Task<byte[]> Root(long size) => await MerkleTree.Root(size, this, default);

        public async Task<SignedCheckpoint> Signed(long size) => SignedCheckpoint.Sign(new Checkpoint(Origin, size, await Root(size)), _log, default);
    }
}
