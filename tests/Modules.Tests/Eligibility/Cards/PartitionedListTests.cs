using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Sekisho.Modules.Eligibility.Cards;
using Sekisho.Platform;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Eligibility.Cards;

/// <summary>Revocation lists as card authorities issue them, made by openssl: cut into partitions, each for the certificates that name it.</summary>
public sealed class PartitionedListTests
{
    private const string FirstPoint = "fullname = URI:http://crl.example/1.crl";
    private const string SecondPoint = "fullname = URI:http://crl.example/2.crl";

    [Fact]
    public async Task Card_IsJudgedByTheListOfItsOwnPartition()
    {
        using var authority = await OpenSslAuthority.Start();
        authority.Partition("first", FirstPoint, FirstPoint + "\nonlyuser = TRUE");

        // As in the card authority of the country: the point is a name in a directory.
        const string Directory = "fullname = dirName:second_name";
        authority.Partition("second", Directory, Directory + "\nonlyuser = TRUE", "[second_name]\nO = Test\nCN = CRLDP 2");
        using var one = await authority.Issue("first");
        using var two = await authority.Issue("second");
        await authority.Publish("first");
        Assert.Equal("", Check(authority, one));
        Assert.Equal("EL-0408", Check(authority, two));
        Assert.Contains("配布点の失効リストがない", Refused(authority, two).Text, StringComparison.Ordinal);

        await authority.Publish("second");
        Assert.Equal(("", ""), (Check(authority, one), Check(authority, two)));
        var state = Assert.Single(Authorities(authority).States());
        Assert.Equal(["http://crl.example/1.crl", "CN=CRLDP 2, O=Test"], state.Lists.Select(l => l.Point));

        await authority.Revoke("first", one);
        await authority.Publish("first");
        Assert.Equal(("EL-0407", ""), (Check(authority, one), Check(authority, two)));
        Assert.Equal(1, Assert.Single(Authorities(authority).States()).Revoked);
    }

    [Fact]
    public async Task Card_IsNotVouchedForByAnotherPartition_NorByAListThatIsPast()
    {
        using var authority = await OpenSslAuthority.Start();
        authority.Partition("first", FirstPoint, FirstPoint);
        authority.Partition("second", SecondPoint, SecondPoint);
        authority.Partition("whole", "", "");
        using var one = await authority.Issue("first");
        using var pointless = await authority.Issue("whole");
        await authority.Revoke("first", one);

        // Its own list is withheld: the other one, which does not name it, must not let it pass.
        await authority.Publish("second");
        Assert.Equal("EL-0408", Check(authority, one));
        await authority.Publish("first");
        Assert.Equal("EL-0407", Check(authority, one));
        authority.Withdraw("first");
        Assert.Equal(("EL-0408", "EL-0408"), (Check(authority, one), Check(authority, pointless)));

        using var good = await authority.Issue("second");
        Assert.Equal("", Check(authority, good));
        await authority.Publish("second", seconds: 1);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        Assert.Equal("EL-0408", Check(authority, good));
        Assert.Contains("失効の情報が古い", Refused(authority, good).Text, StringComparison.Ordinal);

        // A list for everything speaks for every partition.
        await authority.Publish("whole");
        Assert.Equal(("", ""), (Check(authority, good), Check(authority, pointless)));
    }

    [Theory]
    [InlineData("indirectCRL = TRUE")]
    [InlineData("onlyCA = TRUE")]
    [InlineData("onlyAA = TRUE")]
    [InlineData("onlysomereasons = keyCompromise")]
    public async Task List_OfAKindThatIsNotSupported_IsNotUsed_AndSaidSo(string kind)
    {
        using var authority = await OpenSslAuthority.Start();
        authority.Partition("first", FirstPoint, $"{FirstPoint}\n{kind}");
        using var one = await authority.Issue("first");
        await authority.Publish("first");
        Assert.Equal("EL-0408", Check(authority, one));
        Assert.Contains("対応していない形", Refused(authority, one).Text, StringComparison.Ordinal);
        Assert.NotEqual("", Assert.Single(Assert.Single(Authorities(authority).States()).Lists).Unsupported);
    }

    [Fact]
    public async Task List_ThatIsADifferenceOnly_IsNotUsed()
    {
        using var authority = await OpenSslAuthority.Start();
        authority.Partition("first", FirstPoint, FirstPoint);
        authority.Partition("delta", FirstPoint, FirstPoint, "[delta_list]\n2.5.29.27 = critical,ASN1:INTEGER:1");
        using var one = await authority.Issue("first");
        await authority.Publish("delta");
        Assert.Equal("EL-0408", Check(authority, one));
        await authority.Publish("first");
        Assert.Equal("", Check(authority, one));
    }

    private static CardAuthorities Authorities(OpenSslAuthority authority) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Eligibility:Cards:Authorities"] = authority.Published }).Build(),
        new DataFolder(authority.Published),
        TimeProvider.System,
        NullLogger<CardAuthorities>.Instance);

    private static Outcome<CardCertificate> Checked(OpenSslAuthority authority, X509Certificate2 certificate) => Authorities(authority).Check(certificate.RawData);

    private static Refusal Refused(OpenSslAuthority authority, X509Certificate2 certificate) => Checked(authority, certificate).Refusal!;

    private static string Check(OpenSslAuthority authority, X509Certificate2 certificate) => CardWorld.Code(Checked(authority, certificate));
}
