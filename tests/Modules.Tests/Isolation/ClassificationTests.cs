using System.Net;
using System.Text;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Modules.Tests.Claims;
using Sekisho.Modules.Tests.Exchange;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Isolation;

/// <summary>重要度分類: three levels, on everything that is kept or answered, and 厳秘 where nobody said otherwise.</summary>
public sealed class ClassificationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.PostgreSql)]
    [Trait("Clause", "KH-3-1"), Trait("Clause", "HK-3-1"), Trait("Clause", "MI-3-1"), Trait("Clause", "JA-第3条1")]
    public async Task KH_3_1_ThreeLevels_AndWhatAClaimBecomesIsStrictlyConfidentialAllTheWay(DatabaseProvider provider)
    {
        Assert.Equal(3, Enum.GetValues<Classification>().Length);
        await using var world = await ClaimsWorld.Start(provider);
        var clinic = (await world.Site.Directory.Organisation(world.Clinic.Organisation, Ct)).Value;
        var payer = (await world.Site.Directory.Organisation(world.Payer.Organisation, Ct)).Value;

        // A fourth level is not taken.
        using var certificate = await world.Site.Device(clinic);
        using var sender = new Sender(world.Site, clinic, certificate);
        var file = ClaimsWorld.File(new MadeClaim("関所　一郎", "101"));
        foreach (var level in new[] { "secret", "internal", "" })
        {
            var unknown = Encoding.UTF8.GetString(sender.Envelope(payer, file).ToBytes()).Replace("strictly-confidential", level, StringComparison.Ordinal);
            using var refused = await sender.Open(Cms.Sign(Encoding.UTF8.GetBytes(unknown), certificate));
            Assert.False(refused.IsSuccessStatusCode);
        }

        // The claim, its result, its delivery.
        var (id, _) = await sender.Send(payer, file);
        Assert.Equal(Classification.StrictlyConfidential, (await world.Exchange(async x => await x.Find(new(id), Ct))).Value.Classification);
        var handed = (await world.Send(world.Other, ClaimFiles.Make(ClaimsWorld.OtherCode, "隣の診療所", "1", "202111", new MadeClaim("関所　二郎", "102")))).Value;
        Assert.Equal(Classification.StrictlyConfidential, handed.Classification);
        var number = (await world.Exchange(async x => await x.Find(new(id), Ct))).Value.Number;
        await world.Until(world.Clinic, number, r => r.State == ReceptionState.Checked);
        await world.Conclude(number);
        foreach (var organisation in new[] { clinic, world.InsurerOrganisation })
        {
            var inbox = await world.Exchange(async x => await x.Inbox(organisation.Id, false, Ct));
            Assert.NotEmpty(inbox);
            Assert.All(inbox, t => Assert.Equal(Classification.StrictlyConfidential, t.Classification));
        }

        // And what is answered about it.
        using var client = await world.Site.Client(clinic);
        foreach (var path in new[] { $"/claims/receptions/{number}", $"/claims/receptions/{number}/claims/1", "/claims/receptions" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
            Assert.Equal((HttpStatusCode.OK, "strictly-confidential"), (answer.StatusCode, Assert.Single(answer.Headers.GetValues("Sekisho-Classification"))));
        }
    }
}
