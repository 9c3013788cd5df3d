using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Cli.Cards;
using Sekisho.Tests.VirtualCards;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Cli;

/// <summary>The commands a card gets, and above all: how a PIN is treated.</summary>
public sealed class JpkiCardTests : IDisposable
{
    private readonly VirtualJpkiCard _virtual = VirtualJpkiCard.WithNewKey("1234");

    [Fact]
    public void Card_WithApplet_GivesItsCertificate_AndSignsAfterThePin()
    {
        var card = JpkiCard.Open(_virtual.Answer).Value;
        using var certificate = card.ReadCertificate().Value;
        var text = Encoding.UTF8.GetBytes("sekisho-card-v1\n…");

        Assert.Equal(_virtual.Certificate.RawData, certificate.RawData);
        Assert.Equal(_virtual.Certificate.RawData, card.ReadAuthority().Value.RawData);
        Assert.Equal("CI-0122", card.Sign(text).Refusal.Code);
        Assert.True(card.Verify("1234", evenTheLast: false).Value);
        using var key = certificate.GetRSAPublicKey()!;
        Assert.True(key.VerifyData(text, card.Sign(text).Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void WrongPins_CountDown_TheLastIsTriedOnlyWhenSaidSo_AndABlockedOneNever()
    {
        var card = JpkiCard.Open(_virtual.Answer).Value;
        Assert.Equal(3, card.TriesLeft().Value);
        Assert.Equal(("CI-0407", "暗証番号が違います。あと 2 回です。"), Said(card.Verify("0000", false)));
        Assert.Equal(("CI-0407", "暗証番号が違います。あと 1 回です。"), Said(card.Verify("0000", false)));

        Assert.Equal("CI-0409", card.Verify("1234", false).Refusal.Code);
        Assert.Equal(1, _virtual.TriesLeft);
        Assert.Equal("CI-0408", card.Verify("0000", evenTheLast: true).Refusal.Code);
        Assert.Equal(0, card.TriesLeft().Value);
        Assert.Equal("CI-0408", card.Verify("1234", evenTheLast: true).Refusal.Code);
        Assert.Equal(3, _virtual.PinsShown);
    }

    [Fact]
    public void RightPin_OnTheLastTry_GivesAllTriesBack()
    {
        var card = JpkiCard.Open(_virtual.Answer).Value;
        card.Verify("0000", false);
        card.Verify("0000", false);

        Assert.True(card.Verify("1234", evenTheLast: true).Value);
        Assert.Equal(3, _virtual.TriesLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("12345")]
    [InlineData("１２３４")]
    [InlineData("12a4")]
    public void Pin_ThatIsNone_NeverReachesTheCard(string pin)
    {
        Assert.Equal("CI-0119", JpkiCard.Open(_virtual.Answer).Value.Verify(pin, true).Refusal.Code);
        Assert.Equal(0, _virtual.PinsShown);
    }

    [Fact]
    public void OtherCards_AreToldApart()
    {
        Assert.Equal("CI-0117", JpkiCard.Open(_ => [0x6A, 0x82]).Refusal.Code);
        var empty = JpkiCard.Open(command => command[1] == 0xB0 ? [.. new byte[4], 0x90, 0x00] : [0x90, 0x00]).Value;
        Assert.Equal("CI-0121", empty.ReadCertificate().Refusal.Code);
        Assert.Throws<CardException>(() => JpkiCard.Open(_ => []));
    }

    [Fact]
    public void Answers_LeftToBeFetched_AreFetched()
    {
        var halves = new Queue<byte[]>([[1, 2, 0x61, 0x02], [3, 4, 0x90, 0x00]]);
        var card = JpkiCard.Open(command => command[1] switch
        {
            0x2A => halves.Dequeue(),
            0xC0 when command is [0x00, 0xC0, 0x00, 0x00, 0x02] => halves.Dequeue(),
            _ => [0x90, 0x00],
        }).Value;

        Assert.Equal<byte>([1, 2, 3, 4], card.Sign("x"u8).Value);
    }

    [Theory]
    [InlineData("3003020101", 5)]
    [InlineData("308180", 131)]
    [InlineData("308205DC", 1504)]
    [InlineData("0482FFFF", null)]
    [InlineData("30840000", null)]
    [InlineData("30", null)]
    public void LengthOfSequence_IsReadFromItsHead(string head, int? length) => Assert.Equal(length, JpkiCard.LengthOfSequence(Convert.FromHexString(head)));

    public void Dispose() => _virtual.Dispose();

    private static (string Code, string Text) Said(Outcome<bool> outcome) => (outcome.Refusal.Code, outcome.Refusal.Text);
}
