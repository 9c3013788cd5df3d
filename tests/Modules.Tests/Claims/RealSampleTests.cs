using System.Text;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Formats.Claims;
using Sekisho.Platform.Data;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>The one public real-world sample: 75 claims, 140件, 86,392点, of institution 0000000 for November 2021.</summary>
public sealed class RealSampleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Month_RealSample_GoesThroughToItsInsurers(DatabaseProvider provider)
    {
        var file = await File.ReadAllBytesAsync(Repository.Shared("data/receipt/samples/receiptisan_MIT/RECEIPTC_GAIRAI_SAMPLE.UKE"), Ct);
        await using var world = await ClaimsWorld.Start(provider);
        var loaded = await world.LoadRegistry("1210000000,架空医院,千葉県架空市1-1,医療機関:1310101017,1,202104,,,,");
        Assert.Empty(loaded.Refused);
        string[] insurers = ["01010016", "01130012", "01350016", "34130021"];
        foreach (var code in insurers)
        {
            await world.Site.Organisation(OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, code));
        }

        var result = await world.Receive(world.Clinic, file);
        Assert.Equal((ReceptionState.Checked, 75, 86392L), (result.Reception.State, result.Reception.Claims, result.Reception.Points));
        Assert.Equal(140, result.Claims.Sum(c => c.Entry.Payers));
        Assert.DoesNotContain(result.Findings, f => f.Rule.Severity is Severity.L1 || f.Rule.Number[0] == 'R');
        var standing = result.Claims.Count(c => c.State == ClaimState.Accepted);
        var number = result.Reception.Number;
        await world.Ask(c => c.Confirm(world.Clinic, number, Ct));
        await world.On(13, 9);
        Assert.Equal(1, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        var report = (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value;
        var insured = result.Claims.Count(c => c.State == ClaimState.Accepted && c.Entry.Insurer.Length > 0);
        Assert.Equal(insured, report.Claims);
        Assert.DoesNotContain(report.Unknown.Keys, insurers.Contains);
        Assert.Equal(standing, await world.Count("claim", "management_number IS NOT NULL"));
        var lines = 0;
        foreach (var delivery in await world.Exchange(async x => await x.Sent(world.Payer.Organisation, Ct)))
        {
            if (delivery.Kind == "delivery")
            {
                var csv = (await world.Unzip(delivery.Id)).Single(f => f.Key.EndsWith(".CSV", StringComparison.Ordinal)).Value;
                lines += Encoding.Latin1.GetString(csv).Split("\r\n").Count(l => l.Contains(",MN,", StringComparison.Ordinal));
            }
        }

        Assert.Equal(insured, lines);
    }
}
