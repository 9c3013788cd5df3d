using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sekisho.Contracts;
using Sekisho.Contracts.Claims;
using Sekisho.Contracts.Identity;
using Sekisho.Platform.Data;
using Sekisho.Wire;

namespace Sekisho.Modules.Tests.Claims;

/// <summary>A claim file's way from the clinic to the insurer.</summary>
public sealed class PassageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Month_CleanFile_ReachesTheInsurer(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var file = ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102"));
        var result = await world.Receive(world.Clinic, file);
        Assert.Empty(result.Findings);
        Assert.Equal((ReceptionState.Checked, 2, 576L), (result.Reception.State, result.Reception.Claims, result.Reception.Points));
        Assert.Equal(("1310101017", "関所診療所", "1"), (result.Reception.Institution, result.Reception.InstitutionName, result.Reception.Payer));
        var number = result.Reception.Number;

        Assert.Equal(ReceptionState.Confirmed, (await world.Ask(c => c.Confirm(world.Clinic, number, Ct))).Value.State);
        Assert.Equal("CL-0301", (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Refusal.Code);
        await world.On(13, 9);
        Assert.Equal(1, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(0, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(0, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(ReceptionState.UnderReview, (await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct))).Value.State);
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        var reports = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))));
        Assert.Equal((1, 2, 0), (reports.Sum(r => r.Value.Deliveries), reports.Sum(r => r.Value.Claims), reports.Sum(r => r.Value.Unknown.Count)));
        Assert.Equal(0, (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value.Deliveries);

        var delivered = (await world.Ask(c => c.Result(world.Clinic, number, Ct))).Value;
        Assert.Equal(ReceptionState.Delivered, delivered.Reception.State);
        Assert.All(delivered.Claims, c => Assert.Equal(ClaimState.Delivered, c.State));
        await AssertDelivery(world, await OnlyDelivery(world));
        await AssertReceived(world, await OnlyDelivery(world));
        await AssertTrail(world, number);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Deliver_UnknownInsurer_IsHeldAndGoesAfterRegistration(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var file = ClaimsWorld.File(
            new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102", "01130012"), new MadeClaim("関所　三郎", "103", PublicPayer: "54136015"));
        var number = (await world.Receive(world.Clinic, file)).Reception.Number;
        await Decided(world, number);

        var first = (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value;
        Assert.Equal((1, 2), (first.Deliveries, first.Claims));
        Assert.Equal([("01130012", 1), ("54136015", 1)], first.Unknown.Select(u => (u.Key, u.Value)));
        var held = (await world.Ask(c => c.Result(world.Payer, number, Ct))).Value;
        Assert.Equal(ReceptionState.Decided, held.Reception.State);
        Assert.Equal([ClaimState.Delivered, ClaimState.Undeliverable, ClaimState.Undeliverable], held.Claims.Select(c => c.State));
        var again = (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value;
        Assert.Equal((0, 2), (again.Deliveries, again.Unknown.Count));

        await world.Site.Organisation(OrganisationKind.Insurer, new OrganisationCode(CodeSystem.Insurer, "01130012"));
        var publicPayer = await world.Site.Organisation(OrganisationKind.PublicPayer, new OrganisationCode(CodeSystem.PublicPayer, "54136015"));
        var second = (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value;
        Assert.Equal((2, 2, 0), (second.Deliveries, second.Claims, second.Unknown.Count));
        Assert.Equal(ReceptionState.Delivered, (await world.Ask(c => c.Result(world.Payer, number, Ct))).Value.Reception.State);
        var files = await world.Unzip((await world.Exchange(async x => await x.Inbox(publicPayer.Id, true, Ct)))[0].Id);
        Assert.Contains("202111/54136015/0_COMMON001/11_RECODEINFO_MED.CSV", files.Keys);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.PostgreSql)]
    public async Task Review_HeldClaim_StaysAndIsDeliveredWhenReviewedLater(DatabaseProvider provider)
    {
        await using var world = await ClaimsWorld.Start(provider);
        var number = (await world.Receive(world.Clinic, ClaimsWorld.File(new MadeClaim("関所　一郎", "101"), new MadeClaim("関所　二郎", "102")))).Reception.Number;
        await world.Ask(c => c.Confirm(world.Clinic, number, Ct));
        await world.On(14, 9);
        await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct));
        Assert.Equal("CL-0304", (await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.Hold, [3], Ct))).Refusal.Code);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.Hold, [2], Ct));
        Assert.Equal(0, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, [1], Ct));
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(1, (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value.Claims);

        Assert.Equal("CL-0304", (await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, [1], Ct))).Refusal.Code);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
        Assert.Equal(1, (await world.Ask(c => c.Deliver(world.Payer, ClaimsWorld.November, Ct))).Value.Claims);
        var result = (await world.Ask(c => c.Result(world.Payer, number, Ct))).Value;
        Assert.Equal([ClaimState.Delivered, ClaimState.Delivered], result.Claims.Select(c => c.State));
        Assert.Equal(2, (await world.Exchange(async x => await x.Inbox(world.InsurerOrganisation.Id, true, Ct))).Count);
    }

    private static async Task Decided(ClaimsWorld world, string number)
    {
        await world.Ask(c => c.Confirm(world.Clinic, number, Ct));
        await world.On(13, 9);
        Assert.Equal(1, (await world.Ask(c => c.Close(world.Payer, ClaimsWorld.November, Ct))).Value);
        await world.Ask(c => c.Review(world.Payer, number, ReviewDecision.AsClaimed, null, Ct));
        Assert.Equal(1, (await world.Ask(c => c.Decide(world.Payer, ClaimsWorld.November, Ct))).Value);
    }

    private static async Task<TransmissionId> OnlyDelivery(ClaimsWorld world)
    {
        var delivery = Assert.Single(await world.Exchange(async x => await x.Inbox(world.InsurerOrganisation.Id, true, Ct)));
        Assert.Equal((TransmissionKinds.Delivery, Classification.StrictlyConfidential, "202111_06132013.zip"), (delivery.Kind, delivery.Classification, delivery.FileName));
        return delivery.Id;
    }

    private static async Task AssertDelivery(ClaimsWorld world, TransmissionId id)
    {
        var files = await world.Unzip(id);
        const string Path = "202111/06132013/0_COMMON001/11_RECODEINFO_MED.CSV";
        Assert.Equal([Path, "manifest.json"], files.Keys.Order(StringComparer.Ordinal));
        var manifest = JsonDocument.Parse(files["manifest.json"]).RootElement;
        Assert.Equal(("厳秘", "1", "06132013", "202111"), (Text(manifest, "classification"), Text(manifest, "payer"), Text(manifest, "insurer"), Text(manifest, "month")));
        Assert.Equal((2, 576), (manifest.GetProperty("claims").GetInt32(), manifest.GetProperty("points").GetInt32()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[Path])), Text(manifest.GetProperty("files")[0], "sha256"));
        var lines = CodePagesEncodingProvider.Instance.GetEncoding(932)!.GetString(files[Path]).Split("\r\n");
        var managed = lines.Where(l => l.Contains(",MN,", StringComparison.Ordinal)).Select(l => l.Split(',')).ToList();
        Assert.Equal(["2021110000000001", "2021110000000002"], managed.Select(m => m[4]));
        Assert.All(managed, m => Assert.InRange(m[6].Length, 17, 30));
    }

    /// <summary>The insurer's own acknowledgement comes back to the payer's record of the delivery.</summary>
    private static async Task AssertReceived(ClaimsWorld world, TransmissionId id)
    {
        var insurer = new Actor(
            world.InsurerOrganisation.Id, world.InsurerOrganisation.Name, null, null, "", new HashSet<Permission> { Permission.ReceiveTransmissions });
        Assert.Equal(id, (await world.Exchange(x => x.ReceivedByPerson(insurer, id, Ct))).Value.Id);
        for (var i = 0; i < 2000 && await world.Count("delivery", "received_at IS NOT NULL") == 0; i++)
        {
            await Task.Delay(50, Ct);
        }

        Assert.Equal(1, await world.Count("delivery", "received_at IS NOT NULL"));
    }

    private static async Task AssertTrail(ClaimsWorld world, string number)
    {
        Assert.Equal(2, await world.Count("claim", "management_number IS NOT NULL"));
        Assert.Equal(2, await world.Published("ClaimAccepted"));
        Assert.Equal(7, await world.Count("history", $"reception = '{number}'"));
        var audited = (await world.Site.Audited(AuditKind.ClaimsTransition)).Where(a => a.StartsWith(number, StringComparison.Ordinal)).Select(a => a.Split(' ')[1]);
        Assert.Equal(["Receive", "Check", "Confirm", "Close", "Review", "Decide", "Deliver"], audited);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
