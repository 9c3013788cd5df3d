using System.Security.Cryptography;
using Sekisho.Generators;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>Messages spoilt by their structure: refused, or another message that is written back byte for byte. Never an exception.</summary>
public sealed class HostileTests
{
    private const int Rounds = 3000;
    private static readonly string Digest = new('5', 64);

    private static readonly AcknowledgementStatement Statement = new(new Guid("01961234-5678-7abc-8def-0123456789ab"), "20260408-000123-8", SiteEnvironment.Development,
        TestCa.Someone().Organisation, TestCa.Centre, Digest, Digest, 5, TestCa.Now, ["確認"]);

    [Fact]
    public void Envelope_Spoilt_IsRefusedOrItself() => Try(
        new Envelope(Statement.Transmission, SiteEnvironment.Development, Statement.Sender, Statement.Recipient, TransmissionKinds.Claim, "RECEIPTC.UKE", Classification.StrictlyConfidential, Digest, 5, TestCa.Now).ToBytes(),
        bytes => Envelope.Parse(bytes).Succeeded(out var value, out _) ? value.ToBytes() : null);

    [Fact]
    public void Statement_Spoilt_IsRefusedOrItself() => Try(Statement.ToBytes(), bytes => AcknowledgementStatement.Parse(bytes).Succeeded(out var value, out _) ? value.ToBytes() : null);

    [Fact]
    public void Acknowledgement_Spoilt_IsRefusedOrItself() => Try(
        new Acknowledgement(Statement.ToBytes(), "sekisho.example/development", 41).ToBytes(),
        bytes => Acknowledgement.Parse(bytes).Succeeded(out var value, out _) ? value.ToBytes() : null);

    [Fact]
    public void Receipt_Spoilt_IsRefusedOrItself() => Try(
        new DeliveryReceipt(Statement.Transmission, SiteEnvironment.Development, Statement.Sender, Digest, 5, TestCa.Now).ToBytes(),
        bytes => DeliveryReceipt.Parse(bytes).Succeeded(out var value, out _) ? value.ToBytes() : null);

    [Fact]
    public void Proof_Spoilt_IsRefusedOrItself() => Try(
        new LogProof(2, [new byte[32], new byte[32]], [1, 2, 3]).ToBytes(),
        bytes => LogProof.Parse(bytes).Succeeded(out var value, out _) ? value.ToBytes() : null);

    [Fact]
    public void Checkpoint_Damaged_IsRefusedOrItself()
    {
        var good = new Checkpoint("sekisho.example/development", 5, SHA256.HashData([])).ToBytes();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = good;
            Damage.Of(ref bytes, Seed.Of(11, round));

            if (Checkpoint.Parse(bytes).Succeeded(out var value, out _))
            {
                Assert.Equal(bytes, value.ToBytes());
            }
        }
    }

    [Fact]
    public void Cms_SpoiltElements_AreRefusedOrTheSameContent()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var (content, trust) = (Statement.ToBytes(), ca.Trust());
        var good = Cms.Sign(content, device);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Spoiler.Der(good, Seed.Of(12, round));

            if (Cms.Verify(bytes, trust, TestCa.Now).Succeeded(out var signed, out _))
            {
                Assert.Equal(content, signed.Content);
            }
        }
    }

    private static void Try(byte[] good, Func<byte[], byte[]?> parse)
    {
        Assert.Equal(good, parse(good));
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Spoiler.Json(good, Seed.Of(13, round));

            if (parse(bytes) is { } again)
            {
                Assert.Equal(bytes, again);
            }
        }
    }
}
