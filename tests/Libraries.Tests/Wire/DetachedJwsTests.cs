using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class DetachedJwsTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("{\"number\":\"１２３\"}");

    [Fact]
    public void Verify_WhatSignMade_GivesTheHeader()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        using var signer = new JwsSigner(device);
        var answers = SHA256.HashData("question"u8);

        var header = Verified(signer.Sign(JwsTypes.Answer, TestCa.Now, Content, answers), Content, JwsTypes.Answer, Key(device)).Value;

        Assert.Equal(JwsTypes.Answer, header.Type);
        Assert.Equal(device.GetCertHash(HashAlgorithmName.SHA256), header.Certificate.ToArray());
        Assert.Equal(TestCa.Now.ToUnixTimeSeconds(), header.At.ToUnixTimeSeconds());
        Assert.Equal(answers, header.Answers.ToArray());
    }

    [Fact]
    public void Verify_OtherContentKeyOrKind_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        using var other = ca.Issue();
        using var signer = new JwsSigner(device);
        var jws = signer.Sign(JwsTypes.Inquiry, TestCa.Now, Content);

        Assert.Equal("WI-0803", Verified(jws, [.. Content, 0], JwsTypes.Inquiry, Key(device)).Refusal.Code);
        Assert.Equal("WI-0803", Verified(jws, Content, JwsTypes.Inquiry, Key(other)).Refusal.Code);
        Assert.Equal("WI-0802", Verified(jws, Content, JwsTypes.Answer, Key(device)).Refusal.Code);
    }

    [Fact]
    public void VerifyAnswer_ToAnotherQuestion_IsRefused()
    {
        using var ca = new TestCa();
        using var centre = ca.Issue();
        using var signer = new JwsSigner(centre);
        var question = signer.Sign(JwsTypes.Inquiry, TestCa.Now, Content);
        var answer = DetachedJws.Parse(signer.Sign(JwsTypes.Answer, TestCa.Now, Content, DetachedJws.Digest(question))).Value;

        Assert.True(answer.VerifyAnswer(Content, question, Key(centre)).Succeeded(out _, out _));
        Assert.Equal("WI-0804", answer.VerifyAnswer(Content, question + "A", Key(centre)).Refusal.Code);
        Assert.Equal("WI-0803", answer.VerifyAnswer([.. Content, 0], question, Key(centre)).Refusal.Code);
        Assert.Equal("WI-0802", DetachedJws.Parse(question).Value.VerifyAnswer(Content, question, Key(centre)).Refusal.Code);
    }

    [Fact]
    public void Verify_EveryChangedCharacterAndTruncation_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        using var signer = new JwsSigner(device);
        var (jws, key) = (signer.Sign(JwsTypes.Inquiry, TestCa.Now, Content), Key(device));
        for (var i = 0; i < jws.Length; i++)
        {
            Assert.False(Verified(jws[..i], Content, JwsTypes.Inquiry, key).Succeeded(out _, out _), $"the first {i}");
            var changed = jws[..i] + (jws[i] == 'A' ? 'B' : 'A') + jws[(i + 1)..];
            Assert.False(Verified(changed, Content, JwsTypes.Inquiry, key).Succeeded(out _, out _), $"character {i}");
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","b64":false,"crit":["b64"],"typ":"sekisho-inquiry","iat":1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","b64":true,"crit":["b64"],"typ":"sekisho-inquiry","iat":1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","typ":"sekisho-inquiry","iat":1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","b64":false,"crit":["b64","exp"],"typ":"sekisho-inquiry","iat":1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","alg":"ES256","b64":false,"crit":["b64"],"typ":"sekisho-inquiry","iat":1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","b64":false,"crit":["b64"],"typ":"sekisho-inquiry","iat":-1,"x5t#S256":"*"}""")]
    [InlineData("""{"alg":"ES256","b64":false,"crit":["b64"],"typ":"sekisho-inquiry","iat":1,"x5t#S256":"AA"}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Verify_HeaderOfAnotherShape_IsMalformed(string header)
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("*", Thumbprint(device), StringComparison.Ordinal)));
        using var key = device.GetECDsaPrivateKey()!;
        var signature = key.SignData([.. Encoding.ASCII.GetBytes(encoded), (byte)'.', .. Content], HashAlgorithmName.SHA256);

        Assert.Equal("WI-0801", Verified($"{encoded}..{Base64Url.EncodeToString(signature)}", Content, JwsTypes.Inquiry, Key(device)).Refusal.Code);
    }

    [Fact]
    public void Verify_MembersInAnotherOrderWithStrangersAmongThem_Holds()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            $$"""{ "x5t#S256":"{{Thumbprint(device)}}", "kid":"x", "iat":1, "typ":"sekisho-inquiry", "crit":["b64"], "b64":false, "alg":"ES256" }"""));
        using var key = device.GetECDsaPrivateKey()!;
        var signature = key.SignData([.. Encoding.ASCII.GetBytes(encoded), (byte)'.', .. Content], HashAlgorithmName.SHA256);

        Assert.True(Verified($"{encoded}..{Base64Url.EncodeToString(signature)}", Content, JwsTypes.Inquiry, Key(device)).Succeeded(out _, out _));
    }

    private static Outcome<JwsHeader> Verified(string jws, byte[] content, string type, ECDsa key) =>
        DetachedJws.Parse(jws).Refused(out var refusal, out var parsed) ? refusal : parsed.Verify(content, type, key);

    private static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256));

    private static ECDsa Key(X509Certificate2 certificate) => certificate.GetECDsaPublicKey()!;
}
