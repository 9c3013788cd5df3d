using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class CmsTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("封筒の内容");

    [Fact]
    public void Verify_WhatSignMade_GivesContentAndIdentity()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();

        var signed = Cms.Verify(Cms.Sign(Content, device), ca.Trust(), TestCa.Now).Value;

        Assert.Equal(Content, signed.Content);
        Assert.Equal(TestCa.Someone(), signed.Identity);
        Assert.Equal(device.RawData, signed.Signer.RawData);
    }

    [Theory]
    [InlineData(true, SubjectIdentifierType.IssuerAndSerialNumber)]
    [InlineData(false, SubjectIdentifierType.IssuerAndSerialNumber)]
    [InlineData(false, SubjectIdentifierType.SubjectKeyIdentifier)]
    public void Verify_EveryFlippedBitAndTruncation_IsRefused(bool ours, SubjectIdentifierType type)
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var theirs = Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime)), type: type);
        var (cms, trust) = (ours ? Cms.Sign(Content, device) : theirs, ca.Trust());
        Assert.Equal(Content, Cms.Verify(cms, trust, TestCa.Now).Value.Content);

        for (var length = 0; length < cms.Length; length++)
        {
            Assert.StartsWith("WI-0", Refused(cms.AsSpan(0, length), trust).Code, StringComparison.Ordinal);
        }

        for (var bit = 0; bit < cms.Length * 8; bit += ours ? 1 : 7)
        {
            var changed = (byte[])cms.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Cms.Verify(changed, trust, TestCa.Now).Succeeded(out _, out _), $"byte {bit / 8} bit {bit % 8} of {cms.Length}");
        }
        Assert.Equal("WI-0302", Refused([.. cms, 0], trust).Code);
    }

    [Fact]
    public void Verify_ExtraOrMissingParts_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var trust = ca.Trust();

        Assert.Equal("WI-0302", Refused(Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime)), detached: true), trust).Code);
        Assert.Equal("WI-0302", Refused(Library(device, _ => { }), trust).Code);
        Assert.Equal("WI-0303", Refused(Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime)), digest: "2.16.840.1.101.3.4.2.3"), trust).Code);
        Assert.Equal("WI-0302", Refused(Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime)), include: X509IncludeOption.None), trust).Code);
        Assert.Equal("WI-0301", Refused(new byte[300_000], trust).Code);
    }

    [Theory]
    [InlineData(SubjectIdentifierType.IssuerAndSerialNumber)]
    [InlineData(SubjectIdentifierType.SubjectKeyIdentifier)]
    public void Verify_EitherSignerIdentifier_IsAccepted(SubjectIdentifierType type)
    {
        using var ca = new TestCa();
        using var device = ca.Issue();

        var cms = Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime)), type: type);

        Assert.Equal(Content, Cms.Verify(cms, ca.Trust(), TestCa.Now).Value.Content);
    }

    [Fact]
    public void Verify_SignerNamedOtherCertificateOfSameKey_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        using var other = ca.Issue();

        var cms = Library(device, m => m.Add(CmsProfile(other)));

        Assert.Equal("WI-0304", Refused(cms, ca.Trust()).Code);
    }

    [Fact]
    public void Verify_OtherCurve_IsRefusedAndCannotSign()
    {
        using var ca = new TestCa();
        using var device = ca.Issue(change: o => o.Curve = ECCurve.NamedCurves.nistP384);

        Assert.Throws<ArgumentException>(() => Cms.Sign(Content, device));
        Assert.Equal("WI-0303", Refused(Library(device, m => m.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime))), ca.Trust()).Code);
    }

    [Fact]
    public void Verify_SeveralSigners_IsRefused()
    {
        using var ca = new TestCa();
        using var first = ca.Issue();
        using var second = ca.Issue();
        var message = new SignedCms(new ContentInfo(Content));
        foreach (var signer in new[] { first, second })
        {
            var by = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, signer) { IncludeOption = X509IncludeOption.EndCertOnly };
            by.SignedAttributes.Add(new Pkcs9SigningTime(TestCa.Now.UtcDateTime));
            message.ComputeSignature(by);
        }

        Assert.Equal("WI-0302", Refused(message.Encode(), ca.Trust()).Code);
    }

    [Fact]
    public void Verify_RandomBytes_NeverThrows()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var (cms, trust) = (Cms.Sign(Content, device), ca.Trust());
        var random = new Random(20260408);

        for (var round = 0; round < 3000; round++)
        {
            var hostile = (byte[])cms.Clone();
            for (var hit = random.Next(1, 6); hit > 0; hit--)
            {
                hostile[random.Next(hostile.Length)] = (byte)random.Next(256);
            }

            if (!hostile.AsSpan().SequenceEqual(cms))
            {
                Refused(hostile, trust);
            }
        }
    }

    private static Refusal Refused(ReadOnlySpan<byte> cms, Trust trust) => Cms.Verify(cms, trust, TestCa.Now).Refusal;

    private static AsnEncodedData CmsProfile(X509Certificate2 certificate)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.RawData));
        }

        return new AsnEncodedData(new Oid("1.2.840.113549.1.9.16.2.47"), writer.Encode());
    }

    private static byte[] Library(
        X509Certificate2 signer,
        Action<Attributes> attributes,
        bool detached = false,
        string digest = "2.16.840.1.101.3.4.2.1",
        X509IncludeOption include = X509IncludeOption.EndCertOnly,
        SubjectIdentifierType type = SubjectIdentifierType.IssuerAndSerialNumber)
    {
        var message = new SignedCms(new ContentInfo(Content), detached);
        var by = new CmsSigner(type, signer) { DigestAlgorithm = new Oid(digest), IncludeOption = include };
        attributes(new Attributes(by));
        message.ComputeSignature(by);
        return message.Encode();
    }

    /// <summary>Shortens the adding of signed attributes in these tests.</summary>
    private sealed class Attributes(CmsSigner signer)
    {
        public void Add(AsnEncodedData attribute) => signer.SignedAttributes.Add(attribute);
    }
}
