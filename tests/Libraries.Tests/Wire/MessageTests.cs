using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class MessageTests
{
    private const string Digest = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5";
    private static readonly Guid Id = new("01961234-5678-7abc-8def-0123456789ab");

    private static Envelope Envelope => new(Id, SiteEnvironment.Development, TestCa.Someone().Organisation, TestCa.Centre, TransmissionKinds.Claim,
        "RECEIPTC.UKE", Classification.StrictlyConfidential, Digest, 5, new DateTimeOffset(2026, 4, 8, 9, 55, 0, TimeSpan.FromHours(9)));

    private static AcknowledgementStatement Statement => new(Id, "20260408-000123-8", SiteEnvironment.Development, TestCa.Someone().Organisation, TestCa.Centre,
        Digest, Digest, 5, new DateTimeOffset(2026, 4, 8, 0, 55, 0, TimeSpan.Zero).AddTicks(1_234_560), ["ウイルス検査は未実施です。"]);

    private static DeliveryReceipt Receipt => new(Id, SiteEnvironment.Development, TestCa.Someone().Organisation, Digest, 5, TestCa.Now.AddTicks(10));

    [Fact]
    public void Envelope_Bytes_AreAsDocumented()
    {
        Assert.Equal(
            """{"type":"sekisho/envelope/1","id":"01961234-5678-7abc-8def-0123456789ab","environment":"development","sender":"01900000-0000-7000-8000-000000000001","recipient":"01900000-0000-7000-8000-00000000c0de","kind":"claim","fileName":"RECEIPTC.UKE","classification":"strictly-confidential","sha256":"5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5","length":5,"created":"2026-04-08T00:55:00Z"}""",
            Encoding.UTF8.GetString(Envelope.ToBytes()));
        Assert.Equal(Envelope, Sekisho.Wire.Envelope.Parse(Envelope.ToBytes()).Value);
    }

    [Fact]
    public void Statement_Bytes_AreAsDocumented()
    {
        Assert.Equal(
            """{"type":"sekisho/acknowledgement-statement/1","transmission":"01961234-5678-7abc-8def-0123456789ab","number":"20260408-000123-8","environment":"development","sender":"01900000-0000-7000-8000-000000000001","recipient":"01900000-0000-7000-8000-00000000c0de","envelopeSha256":"5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5","contentSha256":"5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5","length":5,"receivedAt":"2026-04-08T00:55:00.123456Z","facts":["ウイルス検査は未実施です。"]}""",
            Encoding.UTF8.GetString(Statement.ToBytes()));
        var again = AcknowledgementStatement.Parse(Statement.ToBytes()).Value;
        Assert.Equal(Statement with { Facts = again.Facts }, again);
        Assert.Equal(Statement.Facts, again.Facts);
    }

    [Fact]
    public void AcknowledgementAndReceipt_RoundTrip()
    {
        var acknowledgement = new Acknowledgement(Statement.ToBytes(), "sekisho.example/development", 41);
        var again = Acknowledgement.Parse(acknowledgement.ToBytes()).Value;
        Assert.Equal(acknowledgement.Statement.ToArray(), again.Statement.ToArray());
        Assert.Equal(("sekisho.example/development", 41L), (again.LogOrigin, again.LogIndex));
        Assert.Equal(Receipt, DeliveryReceipt.Parse(Receipt.ToBytes()).Value);
    }

    [Theory]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"../x", "WI-0103")]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"a\\\\b", "WI-0103")]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"a\\u0000b", "WI-0103")]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"a\u202egpj.exe", "WI-0103")]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"..", "WI-0103")]
    [InlineData("fileName\":\"RECEIPTC.UKE", "fileName\":\"", "WI-0103")]
    [InlineData("RECEIPTC.UKE", "RECEIPTC\\u002eUKE", "WI-0102")]
    [InlineData("\"sha256\":\"5", "\"sha256\":\"", "WI-0104")]
    [InlineData("5994471abb", "5994471ABB", "WI-0104")]
    [InlineData("\"length\":5", "\"length\":-5", "WI-0105")]
    [InlineData("\"length\":5", "\"length\":9007199254740992", "WI-0105")]
    [InlineData("\"length\":5", "\"length\":5.0", "WI-0102")]
    [InlineData("\"length\":5", "\"length\":5e0", "WI-0102")]
    [InlineData("\"length\":5", "\"length\":\"5\"", "WI-0102")]
    [InlineData("\"kind\":\"claim\"", "\"kind\":\"Claim\"", "WI-0106")]
    [InlineData("\"environment\":\"development\"", "\"environment\":\"Development\"", "WI-0102")]
    [InlineData("01961234-5678-7abc-8def", "01961234-5678-7ABC-8def", "WI-0102")]
    [InlineData("00:55:00Z", "00:55:00+00:00", "WI-0102")]
    [InlineData("envelope/1", "envelope/2", "WI-0102")]
    [InlineData("envelope/1", "delivery-receipt/1", "WI-0102")]
    [InlineData(",\"length\"", ", \"length\"", "WI-0102")]
    [InlineData(",\"length\"", ",\"extra\":1,\"length\"", "WI-0102")]
    [InlineData(",\"length\":5", "", "WI-0102")]
    [InlineData(",\"length\":5", ",\"length\":5,\"length\":5", "WI-0102")]
    [InlineData("Z\"}", "Z\"}\n", "WI-0102")]
    [InlineData("Z\"}", "Z\",}", "WI-0102")]
    [InlineData("RECEIPTC", "\\ud800", "WI-0102")]
    public void Envelope_AnythingElse_IsRefused(string from, string to, string code)
    {
        var text = Encoding.UTF8.GetString(Envelope.ToBytes());
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        Assert.Equal(code, Sekisho.Wire.Envelope.Parse(Encoding.UTF8.GetBytes(changed)).Refusal.Code);
    }

    [Fact]
    public void Envelope_JapaneseName_StaysReadable()
    {
        var envelope = Envelope with { FileName = "𠮷野\"様 あ.csv".Replace('"', '’') };
        Assert.Contains("𠮷野’様 あ.csv", Encoding.UTF8.GetString(envelope.ToBytes()), StringComparison.Ordinal);
        Assert.Equal(envelope, Sekisho.Wire.Envelope.Parse(envelope.ToBytes()).Value);
        Assert.Equal("WI-0103", (envelope with { FileName = "a/b" }).Checked().Refusal.Code);
    }

    [Fact]
    public void Parse_TruncatedOrTooLarge_IsRefused()
    {
        var (envelope, statement) = (Envelope.ToBytes(), Statement.ToBytes());
        var (receipt, acknowledgement) = (Receipt.ToBytes(), new Acknowledgement(statement, "sekisho.example/development", 41).ToBytes());
        for (var length = 0; length < envelope.Length; length++)
        {
            Assert.False(Sekisho.Wire.Envelope.Parse(envelope.AsSpan(0, length)).Succeeded(out _, out _));
        }

        for (var length = 0; length < statement.Length; length++)
        {
            Assert.False(AcknowledgementStatement.Parse(statement.AsSpan(0, length)).Succeeded(out _, out _));
        }

        for (var length = 0; length < receipt.Length; length++)
        {
            Assert.False(DeliveryReceipt.Parse(receipt.AsSpan(0, length)).Succeeded(out _, out _));
        }

        for (var length = 0; length < acknowledgement.Length; length++)
        {
            Assert.False(Acknowledgement.Parse(acknowledgement.AsSpan(0, length)).Succeeded(out _, out _));
        }

        Assert.Equal("WI-0101", Sekisho.Wire.Envelope.Parse(new byte[70_000]).Refusal.Code);
        Assert.Equal("WI-0401", Acknowledgement.Parse(new byte[70_000]).Refusal.Code);
    }

    [Fact]
    public void Parse_EveryByteReplaced_IsAnotherValueOrRefused()
    {
        var bytes = Statement.ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var value = 0; value < 256; value += 7)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] = (byte)value;
                if (AcknowledgementStatement.Parse(changed).Succeeded(out var statement, out _))
                {
                    Assert.Equal(changed, statement.ToBytes());
                }
            }
        }
    }

    [Fact]
    public void ReceptionNumber_FormatAndParse_AgreeAndCatchSlips()
    {
        var number = new ReceptionNumber(new DateOnly(2026, 4, 8), 123).ToString();
        Assert.Equal("20260408-000123-8", number);
        Assert.Equal(new ReceptionNumber(new DateOnly(2026, 4, 8), 123), ReceptionNumber.Parse(number).Value);
        for (var i = 0; i < number.Length; i++)
        {
            for (var c = '0'; c <= '9'; c++)
            {
                if (number[i] != c)
                {
                    Assert.Equal("WI-0601", ReceptionNumber.Parse(number[..i] + c + number[(i + 1)..]).Refusal.Code);
                }
            }
        }

        Assert.Equal("WI-0601", ReceptionNumber.Parse("").Refusal.Code);
        Assert.Equal("WI-0601", ReceptionNumber.Parse("20260408-00012３-8").Refusal.Code);
        Assert.Equal("WI-0601", ReceptionNumber.Parse("20260408-000000-0").Refusal.Code);
    }
}
