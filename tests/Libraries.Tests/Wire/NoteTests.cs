using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>C2SP formats: known vectors of the specifications and of Go's note package, and everything that must be refused.</summary>
public sealed class NoteTests
{
    // golang.org/x/mod/sumdb/note: the package's own example.
    private const string PeterNeumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string PeterNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly byte[] _seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);

    [Fact]
    public void Ed25519_Rfc8032Vector_SignsAndVerifies()
    {
        var seed = Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        byte[] message = [0x72];
        Assert.Equal("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", Convert.ToHexStringLower(Ed25519.PublicKey(seed)));
        var signature = Ed25519.Sign(seed, message);
        Assert.Equal(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            Convert.ToHexStringLower(signature));
        Assert.True(Ed25519.Verify(Ed25519.PublicKey(seed), message, signature));
        for (var i = 0; i < signature.Length; i++)
        {
            signature[i] ^= 1;
            Assert.False(Ed25519.Verify(Ed25519.PublicKey(seed), message, signature));
            signature[i] ^= 1;
        }

        Assert.False(Ed25519.Verify(new byte[32], message, signature));
        Assert.False(Ed25519.Verify([1], message, signature));
    }

    [Fact]
    public void Note_GoExample_VerifiesByteForByte()
    {
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(PeterNote)).Value;
        var key = NoteKey.Parse(PeterNeumann).Value;
        Assert.Equal(PeterNeumann, key.ToString());
        Assert.True(key.Check(note).Succeeded(out _, out _));
        Assert.Equal(PeterNote, note.ToString());
    }

    /// <summary>Made with openssl alone; docs/protocol/ledger.md shows the same bytes.</summary>
    [Fact]
    public void Checkpoint_OfTheDocument_IsWhatWeMake()
    {
        var log = new NoteSigner("sekisho.example/test", NoteKeyType.Ed25519, [.. Enumerable.Repeat((byte)1, 32)]);
        var checkpoint = new Checkpoint("sekisho.example/test", 1, MerkleTree.LeafHash("leaf 0"u8));
        var document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs/protocol/ledger.md"));
        Assert.Contains("\n" + SignedCheckpoint.Sign(checkpoint, log, _now).Note + "```", document, StringComparison.Ordinal);
        Assert.Contains("\n" + log.Key + "\n", document, StringComparison.Ordinal);
    }

    [Fact]
    public void Note_EveryFlippedByte_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(PeterNote);
        var key = NoteKey.Parse(PeterNeumann).Value;
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.False(SignedNote.Parse(bytes).Succeeded(out var note, out _) && key.Check(note).Succeeded(out _, out _), $"byte {i}");
            bytes[i] ^= 1;
        }
    }

    [Theory]
    [InlineData("no signatures\n\n")]
    [InlineData("text\n— a.example AAAAAAA=\n")]
    [InlineData("text\n\n- a.example AAAAAAA=\n")]
    [InlineData("text\n\n— a.example AAAAAA==\n")]
    [InlineData("text\n\n— a+b AAAAAAA=\n")]
    [InlineData("te\txt\n\n— a.example AAAAAAA=\n")]
    [InlineData("text\n\n— a.example AAAAAAA=")]
    public void Note_NotInItsForm_IsRefused(string text) => Assert.True(SignedNote.Parse(Encoding.UTF8.GetBytes(text)).Refused(out _, out _));

    [Fact]
    public void Note_SignaturesOfUnknownKeys_AreIgnored()
    {
        var log = new NoteSigner("log.example", NoteKeyType.Ed25519, _seed);
        var other = new NoteSigner("log.example", NoteKeyType.Ed25519, [.. _seed.Reverse()]);
        var note = new SignedNote("x\n", [other.Sign("x\n", _now), log.Sign("x\n", _now)]);
        Assert.True(log.Key.Check(note).Succeeded(out _, out _));
        Assert.True(log.Key.Check(note with { Text = "y\n" }).Refused(out _, out _));
    }

    [Fact]
    public void Key_Ecdsa_SignsAndIsKnownByItsSpki()
    {
        using var ecdsa = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var log = new NoteSigner("log.example", NoteKeyType.Ecdsa, ecdsa.ExportPkcs8PrivateKey());
        var key = NoteKey.Parse(log.Key.ToString()).Value;
        var hash = System.Security.Cryptography.SHA256.HashData(ecdsa.ExportSubjectPublicKeyInfo());
        Assert.Equal(Convert.ToHexStringLower(hash.AsSpan(0, 4)), key.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(key.Check(new SignedNote("x\n", [log.Sign("x\n", _now)])).Succeeded(out _, out _));
    }

    [Fact]
    public void Key_EveryFlippedCharacter_IsRefused()
    {
        for (var i = 0; i < PeterNeumann.Length; i++)
        {
            var flipped = PeterNeumann[..i] + (char)(PeterNeumann[i] ^ 1) + PeterNeumann[(i + 1)..];
            Assert.True(NoteKey.Parse(flipped).Refused(out _, out _), flipped);
        }
    }

    [Fact]
    public void Cosignature_StatesItsTime_AndSignsItsOwnMessage()
    {
        var witness = new NoteSigner("witness.example/w1", NoteKeyType.Cosignature, _seed);
        const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        var line = witness.Sign(Text, _now);
        Assert.Equal(72, line.Signature.Length);
        Assert.Equal(_now, witness.Key.Check(new SignedNote(Text, [line])).Value);
        var message = Encoding.UTF8.GetBytes("cosignature/v1\ntime 1679315147\n" + Text);
        Assert.True(Ed25519.Verify(Ed25519.PublicKey(_seed), message, line.Signature[8..]));
        line.Signature[7] ^= 1;
        Assert.True(witness.Key.Check(new SignedNote(Text, [line])).Refused(out _, out _));
    }

    [Theory]
    [InlineData(0, 1234067, 256, "0/x001/x234/067")]
    [InlineData(0, 0, 256, "0/000")]
    [InlineData(2, 0, 1, "2/000.p/1")]
    [InlineData(-1, 273, 112, "entries/273.p/112")]
    [InlineData(63, 999, 255, "63/999.p/255")]
    public void TilePath_IsWrittenAndRead(int level, long index, int width, string path)
    {
        Assert.Equal(path, new TilePath(level, index, width).ToString());
        Assert.Equal(new TilePath(level, index, width), TilePath.Parse(path));
    }

    [Theory]
    [InlineData("0/0")]
    [InlineData("0/x000/001")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/001/000")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("entries")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void TilePath_WrittenOtherwise_IsNone(string path) => Assert.Null(TilePath.Parse(path));

    [Fact]
    public void TileWidths_OfTheSpecificationsExample()
    {
        Assert.Equal(256, TilePath.WidthIn(0, 272, 70_000));
        Assert.Equal(112, TilePath.WidthIn(0, 273, 70_000));
        Assert.Equal(0, TilePath.WidthIn(0, 274, 70_000));
        Assert.Equal(256, TilePath.WidthIn(1, 0, 70_000));
        Assert.Equal(17, TilePath.WidthIn(1, 1, 70_000));
        Assert.Equal(1, TilePath.WidthIn(2, 0, 70_000));
        Assert.Equal(0, TilePath.WidthIn(3, 0, 70_000));
        Assert.Equal(1, TilePath.WidthIn(1, 0, 256));
    }

    [Fact]
    public void Bundle_IsWrittenAndRead_AndCutOnesAreRefused()
    {
        byte[][] entries = [[], [1, 2, 3], new byte[EntryBundle.MaxEntry]];
        var bundle = EntryBundle.Write(entries);
        Assert.Equal(entries, EntryBundle.Read(bundle).Value);
        Assert.Equal((byte[])[0, 0, 0, 3, 1, 2, 3], bundle[..7]);
        Assert.True(EntryBundle.Read(bundle.AsSpan(..^1)).Refused(out _, out _));
        Assert.True(EntryBundle.Read([0]).Refused(out _, out _));
    }
}
