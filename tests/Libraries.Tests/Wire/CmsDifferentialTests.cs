using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

/// <summary>Signatures are verified on what the strict profile parsed. The library, which parses for itself, must never disagree about one.</summary>
public sealed class CmsDifferentialTests
{
    private const string OfNobody = "1.2.392.200999.1";

    [Theory]
    [InlineData(SubjectIdentifierType.IssuerAndSerialNumber)]
    [InlineData(SubjectIdentifierType.SubjectKeyIdentifier)]
    public void Verify_WhateverTheLibrarySigns_BothAccept(SubjectIdentifierType type)
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var trust = ca.Trust();
        foreach (var length in new[] { 1, 127, 128, 255, 256, 65_536, 200_000 })
        {
            var content = Content(length);
            foreach (var attributes in new AsnEncodedData[][] { [Time], [Time, Unknown(1)], [Unknown(300), Time, Unknown(2)] })
            {
                var cms = Library(device, content, type, attributes);
                Assert.Equal(content, Library(cms));
                Assert.Equal(content, Cms.Verify(cms, trust, TestCa.Now).Value.Content);
            }
        }
    }

    [Fact]
    public void Sign_AnyLength_LibraryAccepts()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        foreach (var length in new[] { 0, 1, 127, 128, 255, 256, 65_535, 65_536, 200_000 })
        {
            var content = Content(length);
            var cms = Cms.Sign(content, device);
            Assert.Equal(content, Library(cms));
            Assert.Equal(content, Cms.Verify(cms, ca.Trust(), TestCa.Now).Value.Content);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_DamagedMessages_AgreesWithTheLibraryAboutTheSignature(bool ours)
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var trust = ca.Trust();
        var random = new Random(20260611);
        var whole = ours ? Cms.Sign(Content(40), device) : Library(device, Content(40), SubjectIdentifierType.IssuerAndSerialNumber, [Time, Unknown(5)]);
        for (var round = 0; round < 4000; round++)
        {
            var cms = (byte[])whole.Clone();
            for (var hit = random.Next(1, 3); hit > 0; hit--)
            {
                cms[random.Next(cms.Length)] ^= (byte)(1 << random.Next(8));
            }

            // A damaged certificate we refuse by the attribute that names it (RFC 5035); the library does not look at that.
            var (library, mine) = (Library(cms), Cms.Verify(cms, trust, TestCa.Now));
            if (mine.Succeeded(out var signed, out var refusal))
            {
                Assert.Equal(signed.Content, library);
            }
            else if (refusal.Code == "WI-0304" && library is not null && cms.AsSpan().IndexOf(device.RawData) >= 0)
            {
                Assert.Fail($"round {round}: the library verifies what we call a wrong signature");
            }
        }
    }

    [Fact]
    public void Verify_SignatureByAnotherKeyOrOverOtherContent_BothRefuse()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        using var other = Enumerable.Range(0, 50).Select(_ => ca.Issue()).First(c => c.RawData.Length == device.RawData.Length);
        var cms = Cms.Sign(Content(40), device);
        var foreign = Replace(cms, device.RawData, other.RawData);
        var changed = Replace(cms, Content(40), [.. Content(40).Reverse()]);

        Assert.Null(Library(foreign));
        Assert.False(Cms.Verify(foreign, ca.Trust(), TestCa.Now).Succeeded(out _, out _));
        Assert.Null(Library(changed));
        Assert.Equal("WI-0304", Cms.Verify(changed, ca.Trust(), TestCa.Now).Refusal.Code);
    }

    private static Pkcs9SigningTime Time => new(TestCa.Now.UtcDateTime);

    private static byte[] Content(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7 % 256))];

    private static AsnEncodedData Unknown(int length)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(Content(length));
        return new AsnEncodedData(new Oid($"{OfNobody}.{length}"), writer.Encode());
    }

    private static byte[] Replace(byte[] bytes, byte[] part, byte[] by)
    {
        Assert.Equal(part.Length, by.Length);
        var copy = (byte[])bytes.Clone();
        by.CopyTo(copy, copy.AsSpan().IndexOf(part));
        return copy;
    }

    private static byte[] Library(X509Certificate2 signer, byte[] content, SubjectIdentifierType type, AsnEncodedData[] attributes)
    {
        var message = new SignedCms(new ContentInfo(content));
        var by = new CmsSigner(type, signer) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        foreach (var attribute in attributes)
        {
            by.SignedAttributes.Add(attribute);
        }

        message.ComputeSignature(by);
        return message.Encode();
    }

    /// <summary>The content, when the library finds the signature right.</summary>
    private static byte[]? Library(byte[] cms)
    {
        try
        {
            var message = new SignedCms();
            message.Decode(cms);
            message.CheckSignature(verifySignatureOnly: true);
            return message.ContentInfo.Content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
