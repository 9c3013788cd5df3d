using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sekisho.Wire;

namespace Sekisho.Libraries.Tests.Wire;

public sealed class TrustTests
{
    [Fact]
    public void Identity_RoundTrip_AndNothingElse()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        Assert.Equal(TestCa.Someone(), CertificateIdentity.Of(device).Value);
        Assert.Equal("urn:sekisho:development:01900000-0000-7000-8000-000000000001:01900000-0000-7000-8000-0000000000d1", TestCa.Someone().ToUri().OriginalString);
        Assert.Equal("WI-0201", CertificateIdentity.Of(ca.Root).Refusal.Code);
    }

    [Theory]
    [InlineData]
    [InlineData("https://example.test/")]
    [InlineData("urn:sekisho:development:01900000-0000-7000-8000-000000000001")]
    [InlineData("urn:sekisho:staging:01900000-0000-7000-8000-000000000001:01900000-0000-7000-8000-0000000000d1")]
    [InlineData("urn:sekisho:development:01900000-0000-7000-8000-00000000000A:01900000-0000-7000-8000-0000000000d1")]
    [InlineData("urn:sekisho:development:01900000000070008000000000000001:01900000-0000-7000-8000-0000000000d1")]
    [InlineData(
        "urn:sekisho:development:01900000-0000-7000-8000-000000000001:01900000-0000-7000-8000-0000000000d1",
        "urn:sekisho:development:01900000-0000-7000-8000-000000000002:01900000-0000-7000-8000-0000000000d1")]
    public void Identity_OtherNames_AreRefused(params string[] uris)
    {
        using var ca = new TestCa();
        using var device = ca.Issue(change: o =>
        {
            o.Uris.Clear();
            o.Uris.AddRange(uris.Select(u => new Uri(u)));
        });
        Assert.Equal("WI-0201", ca.Trust().Check(device, TestCa.Now).Refusal.Code);
    }

    [Fact]
    public void Check_GoodCertificate_IsAcceptedAgainAndAgain()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var trust = ca.Trust(SiteEnvironment.Development);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(TestCa.Someone(), trust.Check(device, TestCa.Now).Value);
        }

        Assert.Equal(TestCa.Someone(), trust.Check(device, TestCa.Now, CertificatePurpose.Device).Value);
        Assert.Empty(trust.Notes);
    }

    [Fact]
    public void Check_OtherCaOfTheSameName_IsRefused()
    {
        using var ca = new TestCa();
        using var impostor = new TestCa();
        using var device = impostor.Issue();
        Assert.Equal("WI-0202", ca.Trust().Check(device, TestCa.Now).Refusal.Code);
        Assert.Equal("WI-0202", new Trust([]).Check(device, TestCa.Now).Refusal.Code);
        Assert.Equal("WI-0202", ca.Trust().Check(ca.Root, TestCa.Now).Refusal.Code);
    }

    [Fact]
    public void Check_OutsideValidity_IsRefusedAlsoWhenTheChainIsRemembered()
    {
        using var ca = new TestCa();
        using var device = ca.Issue(change: o => (o.From, o.Until) = (TestCa.Now, TestCa.Now.AddDays(1)));
        var trust = ca.Trust();
        Assert.Equal("WI-0203", trust.Check(device, TestCa.Now.AddSeconds(-1)).Refusal.Code);
        Assert.Equal(TestCa.Someone(), trust.Check(device, TestCa.Now).Value);
        Assert.Equal(TestCa.Someone(), trust.Check(device, TestCa.Now.AddDays(1)).Value);
        Assert.Equal("WI-0203", trust.Check(device, TestCa.Now.AddDays(1).AddSeconds(1)).Refusal.Code);
    }

    [Fact]
    public void Check_RootExpired_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue(change: o => o.Until = ca.Root.NotAfter);
        Assert.Equal("WI-0203", ca.Trust().Check(device, TestCa.Now.AddYears(20)).Refusal.Code);
    }

    [Fact]
    public void Check_OtherPurpose_IsRefused()
    {
        using var ca = new TestCa();
        using var client = ca.Issue(change: o => o.Purposes.Remove("1.3.6.1.5.5.7.3.4"));
        using var signer = ca.Issue(change: o => o.Purposes.Remove("1.3.6.1.5.5.7.3.2"));
        using var none = ca.Issue(change: o => o.Purposes.Clear());
        using var authority = ca.Issue(change: o => o.IsAuthority = true);
        using var enciphers = ca.Issue(change: o => o.KeyUsages = X509KeyUsageFlags.NonRepudiation);
        var trust = ca.Trust();
        foreach (var certificate in new[] { client, none, authority, enciphers })
        {
            Assert.Equal("WI-0204", trust.Check(certificate, TestCa.Now).Refusal.Code);
        }

        Assert.Equal("WI-0204", trust.Check(signer, TestCa.Now, CertificatePurpose.Device).Refusal.Code);
        Assert.Equal(TestCa.Someone(), trust.Check(client, TestCa.Now, CertificatePurpose.Device).Value);
    }

    [Fact]
    public void Check_OtherEnvironment_IsRefused()
    {
        using var ca = new TestCa();
        using var device = ca.Issue(TestCa.Someone(SiteEnvironment.Test));
        Assert.Equal("WI-0205", ca.Trust(SiteEnvironment.Production).Check(device, TestCa.Now).Refusal.Code);
        Assert.Equal(SiteEnvironment.Test, ca.Trust().Check(device, TestCa.Now).Value.Environment);

        using var named = new TestCa(names: new CertificateIdentity(SiteEnvironment.Production, TestCa.Centre, Guid.Empty));
        using var foreign = named.Issue();
        Assert.Equal("WI-0205", named.Trust().Check(foreign, TestCa.Now).Refusal.Code);
        Assert.Equal([TestCa.Centre], named.Trust().Operators);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Check_RevokedByTheList_IsRefusedFromThatMoment(bool pem)
    {
        using var ca = new TestCa();
        using var revoked = ca.Issue();
        using var good = ca.Issue();
        var list = ca.RevocationList(TestCa.Now.AddDays(1), (revoked, TestCa.Now), (good, TestCa.Now.AddYears(1)));
        var trust = ca.Trust(null, pem ? Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)) : list);

        Assert.Equal("WI-0206", trust.Check(revoked, TestCa.Now).Refusal.Code);
        Assert.Equal("WI-0206", trust.Check(revoked, TestCa.Now, CertificatePurpose.Device).Refusal.Code);
        Assert.Equal(TestCa.Someone(), trust.Check(revoked, TestCa.Now.AddSeconds(-1)).Value);
        Assert.Equal(TestCa.Someone(), trust.Check(good, TestCa.Now).Value);
        Assert.Equal(TestCa.Now.AddDays(1), trust.ListsUntil);
        Assert.Empty(trust.Notes);
        Assert.Equal("WI-0206", Cms.Verify(Cms.Sign([1], revoked), trust, TestCa.Now).Refusal.Code);
    }

    [Fact]
    public void Check_EmptyList_RevokesNobody()
    {
        using var ca = new TestCa();
        using var device = ca.Issue();
        var trust = ca.Trust(null, ca.RevocationList(TestCa.Now.AddDays(1)));
        Assert.Equal(TestCa.Someone(), trust.Check(device, TestCa.Now).Value);
        Assert.Empty(trust.Notes);
    }

    [Fact]
    public void RevocationList_SpoiltOrForeign_IsIgnoredWithANote()
    {
        using var ca = new TestCa();
        using var impostor = new TestCa();
        using var device = ca.Issue();
        var list = ca.RevocationList(TestCa.Now.AddDays(1), (device, TestCa.Now.AddDays(-1)));
        Assert.Single(ca.Trust(null, impostor.RevocationList(TestCa.Now.AddDays(1), (device, TestCa.Now.AddDays(-1)))).Notes);
        for (var length = 0; length < list.Length; length++)
        {
            Assert.Single(ca.Trust(null, list[..length]).Notes);
        }

        for (var i = 0; i < list.Length; i++)
        {
            var changed = (byte[])list.Clone();
            changed[i] ^= 0x04;
            Assert.Single(ca.Trust(null, changed).Notes);
        }
        Assert.Single(ca.Trust(null, "-----BEGIN X509 CRL-----\n!!!"u8.ToArray()).Notes);
    }

    [Fact]
    public async Task Check_FromManyThreads_GivesTheSameAnswer()
    {
        using var ca = new TestCa();
        var devices = Enumerable.Range(0, 8).Select(_ => ca.Issue()).ToList();
        var trust = ca.Trust(null, ca.RevocationList(TestCa.Now.AddDays(1), (devices[0], TestCa.Now)));
        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(i % 8 != 0, trust.Check(devices[i % 8], TestCa.Now).Succeeded(out var _, out var _));
            return ValueTask.CompletedTask;
        });
        devices.ForEach(d => d.Dispose());
    }
}
