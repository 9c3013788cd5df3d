using System.Formats.Asn1;
using System.Net.Http.Headers;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.EndToEnd.Tests.Hostile;

/// <summary>Whatever arrives as an envelope or a receipt gets a problem with a code, quickly; never a fault.</summary>
public sealed class EnvelopeTests(HostileSite site) : IClassFixture<HostileSite>
{
    public static TheoryData<string> Bodies { get; } =
    [
        "empty", "text", "json", "noise", "too-long", "truncated", "half", "flipped", "wrong-oid", "nested", "endless", "huge-length", "indefinite", "trailing",
        "signed-noise", "signed-members", "signed-kind", "signed-length", "signed-environment", "signed-sender", "other-signer",
    ];

    [Theory, MemberData(nameof(Bodies))]
    public async Task Open_NotAnEnvelope_IsRefusedWithACode(string what)
    {
        using var answer = await site.Clinic.Open(Body(what));

        var (status, code) = await HostileSite.Problem(answer);
        Assert.InRange(status, 400, 422);
        Assert.Matches("^(WI-0[1-6]|EX-0[12])[0-9]{2}$", code);
        await site.IsWell();
    }

    [Theory, InlineData("application/json"), InlineData("application/cms; charset=x"), InlineData("application/pkcs7-mime")]
    public async Task Open_OtherMediaType_IsRefused(string type)
    {
        using var body = new ByteArrayContent(Good());
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await site.Clinic.Send(HttpMethod.Post, "/exchange/transmissions", body);

        Assert.Equal((415, "EX-0211"), await HostileSite.Problem(answer));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"decision\":\"Perhaps\"}")]
    [InlineData("{\"decision\":\"Hold\",\"ordinals\":[\"one\"]}")]
    [InlineData("null")]
    public async Task Review_BadJson_IsABadRequest(string json)
    {
        using var payer = new Death.Courier(site.Server, "payer");
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        using var answer = await payer.Send(HttpMethod.Post, "/claims/receptions/20260408-000123-8/review", body);

        Assert.InRange((await HostileSite.Problem(answer)).Status, 400, 422);
    }

    [Fact]
    public async Task Review_BodyWithoutEnd_IsTooLarge()
    {
        using var payer = new Death.Courier(site.Server, "payer");
        using var body = new ByteArrayContent(new byte[6 * 1024 * 1024]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await payer.Send(HttpMethod.Post, "/claims/receptions/20260408-000123-8/review", body);
            Assert.Equal((413, "SV-0004"), await HostileSite.Problem(answer));
        }
        catch (HttpRequestException)
        {
            // Cut off while still sending.
        }

        await site.IsWell();
    }

    private byte[] Good() => new Death.Sending(site.Clinic, site.Payer, site.File).Cms;

    private byte[] Signed(string text) => Cms.Sign(Encoding.UTF8.GetBytes(text), site.Clinic.Certificate);

    private byte[] Signed(Func<Envelope, Envelope> change)
    {
        var envelope = new Envelope(
            Guid.CreateVersion7(), SiteEnvironment.Development, site.Clinic.Organisation, site.Payer, TransmissionKinds.Claim, "RECEIPTC.UKE",
            Classification.StrictlyConfidential, new string('a', 64), 5, DateTimeOffset.UnixEpoch);
        return Cms.Sign(change(envelope).ToBytes(), site.Clinic.Certificate);
    }

    private byte[] Body(string what)
    {
        var good = Good();
        return what switch
        {
            "empty" => [],
            "text" => "こんにちは"u8.ToArray(),
            "json" => "{\"type\":\"sekisho/envelope/1\"}"u8.ToArray(),
            "noise" => [.. Enumerable.Range(0, 5000).Select(i => (byte)(((i * 7919) >> 3) & 0xFF))],
            "too-long" => [.. good, .. new byte[64 * 1024]],
            "truncated" => good[..^1],
            "half" => good[..(good.Length / 2)],
            "flipped" => Changed(good, good.Length - 9),
            "wrong-oid" => Changed(good, 14),
            "nested" => Nested(5000),
            "endless" => [.. Enumerable.Repeat((byte)0x30, 60_000)],
            "huge-length" => [0x30, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x06, 0x09],
            "indefinite" => [0x30, 0x80, .. good[4..], 0, 0],
            "trailing" => [.. good, 0],
            "signed-noise" => Signed("not an envelope"),
            "signed-members" => Signed("{\"type\":\"sekisho/envelope/1\",\"id\":1}"),
            "signed-kind" => Signed(e => e with { Kind = "delivery" }),
            "signed-length" => Signed(e => e with { Length = 1L << 50 }),
            "signed-environment" => Signed(e => e with { Environment = SiteEnvironment.Production }),
            "signed-sender" => Signed(e => e with { Sender = site.Payer }),
            "other-signer" => OfAnother(),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
    }

    private byte[] OfAnother()
    {
        using var payer = new Death.Courier(site.Server, "payer");
        return new Death.Sending(payer, site.Payer, site.File).Cms;
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = (byte[])bytes.Clone();
        changed[at] ^= 0x55;
        return changed;
    }

    private static byte[] Nested(int depth)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        for (var i = 0; i < depth; i++)
        {
            writer.PushSequence();
        }

        writer.WriteNull();
        for (var i = 0; i < depth; i++)
        {
            writer.PopSequence();
        }

        return writer.Encode();
    }
}
