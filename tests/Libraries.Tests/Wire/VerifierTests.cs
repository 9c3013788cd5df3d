using System.Security.Cryptography;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class VerifierTests
{
    private const string Origin = "sekisho.example/development";
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("IR,1,13,1,…");

    [Fact]
    public void Acknowledgement_WithContentAndProof_ProvesAllParts()
    {
        using var scene = new Scene();

        var verified = Verifier.Acknowledgement(scene.Signed, scene.Trust, TestCa.Now, new MemoryStream(Content), scene.Proof).Value;

        Assert.Equal(ProvenParts.Signature | ProvenParts.Content | ProvenParts.Ledger, verified.Proven);
        Assert.Equal(TestCa.TheCentre, verified.Signer);
        Assert.Equal((Origin, 2L, 5L), (verified.LogOrigin, verified.LogIndex, verified.Checkpoint!.Size));
        Assert.Equal(scene.Statement.Number, verified.Statement.Number);
        Assert.Equal(ProvenParts.Signature, Verifier.Acknowledgement(scene.Signed, scene.Trust, TestCa.Now).Value.Proven);
    }

    [Fact]
    public void Acknowledgement_OtherContent_IsRefused()
    {
        using var scene = new Scene();
        foreach (var other in new[] { [], Content[..^1], [.. Content, 0], [(byte)'X', .. Content[1..]] })
        {
            Assert.Equal("WI-0403", Verifier.Acknowledgement(scene.Signed, scene.Trust, TestCa.Now, new MemoryStream(other)).Refusal.Code);
        }
    }

    [Fact]
    public void Acknowledgement_OfAnotherMessage_IsRefused()
    {
        using var scene = new Scene();
        var test = scene.Statement with { Environment = SiteEnvironment.Test };
        Assert.Equal("WI-0402", Refused(scene, scene.Statement.ToBytes()));
        Assert.Equal("WI-0402", Refused(scene, new Acknowledgement("{}"u8.ToArray(), Origin, 2).ToBytes()));
        Assert.Equal("WI-0404", Refused(scene, new Acknowledgement(test.ToBytes(), Origin, 2).ToBytes()));
    }

    [Fact]
    public void Acknowledgement_SignedByAnotherOrganisation_IsRefusedWhenTheCaNamesTheCentre()
    {
        using var scene = new Scene(new CertificateIdentity(SiteEnvironment.Development, TestCa.Centre, Guid.Empty));
        using var clinic = scene.Ca.Issue();
        Assert.Equal("WI-0405", Verifier.Acknowledgement(Cms.Sign(scene.Acknowledgement, clinic), scene.Trust, TestCa.Now).Refusal.Code);
        Assert.Equal(TestCa.TheCentre, Verifier.Acknowledgement(scene.Signed, scene.Trust, TestCa.Now, null, scene.Proof).Value.Signer);

        using var otherSite = new TestCa("Other CA", new CertificateIdentity(SiteEnvironment.Development, TestCa.Someone().Organisation, Guid.Empty));
        using var pretender = otherSite.Issue(TestCa.TheCentre);
        var both = new Trust([scene.Ca.Root, otherSite.Root]);
        Assert.Equal("WI-0405", Verifier.Acknowledgement(Cms.Sign(scene.Acknowledgement, pretender), both, TestCa.Now).Refusal.Code);

        var forged = scene.Proof with { SignedCheckpoint = Cms.Sign(scene.Checkpoint.ToBytes(), clinic) };
        Assert.Equal("WI-0505", forged.Verify(scene.Leaf, scene.Trust, TestCa.Now).Refusal.Code);
    }

    [Fact]
    public void Proof_OfAnotherLedgerPositionOrSigner_IsRefused()
    {
        using var scene = new Scene();
        using var clinic = scene.Ca.Issue();
        var elsewhere = scene.Proof with { SignedCheckpoint = Cms.Sign((scene.Checkpoint with { Origin = "other.example/development" }).ToBytes(), scene.Device) };
        var others = scene.Proof with { SignedCheckpoint = Cms.Sign(scene.Checkpoint.ToBytes(), clinic) };
        var noCheckpoint = scene.Proof with { SignedCheckpoint = scene.Signed };
        var otherRoot = scene.Proof with { SignedCheckpoint = Cms.Sign((scene.Checkpoint with { Root = new byte[32] }).ToBytes(), scene.Device) };
        Assert.Equal("WI-0504", Refused(scene, scene.Proof with { Index = 3 }));
        Assert.Equal("WI-0504", Refused(scene, elsewhere));
        Assert.Equal("WI-0505", Refused(scene, others));
        Assert.Equal("WI-0501", Refused(scene, noCheckpoint));
        Assert.Equal("WI-0503", Refused(scene, otherRoot));
        Assert.Equal("WI-0503", Refused(scene, scene.Proof with { Path = [] }));
    }

    [Fact]
    public void Proof_EveryFlippedBitAndTruncation_IsRefused()
    {
        using var scene = new Scene();
        var json = scene.Proof.ToBytes();
        var again = LogProof.Parse(json).Value;
        Assert.Equal(json, again.ToBytes());
        Assert.Equal(scene.Checkpoint.Size, again.Verify(scene.Leaf, scene.Trust, TestCa.Now).Value.Size);

        for (var length = 0; length < json.Length; length++)
        {
            Assert.Equal("WI-0502", LogProof.Parse(json.AsSpan(0, length)).Refusal.Code);
        }

        for (var bit = 0; bit < json.Length * 8; bit++)
        {
            var changed = (byte[])json.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (LogProof.Parse(changed).Succeeded(out var proof, out _))
            {
                Assert.False(proof.Verify(scene.Leaf, scene.Trust, TestCa.Now).Succeeded(out _, out _), $"bit {bit}");
            }
        }
    }

    [Theory]
    [InlineData("sekisho.example/development\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", true)]
    [InlineData("sekisho.example/development\n05\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("sekisho.example/development\n-5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("sekisho.example/development\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", false)]
    [InlineData("sekisho.example/development\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", false)]
    [InlineData("sekisho.example/development\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n", false)]
    [InlineData("sekisho.example/development\r\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("関所\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    [InlineData("sekisho.example/development\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", false)]
    public void Checkpoint_StrictForm_OrRefused(string text, bool accepted)
    {
        var outcome = Checkpoint.Parse(Encoding.UTF8.GetBytes(text));
        if (outcome.Succeeded(out var checkpoint, out var refusal))
        {
            Assert.Equal(text, Encoding.UTF8.GetString(checkpoint.ToBytes()));
        }
        else
        {
            Assert.Equal("WI-0501", refusal.Code);
        }

        Assert.Equal(accepted, checkpoint is not null);
    }

    private static string Refused(Scene scene, byte[] acknowledgement) =>
        Verifier.Acknowledgement(Cms.Sign(acknowledgement, scene.Device), scene.Trust, TestCa.Now).Refusal.Code;

    private static string Refused(Scene scene, LogProof proof) =>
        Verifier.Acknowledgement(scene.Signed, scene.Trust, TestCa.Now, null, proof).Refusal.Code;

    /// <summary>A centre that acknowledged one transmission: third of five leaves.</summary>
    private sealed class Scene : IDisposable
    {
        public Scene(CertificateIdentity? root = null)
        {
            Ca = new TestCa(names: root);
            Device = Ca.Issue(TestCa.TheCentre);
            Trust = Ca.Trust(SiteEnvironment.Development);
            var digest = Convert.ToHexStringLower(SHA256.HashData(Content));
            Statement = new AcknowledgementStatement(Guid.NewGuid(), "20260408-000123-8", SiteEnvironment.Development,
                TestCa.Someone().Organisation, TestCa.Centre, digest, digest, Content.Length, TestCa.Now, []);
            Acknowledgement = new Acknowledgement(Statement.ToBytes(), Origin, 2).ToBytes();
            Signed = Cms.Sign(Acknowledgement, Device);
            byte[][] hashes = [.. Enumerable.Range(0, 5).Select(i => MerkleTree.LeafHash(i == 2 ? Statement.ToBytes() : [(byte)i]))];
            var (left, right) = (MerkleTree.NodeHash(hashes[0], hashes[1]), MerkleTree.NodeHash(hashes[2], hashes[3]));
            Checkpoint = new Checkpoint(Origin, 5, MerkleTree.NodeHash(MerkleTree.NodeHash(left, right), hashes[4]));
            Proof = new LogProof(2, [hashes[3], left, hashes[4]], Cms.Sign(Checkpoint.ToBytes(), Device));
            Leaf = hashes[2];
        }

        public TestCa Ca { get; }

        public System.Security.Cryptography.X509Certificates.X509Certificate2 Device { get; }

        public Trust Trust { get; }

        public AcknowledgementStatement Statement { get; }

        public byte[] Acknowledgement { get; }

        public byte[] Signed { get; }

        public Checkpoint Checkpoint { get; }

        public LogProof Proof { get; }

        public byte[] Leaf { get; }

        public void Dispose()
        {
            Device.Dispose();
            Ca.Dispose();
        }
    }
}
